import { getTranslations } from 'next-intl/server'
import type { OpenInvitation } from '@/lib/data/invitations.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { UtcTime } from '../_forms/utc-time.tsx'
import { revokeInvite } from './actions.ts'

/** Links that still let someone in. They cannot be shown again, only withdrawn. */
export async function OpenInvitations({ as, invitations }: { as: string; invitations: readonly OpenInvitation[] }) {
  const t = await getTranslations()
  return (
    <section className="sheet panel min-w-0" aria-labelledby="open">
      <h2 id="open">{t('account.members.open')}</h2>
      {invitations.length === 0 && <p className="text-ink-2">{t('account.members.noOpen')}</p>}
      <ul>
        {invitations.map(({ id, note, role, invitedBy, expiresAt, email }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-rule border-t py-3 first:border-t-0"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p>
                <bdi className="wrap-anywhere font-semibold">{note || (email ?? t('account.members.noNote'))}</bdi>{' '}
                <span className="text-ink-2">{t(`account.roles.${role}`)}</span>
              </p>
              <p className="flex flex-wrap gap-x-3 text-ink-2 text-note">
                {invitedBy !== undefined && (
                  <span>{t.rich('account.members.openBy', { name: () => <bdi key="name">{invitedBy}</bdi> })}</span>
                )}
                {email !== undefined && note !== '' && (
                  <span>
                    {t.rich('account.members.mailedTo', {
                      to: () => (
                        <bdi key="to" dir="ltr" className="wrap-anywhere">
                          {email}
                        </bdi>
                      ),
                    })}
                  </span>
                )}
                <span>
                  {t.rich('account.members.openUntil', {
                    until: () => <UtcTime key="until" milliseconds={expiresAt} />,
                  })}
                </span>
              </p>
            </div>
            <ActionForm action={revokeInvite} hidden={{ as, id }} submit={t('account.members.revoke')} />
          </li>
        ))}
      </ul>
    </section>
  )
}
