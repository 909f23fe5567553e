import { getTranslations } from 'next-intl/server'
import { isMailOn } from '@/lib/mail/transport.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { resetFields } from '../_forms/reset-fields.ts'
import { handOverReset } from './actions.ts'

/** For the operator: the way back for a party whose only admin forgot the password. */
export async function ResetForOther({ as }: { as: string }) {
  const [t, ways] = await Promise.all([getTranslations(), resetFields()])
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="other">
      <div>
        <h2 id="other">{t('account.members.other')}</h2>
        <p className="text-ink-2 text-note">
          {t(isMailOn() ? 'account.members.otherTextMail' : 'account.members.otherText')}
        </p>
      </div>
      <ActionForm
        action={handOverReset}
        hidden={{ as }}
        fields={[{ name: 'email', label: t('account.email'), type: 'email', autoComplete: 'off' }, ...ways]}
        submit={t('account.members.resetSubmit')}
        linkLabel={t('account.members.resetLinkOther')}
      />
    </section>
  )
}
