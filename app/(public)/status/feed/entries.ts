import { getTranslations } from 'next-intl/server'
import type { LogHealth, Published } from '@/lib/data/log-health.ts'
import { type FeedEntry, tagUri } from '@/lib/format/atom.ts'
import { formatNumber } from '@/lib/format/number.ts'

type Asked = {
  readonly health: LogHealth
  readonly checkpoints: readonly Published[]
  readonly locale: string
  /** Origin of this site, no final slash. */
  readonly site: string
  /** Addresses of the pages about alarms and about checkpoints. */
  readonly pages: { readonly status: string; readonly log: string }
}

/** What a monitor of this log is told: alarms that last, starts without a guard, and the newest checkpoints verbatim; newest first. */
export async function feedEntries({ health, checkpoints, locale, site, pages }: Asked): Promise<FeedEntry[]> {
  const t = await getTranslations()
  const host = new URL(site).hostname
  const entry = (at: number, name: string, title: string, text: string, page: string): FeedEntry => ({
    id: tagUri({ host, at, name }),
    title,
    updated: at,
    href: `${site}${page}`,
    text,
  })
  const alarms: FeedEntry[] = []
  const { readOnly, unsealedSince } = health
  if (readOnly) {
    const name = `read-only/${readOnly.code}/${readOnly.since}`
    const text = `${t(`status.reasons.${readOnly.code}`)}\n${readOnly.code}: ${readOnly.detail}`
    alarms.push(entry(readOnly.since, name, t('status.feed.readOnly'), text, pages.status))
  } else if (health.state === 'late' && unsealedSince !== undefined) {
    const since = new Date(unsealedSince).toISOString()
    alarms.push(
      entry(
        unsealedSince,
        `late/${unsealedSince}`,
        t('status.feed.late'),
        t('status.feed.since', { since }),
        pages.status,
      ),
    )
  }
  for (const line of health.trustedDatabase) {
    const at = Date.parse(line.split(' ', 1)[0] ?? '')
    if (Number.isNaN(at)) continue
    alarms.push(entry(at, `trusted-database/${at}`, t('status.feed.trustedDatabase'), line, pages.log))
  }
  const sealed = checkpoints.map(({ size, signedAt, note }) =>
    entry(
      signedAt,
      `checkpoint/${size}`,
      t('status.feed.checkpoint', { size: formatNumber(locale, size) }),
      note,
      pages.log,
    ),
  )
  return [...alarms, ...sealed].sort((a, b) => b.updated - a.updated)
}
