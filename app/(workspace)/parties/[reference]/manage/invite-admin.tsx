import { getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { INVITATION_DAYS } from '@/lib/data/invitations.ts'
import type { PartyRecord } from '@/lib/data/parties.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { ActionForm } from '../../../_forms/action-form.tsx'
import { mailFields } from '../../../_forms/mail-fields.ts'
import { ClientWords } from '../../../_ui/client-words.tsx'
import { inviteToParty } from '../../../members/actions.ts'

/** A link by which the party's first admin, or another one, joins it. */
export async function InviteAdmin({ actor, party }: { actor: Actor; party: PartyRecord }) {
  const [t, letter] = await Promise.all([getTranslations(), mailFields()])
  const days = INVITATION_DAYS.map(count => ({ value: String(count), label: t('account.members.day', { count }) }))
  return (
    <details className="grid gap-3">
      <summary className="min-h-tap content-center font-semibold">{t('parties.invite')}</summary>
      <p className="mb-3 max-w-[70ch] text-ink-2 text-note">{t('parties.inviteText')}</p>
      <ClientWords branches={['accountForm']}>
        <ActionForm
          action={inviteToParty}
          hidden={{ as: actor.party.party, party: party.reference, role: 'admin' }}
          fields={[
            ...letter,
            {
              name: 'note',
              label: t('account.members.note'),
              type: 'text',
              autoComplete: 'off',
              isOptional: true,
              most: 120,
            },
            { name: 'days', label: t('account.members.days'), options: days, value: '7' },
          ]}
          submit={t(isMailOn() ? 'account.members.inviteSubmitMail' : 'account.members.inviteSubmit')}
          linkLabel={t('account.members.inviteLink')}
        />
      </ClientWords>
    </details>
  )
}
