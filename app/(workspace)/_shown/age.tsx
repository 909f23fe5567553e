import { formatAge, formatDateTime } from '@/lib/format/time.ts'

/** How long ago, with the record's own time beside it for who asks. Both in unix milliseconds, by the log's clock. */
export function Age({ locale, since, now }: { locale: string; since: number; now: number }) {
  const exact = `${formatDateTime(locale, { milliseconds: since, offset: 0 })} UTC`
  return (
    <time dateTime={new Date(since).toISOString()} title={exact}>
      {formatAge(locale, { since, now })}
    </time>
  )
}
