import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { asking } from '@/lib/auth/actor.ts'
import { forParty, nextPath } from '@/lib/auth/next-path.ts'
import { paths } from '@/lib/paths.ts'
import { Door } from '../_forms/door.tsx'
import { queryOf, type SearchParams } from '../_ui/require-actor.ts'
import { signOut } from '../account/actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('account.choose.title') }
}

/** For who acts for several parties and has not said for which, or for none. */
export default async function ChoosePartyPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, who, asked] = await Promise.all([getTranslations(), asking(undefined), queryOf(searchParams, 'next')])
  const next = nextPath(asked) ?? paths.today()
  if (who.kind === 'nobody') redirect(paths.signIn(next))
  if (who.kind === 'actor') redirect(next)
  if (who.kind === 'choose')
    return (
      <Door title={t('account.choose.title')} lead={t('account.choose.lead')}>
        <ul className="grid gap-2.5">
          {who.memberships.map(({ party, name, role }) => (
            <li key={party}>
              <a href={forParty(next, party)} className="btn w-full flex-wrap justify-between py-3">
                <bdi>{name}</bdi>
                <span className="font-normal text-ink-2 text-note">{t(`account.roles.${role}`)}</span>
              </a>
            </li>
          ))}
        </ul>
      </Door>
    )
  const { name, email } = who.person
  return (
    <Door
      title={t('account.choose.none')}
      lead={t.rich('account.choose.noneText', {
        name: () => <bdi key="name">{name}</bdi>,
        email: () => (
          <bdi key="email" dir="ltr">
            {email}
          </bdi>
        ),
      })}
    >
      <form action={signOut}>
        <button type="submit" className="btn">
          {t('account.choose.signOut')}
        </button>
      </form>
    </Door>
  )
}
