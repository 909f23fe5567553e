import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { logHealth } from '@/lib/data/log-health.ts'
import { witnesses } from '@/lib/data/witness-view.ts'
import { paths } from '@/lib/paths.ts'
import { NotFounded } from '../not-founded.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { Numbers } from './numbers.tsx'
import { Refused } from './refused.tsx'
import { State } from './state.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return {
    title: t('status.metaTitle'),
    alternates: { types: { 'application/atom+xml': paths.statusFeed() } },
  }
}

/** The log's health for anyone: what this server says of itself, and how not to have to believe it. */
export default async function StatusPage() {
  const [t, health, watched] = await Promise.all([getTranslations(), logHealth(), witnesses()])
  return (
    <>
      {!health && <NotFounded />}
      <section className="max-w-[70ch] py-2">
        <h1>{t('status.title')}</h1>
        <p className="mt-2 text-ink-2">{t('status.lead')}</p>
      </section>
      {!health && (
        <section className="sheet panel">
          <p>{t('log.none')}</p>
        </section>
      )}
      {health && <State health={health} />}
      <div className="grid items-start gap-4 min-[54rem]:grid-cols-2">
        {health && (
          <div className="grid min-w-0 gap-4">
            <Numbers health={health} />
            <Refused refused={health.refused} />
          </div>
        )}
        <div className="grid min-w-0 gap-4">
          <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="witnesses">
            <h2 id="witnesses">{t('status.witnesses')}</h2>
            <p>
              {watched
                ? t(watched.isMet ? 'witnesses.met' : 'witnesses.unmet', {
                    signed: watched.signed,
                    count: watched.views.length,
                    least: watched.least,
                  })
                : t('status.witnessesText')}
            </p>
          </section>
          <Elsewhere />
        </div>
      </div>
    </>
  )
}
