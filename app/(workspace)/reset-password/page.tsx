import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { isMailOn } from '@/lib/mail/transport.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { Door } from '../_forms/door.tsx'
import { ClientWords } from '../_ui/client-words.tsx'
import { askReset } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('account.forgot.title') }
}

/** For who forgot the password: a letter with a link, where this server sends letters. */
export default async function AskResetPage() {
  const t = await getTranslations()
  const isOn = isMailOn()
  return (
    <Door title={t('account.forgot.title')} lead={t(isOn ? 'account.forgot.lead' : 'account.forgot.off')}>
      {isOn && (
        <ClientWords branches={['accountForm']}>
          <ActionForm
            action={askReset}
            hidden={{}}
            fields={[{ name: 'email', label: t('account.email'), type: 'email', autoComplete: 'username' }]}
            submit={t('account.forgot.submit')}
            isPrimary
          />
        </ClientWords>
      )}
      <p>
        <a href={paths.signIn()} className="inline-flex min-h-tap items-center">
          {t('account.forgot.back')}
        </a>
      </p>
    </Door>
  )
}
