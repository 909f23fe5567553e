import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SuspendedNotice } from '@/app/(public)/parties/[reference]/suspended-notice.tsx'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { partyRecord } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../../../_ui/client-words.tsx'
import { deskOf } from '../../../_ui/desk.ts'
import { WorkspaceFrame } from '../../../_ui/frame.tsx'
import { PageHead } from '../../../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../../../_ui/require-actor.ts'
import { SIGN_WORDS } from '../../../_ui/sign-words.ts'
import { OperatorPart } from './operator-part.tsx'
import { RenameParty } from './rename-party.tsx'

type Props = { params: Promise<{ reference: string }>; searchParams: SearchParams }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('parties.manage') }
}

/** What a party's own admins (its name) and the operator's (the rest) do about it. */
export default async function ManagePartyPage({ params, searchParams }: Props) {
  const reference = parseReference((await params).reference)
  if (!reference.ok) notFound()
  const actor = await requireActor(searchParams, paths.manageParty(reference.value))
  const as = asOf(actor)
  const party = await partyRecord(reference.value)
  if (!party) notFound()
  const isOwn = party.reference === actor.party.party
  const isOperators = actorMay(actor, 'invite-party')
  if (!isOperators && !(isOwn && actor.party.role === 'admin')) redirect(paths.party(party.reference))
  const [t, desk] = await Promise.all([getTranslations(), deskOf(actor)])
  return (
    <WorkspaceFrame actor={actor} room="parties">
      <PageHead
        title={<bdi>{party.name}</bdi>}
        lead={
          <>
            <bdi dir="ltr" className="code">
              {formatReference(party.reference)}
            </bdi>{' '}
            · {t(`parties.types.${party.type}`)} · <a href={paths.party(party.reference)}>{t('parties.publicPage')}</a>
          </>
        }
        back={{ href: paths.parties(as), label: t('parties.title') }}
      />
      <noscript>
        <p className="notice">{t('keys.noScript')}</p>
      </noscript>
      <SuspendedNotice party={party} />
      {desk && (
        <ClientWords branches={['parties', 'keys', 'reasons', ...SIGN_WORDS]}>
          {isOwn && (
            <section className="sheet panel grid max-w-[44rem] gap-4" aria-labelledby="rename">
              <h2 id="rename">{t('parties.rename')}</h2>
              <p className="text-ink-2 text-note">{t('parties.renameText')}</p>
              <RenameParty
                desk={desk}
                head={party.head}
                name={party.name === party.reference ? '' : party.name}
                named={party.isPublic ? 'public' : 'withheld'}
                type={party.type}
                refusal={party.isSuspended ? 'party-suspended' : undefined}
                next={paths.manageParty(party.reference, as)}
              />
            </section>
          )}
          {isOperators && !isOwn && <OperatorPart actor={actor} desk={desk} party={party} />}
        </ClientWords>
      )}
    </WorkspaceFrame>
  )
}
