import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ConsignmentHead } from '@/app/(workspace)/_act/consignment-head.tsx'
import { type ConsignmentPageProps, openPage } from '@/app/(workspace)/_act/open-page.ts'
import { ClientWords } from '@/app/(workspace)/_ui/client-words.tsx'
import { deskOf } from '@/app/(workspace)/_ui/desk.ts'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { actorMay } from '@/app/(workspace)/_ui/require-actor.ts'
import { SIGN_WORDS } from '@/app/(workspace)/_ui/sign-words.ts'
import { WhenReady } from '@/app/(workspace)/_ui/when-ready.tsx'
import { mayAct } from '@/lib/core/custody/allowed.ts'
import { linesLeft } from '@/lib/core/custody/draft.ts'
import { actingOn } from '@/lib/data/acting.ts'
import { draftBehind, MOST_DRAFT_LINES } from '@/lib/data/drafts.ts'
import { partyDirectory } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { MoreLines } from '../_draft/more-lines.tsx'

/** More lines for a consignment of which nothing was handed over yet; what did not fit into its first record is there already. */
export default async function PackPage(props: ConsignmentPageProps) {
  const { actor, as, reference } = await openPage(props, each => paths.act(each, 'pack'))
  const [t, party] = [await getTranslations(), actor.party.party]
  const [acting, desk, parties, drafted] = await Promise.all([
    actingOn(reference),
    deskOf(actor),
    partyDirectory(),
    draftBehind({ reference, party }),
  ])
  if (!acting) redirect(paths.consignment(reference, as))
  const { state, head } = acting
  const may = mayAct({ state, kind: 'pack', party })
  const recorded = state.chain.flatMap(({ acting }) => (acting.kind === 'pack' ? acting.body.lines : []))
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <ConsignmentHead
        reference={reference}
        as={as}
        title={t('draft.packMore.title')}
        lead={t('draft.packMore.lead')}
      />
      {!may.ok || !desk || !actorMay(actor, 'draft') ? (
        <section className="sheet panel">
          <p className="notice">{may.ok ? t('draft.new.mayNot') : t(`refusals.${may.code}`)}</p>
        </section>
      ) : (
        <>
          <noscript>
            <p className="notice">{t('draft.needsScripts')}</p>
          </noscript>
          <ClientWords branches={['draft', 'units', ...SIGN_WORDS]}>
            <WhenReady>
              <MoreLines
                desk={desk}
                reference={reference}
                state={state}
                head={head}
                left={drafted ? linesLeft(drafted, recorded) : []}
                parties={parties}
                mostLines={MOST_DRAFT_LINES}
                next={paths.consignment(reference, as)}
                onward={paths.act(reference, 'pack', as)}
              />
            </WhenReady>
          </ClientWords>
        </>
      )}
    </WorkspaceFrame>
  )
}
