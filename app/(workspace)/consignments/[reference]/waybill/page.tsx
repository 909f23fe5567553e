import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import type { ActPageProps } from '@/app/(workspace)/_act/open-act.ts'
import { ClientWords } from '@/app/(workspace)/_ui/client-words.tsx'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { PageHead } from '@/app/(workspace)/_ui/page-head.tsx'
import { asOf, queryOf, requireActor } from '@/app/(workspace)/_ui/require-actor.ts'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { actingOn } from '@/lib/data/acting.ts'
import { partiesTakingPart } from '@/lib/data/parties.ts'
import { openingsFor } from '@/lib/data/private-openings.ts'
import { env } from '@/lib/env.ts'
import { paths } from '@/lib/paths.ts'
import { ClaimCode } from './claim-code.tsx'
import { PrintButton } from './print-button.tsx'
import { Ticket } from './ticket.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.waybill.title') }
}

/** The paper that travels with a handover; for an open one the code that takes the goods, where this device keeps it. */
export default async function WaybillPage({ params, searchParams }: ActPageProps) {
  const parsed = parseReference(decodeURIComponent((await params).reference))
  const hash = await queryOf(searchParams, 'release')
  if (!parsed.ok || hash === undefined) notFound()
  const reference = parsed.value
  const actor = await requireActor(searchParams, paths.waybill(reference, hash))
  const as = asOf(actor)
  const party = actor.party.party
  const acting = await actingOn(reference)
  const release = acting?.state.releases.findLast(each => each.hash === hash)
  if (!acting || !release) notFound()
  const { state } = acting
  const [t, locale, said, parties, openings] = await Promise.all([
    getTranslations(),
    getLocale(),
    goodsSaid(state),
    partiesTakingPart({ standing: state.standing, party }),
    openingsFor({ reference, party }),
  ])
  const claim = 'claim' in release.to ? release.to.claim : undefined
  const withdraw = paths.act(reference, 'withdraw', as, { release: hash })
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="mx-auto grid w-full max-w-[46rem] gap-4">
        <PageHead
          back={{
            href: paths.consignment(reference, as),
            label: (
              <bdi dir="ltr" className="code">
                {formatReference(reference)}
              </bdi>
            ),
          }}
          title={t(claim !== undefined ? 'act.waybill.openTitle' : 'act.waybill.title')}
          lead={
            <span className="no-print">{t(claim !== undefined ? 'act.waybill.openLead' : 'act.waybill.lead')}</span>
          }
        >
          <ClientWords branches={['act']}>
            <PrintButton />
          </ClientWords>
        </PageHead>
        {claim !== undefined &&
          (release.status !== 'open' ? (
            <p className="notice">{t(`act.waybill.answered.${release.status}`)}</p>
          ) : release.giver === party ? (
            <ClientWords branches={['act']}>
              <ClaimCode
                address={`${env().publicUrl}${paths.take(reference)}`}
                release={hash}
                claim={claim}
                withdraw={withdraw}
                goods={said.goods(release.lines)}
              />
            </ClientWords>
          ) : (
            <p className="notice">{t('act.waybill.notYours')}</p>
          ))}
        <Ticket
          t={t}
          locale={locale}
          state={state}
          release={release}
          parties={parties}
          fields={openings?.fields.get(release.index) ?? {}}
        />
        {release.status === 'open' && release.giver === party && (
          <p className="no-print">
            <a href={withdraw}>{t('act.do.withdraw')}</a>
          </p>
        )}
      </div>
    </WorkspaceFrame>
  )
}
