import { getLocale } from 'next-intl/server'
import { formatDateTime } from '@/lib/format/time.ts'

/** A moment by the server's count, in UTC: whose clock it is by is said with it. */
export async function UtcTime({ milliseconds }: { milliseconds: number }) {
  return (
    <time dateTime={new Date(milliseconds).toISOString()}>
      {formatDateTime(await getLocale(), { milliseconds, offset: 0 })} <bdi dir="ltr">UTC</bdi>
    </time>
  )
}
