import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { figuresOf, standsNow } from '@/lib/data/party-figures.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { Figure, Figures } from './figures.tsx'
import { At } from './key-list.tsx'

/** Figures of one party in this log from `since` (unix milliseconds) on, what it holds now and its last act. `beside`: what stands beside the heading. */
export async function Standing({ party, since, beside }: { party: string; since: number; beside?: ReactNode }) {
  const [t, locale, figures, { holds, last }] = await Promise.all([
    getTranslations(),
    getLocale(),
    figuresOf({ party, since }),
    standsNow(party),
  ])
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="figures">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-[60ch]">
          <h2 id="figures">{t('parties.figures.title')}</h2>
          <p className="text-ink-2 text-note">{t('parties.figures.text')}</p>
        </div>
        {beside}
      </div>
      <Figures
        figures={figures}
        now={
          <Figure title={t('parties.figures.holds')} value={formatNumber(locale, holds)}>
            <p>{t('parties.figures.holdsText')}</p>
          </Figure>
        }
      />
      <p className="text-ink-2 text-note">
        {t('parties.figures.last')} {last ? <At place={last} /> : t('parties.figures.never')}
      </p>
    </section>
  )
}
