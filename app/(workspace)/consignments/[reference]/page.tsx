import { getTranslations } from 'next-intl/server'
import { Headline } from '@/app/(public)/track/[reference]/headline.tsx'
import { History } from '@/app/(public)/track/[reference]/history.tsx'
import { readingOf } from '@/app/(public)/track/[reference]/reading.ts'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { requireActor, type SearchParams } from '@/app/(workspace)/_ui/require-actor.ts'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { recordedConsignment } from '@/lib/data/consignments.ts'
import { paths } from '@/lib/paths.ts'

type Props = { params: Promise<{ reference: string }>; searchParams: SearchParams }

/** Everything about one consignment, for members. */
export default async function ConsignmentPage({ params, searchParams }: Props) {
  const reference = parseReference(decodeURIComponent((await params).reference))
  const known = reference.ok ? reference.value : ''
  const actor = await requireActor(searchParams, paths.consignment(known))
  const found = await recordedConsignment(known)
  if (!found) {
    const t = await getTranslations()
    return (
      <WorkspaceFrame actor={actor} room="consignments">
        <h1>{t('track.missing.title')}</h1>
      </WorkspaceFrame>
    )
  }
  const reading = await readingOf(found.view)
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <section className="sheet panel">
        <Headline reading={reading} />
      </section>
      <History reading={reading} />
    </WorkspaceFrame>
  )
}
