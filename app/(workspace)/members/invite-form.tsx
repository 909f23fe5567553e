import { getTranslations } from 'next-intl/server'
import { INVITATION_DAYS } from '@/lib/data/invitations.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { mailFields } from '../_forms/mail-fields.ts'
import { roleOptions } from '../_forms/role-options.ts'
import { invite } from './actions.ts'

/** An invitation for one new member: a letter, or a link to hand over. */
export async function InviteForm({ as }: { as: string }) {
  const [t, letter] = await Promise.all([getTranslations(), mailFields()])
  const isOn = isMailOn()
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="invite">
      <div>
        <h2 id="invite">{t('account.members.invite')}</h2>
        <p className="text-ink-2 text-note">
          {t(isOn ? 'account.members.inviteTextMail' : 'account.members.inviteText')}
        </p>
      </div>
      <ActionForm
        action={invite}
        hidden={{ as }}
        fields={[
          ...letter,
          { name: 'role', label: t('account.members.role'), options: roleOptions(t), value: 'member' },
          {
            name: 'note',
            label: t('account.members.note'),
            type: 'text',
            autoComplete: 'off',
            hint: t('account.members.noteHint'),
            isOptional: true,
            most: 120,
          },
          {
            name: 'days',
            label: t('account.members.days'),
            options: INVITATION_DAYS.map(count => ({
              value: String(count),
              label: t('account.members.day', { count }),
            })),
            value: '7',
          },
        ]}
        submit={t(isOn ? 'account.members.inviteSubmitMail' : 'account.members.inviteSubmit')}
        linkLabel={t('account.members.inviteLink')}
        isPrimary
      />
    </section>
  )
}
