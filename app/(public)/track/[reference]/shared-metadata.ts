import type { Metadata } from 'next'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { env } from '@/lib/env.ts'
import { paths } from '@/lib/paths.ts'
import { saidIn } from './picture/said.ts'
import { broughtIn, type Reading } from './reading.ts'

/**
 * What other sites show of a page that is passed on: the goods, where they are, and a picture. Those keep copies that nobody can erase, so no
 * party is named; and nothing is said about checks, which only the reader's own browser makes.
 */
export function sharedMetadata(reading: Reading): Metadata {
  const { view, t } = reading
  const reference = formatReference(view.reference)
  const [line] = view.lines
  const title = t('track.metaTitle', { reference })
  // Nothing of it is sealed yet.
  if (!line) return { title, robots: { index: false } }
  const goods = `${line.item}, ${reading.count(line.id, broughtIn(line))}`
  const description = t('track.metaText', { reference, stage: t(`stages.${view.stage}`) })
  const alt = Object.values(saidIn(view)).join(' · ')
  const images = [{ url: paths.picture(view.reference), width: 1200, height: 630, alt }]
  return {
    metadataBase: new URL(env().publicUrl),
    title,
    description,
    alternates: { canonical: paths.track(view.reference) },
    openGraph: { type: 'website', siteName: t('site.name'), title: goods, description, images },
    twitter: { card: 'summary_large_image', title: goods, description, images },
  }
}
