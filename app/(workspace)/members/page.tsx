import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { colleaguesOf } from '@/lib/data/colleagues.ts'
import { invitationsOf } from '@/lib/data/invitations.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { InviteForm } from './invite-form.tsx'
import { MemberCard } from './member-card.tsx'
import { OpenInvitations } from './open-invitations.tsx'
import { ResetForOther } from './reset-for-other.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('workspace.members') }
}

const CHANGES = ['role', 'removed', 'revoked'] as const

export default async function MembersPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.members())
  const { party } = actor
  const mayInvite = actorMay(actor, 'invite')
  const [t, colleagues, invitations, changed, member] = await Promise.all([
    getTranslations(),
    colleaguesOf(party.party),
    mayInvite ? invitationsOf(party.party) : [],
    queryOf(searchParams, 'changed'),
    queryOf(searchParams, 'member'),
  ])
  const said = CHANGES.find(each => each === changed)
  return (
    <WorkspaceFrame actor={actor} room="members">
      <PageHead
        title={t.rich('account.members.title', { party: () => <bdi key="party">{party.name}</bdi> })}
        lead={t('account.members.lead')}
      />
      {said && (
        <p className="notice done" role="status">
          {t(`account.members.changed.${said}`)}
        </p>
      )}
      <ClientWords branches={['accountForm']}>
        <div className="grid items-start gap-4 min-[64rem]:grid-cols-[1fr_24rem]">
          <section className="sheet panel min-w-0" aria-labelledby="members">
            <h2 id="members" className="mb-2">
              {t('account.members.count', { count: colleagues.length })}
            </h2>
            <ul>
              {colleagues.map(colleague => (
                <MemberCard
                  key={colleague.userId}
                  colleague={colleague}
                  actor={actor}
                  isOpen={colleague.userId === member && actorMay(actor, 'manage-members')}
                />
              ))}
            </ul>
            {mayInvite && colleagues.length === 1 && (
              <p className="mt-3 max-w-[60ch] text-ink-2">{t('account.members.alone')}</p>
            )}
          </section>
          {mayInvite && (
            <div className="grid min-w-0 gap-4">
              <InviteForm as={party.party} />
              <OpenInvitations as={party.party} invitations={invitations} />
              {party.isOperator && <ResetForOther as={party.party} />}
            </div>
          )}
        </div>
      </ClientWords>
    </WorkspaceFrame>
  )
}
