import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { person } from '@/lib/auth/actor.ts'
import { invitation } from '@/lib/data/invitations.ts'
import { paths } from '@/lib/paths.ts'
import { Aside, Door } from '../../_forms/door.tsx'
import { UtcTime } from '../../_forms/utc-time.tsx'
import { ClientWords } from '../../_ui/client-words.tsx'
import { DeadInvitation } from './dead-invitation.tsx'
import { JoinAsMe, JoinAsNewcomer } from './join-forms.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('account.join.new') }
}

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, invited, who] = await Promise.all([getTranslations(), invitation(token), person()])
  if (invited?.state !== 'open') return <DeadInvitation invitation={invited} />
  const { partyName, role, invitedBy, expiresAt, isSuspended, email } = invited
  return (
    <Door
      title={t.rich('account.join.title', { party: () => <bdi key="party">{partyName}</bdi> })}
      lead={
        invitedBy === undefined
          ? t('account.join.leadNobody')
          : t.rich('account.join.lead', { name: () => <bdi key="name">{invitedBy}</bdi> })
      }
    >
      {isSuspended && <p className="notice">{t('account.join.suspended')}</p>}
      <dl className="facts">
        <div>
          <dt>{t('account.join.role')}</dt>
          <dd>{t(`account.join.can.${role}`)}</dd>
        </div>
        <div>
          <dt>{t('account.join.until')}</dt>
          <dd>
            <UtcTime milliseconds={expiresAt} />
          </dd>
        </div>
      </dl>
      <ClientWords branches={['accountForm']}>
        {who ? <JoinAsMe token={token} person={who} /> : <JoinAsNewcomer token={token} email={email} />}
      </ClientWords>
      {!who && (
        <Aside title={t('account.join.have')}>
          <a href={paths.signIn(paths.join(token))} className="inline-flex min-h-tap items-center">
            {t('account.join.haveLink')}
          </a>
        </Aside>
      )}
    </Door>
  )
}
