import { getTranslations } from 'next-intl/server'
import type { Person } from '@/lib/auth/actor.ts'
import { SHORTEST_PASSWORD } from '@/lib/auth/auth.ts'
import { paths } from '@/lib/paths.ts'
import { ActionForm } from '../../_forms/action-form.tsx'
import { signOut } from '../../account/actions.ts'
import { join, joinAsNewcomer } from './actions.ts'

/** For who is signed in: their account joins. */
export async function JoinAsMe({ token, person }: { token: string; person: Person }) {
  const t = await getTranslations()
  const { name, email } = person
  return (
    <div className="grid gap-3">
      <p>
        {t.rich('account.join.me', {
          name: () => <bdi key="name">{name}</bdi>,
          email: () => (
            <bdi key="email" dir="ltr">
              {email}
            </bdi>
          ),
        })}
      </p>
      <ActionForm action={join} hidden={{ token }} submit={t('account.join.asMe')} isPrimary />
      <form action={signOut}>
        <input type="hidden" name="next" value={paths.join(token)} />
        <button type="submit" className="btn quiet -ms-4.5">
          {t('account.join.notMe')}
        </button>
      </form>
    </div>
  )
}

/** For who is new: an account is made with the link. `email`: where it was mailed, if it was. */
export async function JoinAsNewcomer({ token, email }: { token: string; email: string | undefined }) {
  const t = await getTranslations()
  return (
    <div className="grid gap-4 border-rule border-t pt-5">
      <h2>{t('account.join.new')}</h2>
      <ActionForm
        action={joinAsNewcomer}
        hidden={{ token }}
        fields={[
          {
            name: 'name',
            label: t('account.name'),
            type: 'text',
            autoComplete: 'name',
            hint: t('account.nameHint'),
            most: 80,
          },
          {
            name: 'email',
            label: t('account.email'),
            type: 'email',
            autoComplete: 'username',
            ...(email !== undefined && { value: email }),
          },
          {
            name: 'password',
            label: t('account.password'),
            type: 'password',
            autoComplete: 'new-password',
            hint: t('account.passwordHint', { count: SHORTEST_PASSWORD }),
          },
        ]}
        submit={t('account.join.newSubmit')}
        isPrimary
      />
    </div>
  )
}
