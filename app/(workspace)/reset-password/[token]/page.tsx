import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { personOfReset } from '@/lib/auth/account.ts'
import { SHORTEST_PASSWORD } from '@/lib/auth/auth.ts'
import { passkeyCount } from '@/lib/data/accounts.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../../_forms/action-form.tsx'
import { Door } from '../../_forms/door.tsx'
import { ClientWords } from '../../_ui/client-words.tsx'
import { setPassword } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('account.reset.title') }
}

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, who] = await Promise.all([getTranslations(), personOfReset(token)])
  if (!who)
    return (
      <Door title={t('account.reset.dead')} lead={t('account.reset.deadText')}>
        <p className="flex flex-wrap gap-x-5 gap-y-2">
          <a className="btn" href={paths.signIn()}>
            {t('account.reset.signIn')}
          </a>
          {isMailOn() && (
            <a className="inline-flex min-h-tap items-center" href={paths.askReset()}>
              {t('account.reset.again')}
            </a>
          )}
        </p>
      </Door>
    )
  const { id, name, email } = who
  const passkeys = await passkeyCount(id)
  return (
    <Door
      title={t('account.reset.title')}
      lead={t.rich('account.reset.lead', {
        name: () => <bdi key="name">{name}</bdi>,
        email: () => (
          <bdi key="email" dir="ltr">
            {email}
          </bdi>
        ),
      })}
    >
      <p>{t('account.reset.text')}</p>
      {passkeys > 0 && <p>{t('account.reset.passkeys')}</p>}
      <ClientWords branches={['accountForm']}>
        <ActionForm
          action={setPassword}
          hidden={{ token }}
          fields={[
            {
              name: 'password',
              label: t('account.newPassword'),
              type: 'password',
              autoComplete: 'new-password',
              hint: t('account.passwordHint', { count: SHORTEST_PASSWORD }),
            },
          ]}
          submit={t('account.reset.submit')}
          isPrimary
        />
      </ClientWords>
    </Door>
  )
}
