import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Balance } from '@/app/(public)/track/[reference]/balance.tsx'
import { Headline, Steps } from '@/app/(public)/track/[reference]/headline.tsx'
import { History } from '@/app/(public)/track/[reference]/history.tsx'
import { readingOf } from '@/app/(public)/track/[reference]/reading.ts'
import { Reported } from '@/app/(public)/track/[reference]/reported.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { actingOn } from '@/lib/data/acting.ts'
import { recordedConsignment } from '@/lib/data/consignments.ts'
import { draftOf } from '@/lib/data/drafts.ts'
import { openingsFor, withOpenings } from '@/lib/data/private-openings.ts'
import { paths } from '@/lib/paths.ts'
import { WorkspaceFrame } from '../../_ui/frame.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../../_ui/require-actor.ts'
import { besideIn } from './beside.tsx'
import { Downloads } from './downloads.tsx'
import { DraftPage } from './draft-page.tsx'
import { NextActs } from './next-acts.tsx'
import { OpenReleases } from './open-releases.tsx'
import { Unsettled } from './unsettled.tsx'

type Props = { params: Promise<{ reference: string }>; searchParams: SearchParams }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, reference] = [await getTranslations(), parseReference(decodeURIComponent((await params).reference))]
  if (!reference.ok) return { title: t('track.metaMissing') }
  return { title: t('consignments.metaTitle', { reference: formatReference(reference.value) }) }
}

/** Everything about one consignment, for members: what the public sees, what waits, and what those who take part may do and read. */
export default async function ConsignmentPage({ params, searchParams }: Props) {
  const typed = decodeURIComponent((await params).reference)
  const parsed = parseReference(typed)
  const reference = parsed.ok ? parsed.value : typed
  const actor = await requireActor(searchParams, paths.consignment(reference))
  const found = parsed.ok ? await recordedConsignment(reference) : undefined
  const draft = parsed.ok && !found ? await draftOf(reference) : undefined
  if (draft?.party === actor.party.party && actorMay(actor, 'draft')) {
    return <DraftPage actor={actor} reference={reference} draft={draft} />
  }
  if (!found) notFound()
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <Recorded actor={actor} found={found} />
    </WorkspaceFrame>
  )
}

type Found = NonNullable<Awaited<ReturnType<typeof recordedConsignment>>>

async function Recorded({ actor, found }: { actor: Actor; found: Found }) {
  const { reference } = found.view
  const party = actor.party.party
  const [acting, openings] = await Promise.all([actingOn(reference), openingsFor({ reference, party })])
  const view = openings ? withOpenings(found.view, openings) : found.view
  const reading = {
    ...(await readingOf(view)),
    sealedSize: found.sealedSize,
    ...(openings && { beside: besideIn(openings) }),
  }
  const { t } = reading
  const state = acting?.state
  const links = { as: asOf(actor), party }
  return (
    <>
      <section className="sheet panel grid gap-5">
        <Headline reading={reading} />
        {view.mode === 'live' && <Steps reading={reading} />}
      </section>
      {!openings && (
        <p className="notice">
          {t.rich('consignments.noPart', { party: () => <bdi key="party">{actor.party.name}</bdi> })}{' '}
          <a href={paths.scan(links.as)}>{t('consignments.act.scan')}</a>
        </p>
      )}
      {state && <NextActs actor={actor} state={state} reading={reading} />}
      {state && <Unsettled {...links} state={state} reading={reading} />}
      <OpenReleases {...links} reading={reading} />
      <div className="grid items-start gap-4 min-[72rem]:grid-cols-[1fr_22rem]">
        <div className="grid min-w-0 gap-4 min-[72rem]:col-start-2 min-[72rem]:row-start-1">
          <Balance reading={reading} />
          <Downloads reading={reading} as={links.as} />
        </div>
        <div className="grid min-w-0 gap-4 min-[72rem]:col-start-1 min-[72rem]:row-start-1">
          <Reported reading={reading} />
          <History reading={reading} />
        </div>
      </div>
    </>
  )
}
