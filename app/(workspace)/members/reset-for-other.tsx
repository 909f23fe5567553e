import { getTranslations } from 'next-intl/server'
import { ActionForm } from '../_forms/action-form.tsx'
import { handOverReset } from './actions.ts'

/** For the operator: the way back for a party whose only admin forgot the password. */
export async function ResetForOther({ as }: { as: string }) {
  const t = await getTranslations()
  return (
    <details className="sheet panel">
      <summary className="font-semibold">{t('account.members.other')}</summary>
      <div className="grid gap-3 pt-3">
        <p className="text-ink-2 text-note">{t('account.members.otherText')}</p>
        <ActionForm
          action={handOverReset}
          hidden={{ as }}
          fields={[{ name: 'email', label: t('account.email'), type: 'email', autoComplete: 'off' }]}
          submit={t('account.members.resetSubmit')}
          linkLabel={t('account.members.resetLinkOther')}
        />
      </div>
    </details>
  )
}
