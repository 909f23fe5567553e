import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SHORTEST_PASSWORD } from '@/lib/auth/auth.ts'
import { openSessions } from '@/lib/auth/own-account.ts'
import { isFreshlySignedIn, ownPasskeys } from '@/lib/auth/own-passkeys.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { ClientWords } from '../_ui/client-words.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { asOf, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { changeName, changePassword } from './actions.ts'
import { Passkeys } from './passkeys.tsx'
import { SessionList } from './session-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('account.own.title') }
}

const CHANGES = ['name', 'password', 'sessions'] as const

export default async function AccountPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.account())
  const [t, sessions, passkeys, isFresh, changed, open] = await Promise.all([
    getTranslations(),
    openSessions(),
    ownPasskeys(),
    isFreshlySignedIn(),
    queryOf(searchParams, 'changed'),
    queryOf(searchParams, 'passkey'),
  ])
  const said = CHANGES.find(each => each === changed)
  const { person, party, memberships } = actor
  const hidden = { as: party.party }
  return (
    <WorkspaceFrame actor={actor} room="account">
      <PageHead title={t('account.own.title')} lead={t('account.own.lead')} />
      {said && (
        <p className="notice done" role="status">
          {t(`account.own.changed.${said}`)}
        </p>
      )}
      <ClientWords branches={['accountForm']}>
        <div className="grid items-start gap-4 min-[64rem]:grid-cols-2">
          <div className="grid min-w-0 gap-4">
            <section className="sheet panel grid gap-5">
              <dl className="facts">
                <div>
                  <dt>{t('account.email')}</dt>
                  <dd>
                    <bdi dir="ltr">{person.email}</bdi>
                  </dd>
                </div>
                <div>
                  <dt>{t('account.own.parties')}</dt>
                  <dd>
                    <ul>
                      {memberships.map(each => (
                        <li key={each.party}>
                          <bdi>{each.name}</bdi>{' '}
                          <span className="text-ink-2 text-note">{t(`account.roles.${each.role}`)}</span>
                        </li>
                      ))}
                    </ul>
                  </dd>
                </div>
              </dl>
              <ActionForm
                action={changeName}
                hidden={hidden}
                fields={[
                  {
                    name: 'name',
                    label: t('account.name'),
                    type: 'text',
                    autoComplete: 'name',
                    hint: t('account.nameHint'),
                    value: person.name,
                    most: 80,
                  },
                ]}
                submit={t('account.own.saveName')}
              />
            </section>
            <SessionList sessions={sessions} as={party.party} />
          </div>
          <div className="grid min-w-0 gap-4">
            <section className="sheet panel grid gap-4" aria-labelledby="password">
              <h2 id="password">{t('account.own.password')}</h2>
              <ActionForm
                action={changePassword}
                hidden={hidden}
                fields={[
                  {
                    name: 'current',
                    label: t('account.own.current'),
                    type: 'password',
                    autoComplete: 'current-password',
                  },
                  {
                    name: 'password',
                    label: t('account.newPassword'),
                    type: 'password',
                    autoComplete: 'new-password',
                    hint: t('account.passwordHint', { count: SHORTEST_PASSWORD }),
                  },
                ]}
                submit={t('account.own.savePassword')}
              />
            </section>
            <Passkeys actor={actor} passkeys={passkeys} isFresh={isFresh} open={open} changed={changed} />
            <section className="sheet panel grid gap-2" aria-labelledby="device-keys">
              <h2 id="device-keys">{t('account.own.keys')}</h2>
              <p className="text-ink-2">{t('account.own.keysText')}</p>
              <p>
                <a href={paths.keys(asOf(actor))} className="inline-flex min-h-tap items-center">
                  {t('account.own.keysLink')}
                </a>
              </p>
            </section>
          </div>
        </div>
      </ClientWords>
    </WorkspaceFrame>
  )
}
