import { getLocale, getTranslations } from 'next-intl/server'
import type { TodayList } from '@/lib/data/today.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { Row } from './row.tsx'

type Props = {
  name: 'sign' | 'waiting' | 'differences' | 'held'
  list: TodayList
  /** Where all of them are listed. */
  all: string
  as: string | undefined
  now: number
  maySign: boolean
}

/** One list of Today, oldest first. */
export async function TodaySection({ name, list, all, as, now, maySign }: Props) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { rows, count } = list
  return (
    <section className="sheet panel" aria-labelledby={name}>
      <h2 id={name} className="flex items-baseline gap-2">
        {t(`today.${name}.title`)}
        {count > 0 && <span className={name === 'held' ? 'chip' : 'chip open'}>{formatNumber(locale, count)}</span>}
      </h2>
      {count === 0 ? (
        <p className="mt-1 text-ink-2">{t(`today.${name}.none`)}</p>
      ) : (
        <p className="mt-1 text-ink-2 text-note">{t(`today.${name}.text`)}</p>
      )}
      <ul className="mt-2 empty:hidden">
        {rows.map(row => (
          <Row
            key={JSON.stringify([row.reference, row.due])}
            row={row}
            as={as}
            now={now}
            maySign={maySign}
            t={t}
            locale={locale}
          />
        ))}
      </ul>
      {count > rows.length && (
        <p className="mt-3">
          <a href={all}>{t('today.all', { count })}</a>
        </p>
      )}
    </section>
  )
}
