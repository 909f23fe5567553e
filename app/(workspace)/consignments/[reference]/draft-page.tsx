import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClientWords } from '@/app/(workspace)/_ui/client-words.tsx'
import { deskOf } from '@/app/(workspace)/_ui/desk.ts'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { PageHead } from '@/app/(workspace)/_ui/page-head.tsx'
import { actorMay, asOf } from '@/app/(workspace)/_ui/require-actor.ts'
import { SIGN_WORDS } from '@/app/(workspace)/_ui/sign-words.ts'
import { WhenReady } from '@/app/(workspace)/_ui/when-ready.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { type Draft, MOST_DRAFT_LINES } from '@/lib/data/drafts.ts'
import { partyDirectory } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { takeBack } from './_draft/actions.ts'
import { DraftEditor } from './_draft/draft-editor.tsx'

/** A consignment before anything of it is signed. Others than the members of its party who may draft it find nothing. */
export async function DraftPage({ actor, reference, draft }: { actor: Actor; reference: string; draft: Draft }) {
  if (draft.party !== actor.party.party || !actorMay(actor, 'draft')) notFound()
  const [t, as] = [await getTranslations(), asOf(actor)]
  const code = (
    <bdi dir="ltr" className="code whitespace-nowrap">
      {formatReference(reference)}
    </bdi>
  )
  const back = { href: paths.consignments(as), label: t('workspace.consignments') }
  if (draft.isWithdrawn) {
    return (
      <WorkspaceFrame actor={actor} room="consignments">
        <PageHead back={back} title={code} lead={t('draft.withdrawn')} />
        <p>
          <a className="btn" href={paths.newConsignment(as)}>
            {t('draft.new.start')}
          </a>
        </p>
      </WorkspaceFrame>
    )
  }
  const [desk, parties] = await Promise.all([deskOf(actor), partyDirectory()])
  const others = parties.filter(({ reference }) => reference !== actor.party.party)
  const own = parties.filter(({ reference }) => reference === actor.party.party)
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <PageHead
        back={back}
        title={t.rich('draft.title', { reference: () => <span key="reference">{code}</span> })}
        lead={t('draft.lead')}
      >
        <a className="btn" href={paths.labels(reference, as)}>
          {t('draft.printLabel')}
        </a>
      </PageHead>
      <noscript>
        <p className="notice">{t('draft.needsScripts')}</p>
      </noscript>
      <ClientWords branches={['draft', 'units', ...SIGN_WORDS]}>
        <WhenReady>
          <DraftEditor
            desk={desk}
            party={actor.party.party}
            reference={reference}
            nonce={draft.nonce}
            content={draft.content}
            version={draft.version}
            // Most goods are one's own or another's: one's own name first.
            parties={[...own, ...others]}
            mostLines={MOST_DRAFT_LINES}
            as={as}
          />
        </WhenReady>
      </ClientWords>
      <details className="no-print">
        <summary className="min-h-tap content-center text-ink-2 text-note">{t('draft.takeBack.title')}</summary>
        <form action={takeBack} className="sheet panel mt-2 grid max-w-[40rem] justify-items-start gap-3">
          <p>{t('draft.takeBack.text')}</p>
          <input type="hidden" name="party" value={actor.party.party} />
          <input type="hidden" name="reference" value={reference} />
          {as !== undefined && <input type="hidden" name="as" value={as} />}
          <button type="submit" className="btn">
            {t('draft.takeBack.confirm')}
          </button>
        </form>
      </details>
    </WorkspaceFrame>
  )
}
