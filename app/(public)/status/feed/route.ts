import { getLocale, getTranslations } from 'next-intl/server'
import { logHealth, newestCheckpoints } from '@/lib/data/log-health.ts'
import { env } from '@/lib/env.ts'
import { formatAtom } from '@/lib/format/atom.ts'
import { paths } from '@/lib/paths.ts'
import { refused } from '../../../api/reply.ts'
import { unlessAway } from '../../../api/unless-away.ts'
import { feedEntries } from './entries.ts'
import { unlessKnown } from './unless-known.ts'

/** Made for every request. */
export const dynamic = 'force-dynamic'

/** The log's health as a feed (Atom): alarms and the newest checkpoints. */
export const GET = unlessAway(async (request: Request) => {
  const [t, locale, health] = await Promise.all([getTranslations(), getLocale(), logHealth()])
  if (!health) return refused(404, { code: 'nothing-sealed', detail: 'no checkpoint' })
  const site = env().publicUrl
  const pages = { status: paths.status(), log: paths.log() }
  const entries = await feedEntries({ health, checkpoints: await newestCheckpoints(), locale, site, pages })
  const body = formatAtom({
    id: `${site}${paths.statusFeed()}`,
    title: t('status.feed.title', { origin: health.origin }),
    subtitle: t('status.feed.subtitle'),
    language: locale,
    author: health.origin,
    self: `${site}${paths.statusFeed()}`,
    page: `${site}${pages.status}`,
    updated: entries[0]?.updated ?? health.checkpoint.signedAt,
    entries,
  })
  return unlessKnown(request, body, {
    'content-type': 'application/atom+xml; charset=utf-8',
    vary: 'accept-language, cookie',
  })
})
