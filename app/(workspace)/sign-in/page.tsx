import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { person } from '@/lib/auth/actor.ts'
import { nextPath } from '@/lib/auth/next-path.ts'
import { demoParties } from '@/lib/data/demo-keys.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { Aside, Door } from '../_forms/door.tsx'
import { PasskeyButton } from '../_forms/passkey-button.tsx'
import { ClientWords } from '../_ui/client-words.tsx'
import { queryOf, type SearchParams } from '../_ui/require-actor.ts'
import { EnterLink } from '../enter/enter-link.tsx'
import { signIn } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('account.signIn.title') }
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, who, asked, demo] = await Promise.all([
    getTranslations(),
    person(),
    queryOf(searchParams, 'next'),
    demoParties(),
  ])
  const next = nextPath(asked)
  return (
    <Door title={t('account.signIn.title')} lead={t('account.signIn.lead')}>
      {who && (
        <p className="notice flex flex-wrap items-center justify-between gap-x-4">
          <span>{t.rich('account.signIn.already', { name: () => <bdi key="name">{who.name}</bdi> })}</span>
          <a href={next ?? paths.today()} className="inline-flex min-h-tap items-center font-semibold">
            {t('account.signIn.goOn')}
          </a>
        </p>
      )}
      <EnterLink next={next} />
      <ClientWords branches={['accountForm', 'passkeyForm']}>
        <ActionForm
          action={signIn}
          hidden={{ next: next ?? '' }}
          fields={[
            { name: 'email', label: t('account.email'), type: 'email', autoComplete: 'username webauthn' },
            { name: 'password', label: t('account.password'), type: 'password', autoComplete: 'current-password' },
          ]}
          submit={t('account.signIn.submit')}
          // In a demonstration the way in is the one above.
          isPrimary={demo.length === 0}
        />
        <PasskeyButton to={next ?? paths.today()} label={t('passkeys.signIn')} isInField />
      </ClientWords>
      {isMailOn() && (
        <p>
          <a href={paths.askReset()} className="inline-flex min-h-tap items-center">
            {t('account.signIn.forgot')}
          </a>
        </p>
      )}
      <Aside title={t('account.signIn.no')}>
        {t(isMailOn() ? 'account.signIn.noTextMail' : 'account.signIn.noText')}
      </Aside>
    </Door>
  )
}
