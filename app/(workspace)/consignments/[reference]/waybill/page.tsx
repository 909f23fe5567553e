import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ConsignmentHead } from '@/app/(workspace)/_act/consignment-head.tsx'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import { type ConsignmentPageProps, openPage } from '@/app/(workspace)/_act/open-page.ts'
import { ClientWords } from '@/app/(workspace)/_ui/client-words.tsx'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { queryOf } from '@/app/(workspace)/_ui/require-actor.ts'
import { env } from '@/lib/env.ts'
import { canWrite } from '@/lib/papers/label-pdf.ts'
import { wordsIn } from '@/lib/papers/waybill-pdf.ts'
import { paths } from '@/lib/paths.ts'
import { ClaimCode } from './claim-code.tsx'
import { openWaybill } from './open-waybill.ts'
import { PrintButton } from './print-button.tsx'
import { Ticket } from './ticket.tsx'
import { waybillText } from './waybill-text.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.waybill.title') }
}

/** The paper that travels with a handover; for an open one the code that takes the goods, where this device keeps it. */
export default async function WaybillPage(props: ConsignmentPageProps) {
  const hash = (await queryOf(props.searchParams, 'release')) ?? ''
  const { actor, as, reference } = await openPage(props, each => paths.waybill(each, hash))
  const party = actor.party.party
  const opened = await openWaybill({ reference, party, hash })
  const text = opened && (await waybillText(opened))
  if (!opened || !text) notFound()
  const { state, release } = opened
  const [t, said, isWritable] = [await getTranslations(), await goodsSaid(state), await canWrite(wordsIn(text))]
  const claim = 'claim' in release.to ? release.to.claim : undefined
  const withdraw = paths.act(reference, 'withdraw', as, { release: hash })
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="mx-auto grid w-full max-w-[46rem] gap-4">
        <ConsignmentHead
          reference={reference}
          as={as}
          title={text.title}
          lead={
            <span className="no-print">{t(claim !== undefined ? 'act.waybill.openLead' : 'act.waybill.lead')}</span>
          }
        >
          <ClientWords branches={['act']}>
            <PrintButton />
          </ClientWords>
          {/* What takes an open release is on the giver's device alone, so its paper comes from the browser. */}
          {claim === undefined && isWritable && (
            <a className="btn" href={paths.waybillPdf(reference, hash, as)}>
              {t('label.pdf')}
            </a>
          )}
        </ConsignmentHead>
        {claim === undefined && !isWritable && <p className="notice no-print">{t('papers.waybill.pdfNot')}</p>}
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
        <Ticket text={text} />
        {release.status === 'open' && release.giver === party && (
          <p className="no-print">
            <a href={withdraw}>{t('act.do.withdraw')}</a>
          </p>
        )}
      </div>
    </WorkspaceFrame>
  )
}
