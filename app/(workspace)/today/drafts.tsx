import { getLocale, getTranslations } from 'next-intl/server'
import type { DraftLine } from '@/lib/core/custody/draft.ts'
import { UNITS } from '@/lib/core/custody/quantity.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { Draft } from '@/lib/data/drafts.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { paths } from '@/lib/paths.ts'
import { Age } from '../_shown/age.tsx'

type Props = { drafts: readonly Draft[]; count: number; as: string | undefined; now: number; mayDraft: boolean }

/** Labels that may be on parcels already, and nothing signed yet. */
export async function Drafts({ drafts, count, as, now, mayDraft }: Props) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  // As typed, where it is no count of a unit that everyone knows.
  const amount = ({ quantity, unit }: DraftLine) =>
    UNITS.some(each => each === unit) && /^[1-9]\d{0,11}$/.test(quantity)
      ? t(`units.${unit}`, { count: Number(quantity) })
      : `${quantity} ${unit}`.trim()
  return (
    <section className="sheet panel" aria-labelledby="drafts">
      <h2 id="drafts" className="flex items-baseline gap-2">
        {t('today.drafts.title')} <span className="chip">{formatNumber(locale, count)}</span>
      </h2>
      <p className="mt-1 text-ink-2 text-note">
        {t('today.drafts.text')} {count > 1 && <a href={paths.manyLabels(as)}>{t('label.many.title')}</a>}
      </p>
      <ul className="mt-2">
        {drafts.map(({ reference, content, updatedAt }) => {
          const [first, ...more] = content.lines.filter(line => line.item !== '')
          const page = paths.consignment(reference, as)
          return (
            <li key={reference} className="today-row">
              <div className="min-w-0">
                <a href={page} className="font-semibold">
                  {first ? <bdi>{first.item}</bdi> : t('today.drafts.nameless')}
                </a>{' '}
                {first && <bdi>{amount(first)}</bdi>}
                {more.length > 0 && ` ${t('home.more', { count: more.length })}`}
                <p className="text-ink-2 text-note">
                  <bdi dir="ltr" className="code whitespace-nowrap">
                    {formatReference(reference)}
                  </bdi>
                </p>
              </div>
              <p className="text-note">
                <a href={paths.labels(reference, as)}>{t('today.drafts.label')}</a>
              </p>
              <p className="text-ink-2 text-note">
                <Age locale={locale} since={updatedAt} now={now} />
              </p>
              <a className="btn" href={page}>
                {t(mayDraft ? 'today.drafts.continue' : 'today.do.open')}{' '}
                <span className="sr-only">{formatReference(reference)}</span>
              </a>
            </li>
          )
        })}
      </ul>
      {count > drafts.length && (
        <p className="mt-3">
          <a href={paths.today(as, { drafts: 'all' })}>{t('today.all', { count })}</a>
        </p>
      )}
    </section>
  )
}
