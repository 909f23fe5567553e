import { getTranslations } from 'next-intl/server'
import type { OpenSession } from '@/lib/auth/own-account.ts'
import { browserOf } from '@/lib/format/browser.ts'
import { ActionForm } from '../_forms/action-form.tsx'
import { UtcTime } from '../_forms/utc-time.tsx'
import { signOut, signOutElsewhere } from './actions.ts'

/** Where the person is signed in, and the two ways out. */
export async function SessionList({ sessions, as }: { sessions: readonly OpenSession[]; as: string }) {
  const t = await getTranslations()
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="sessions">
      <h2 id="sessions">{t('account.own.sessions')}</h2>
      <ul>
        {sessions.map(({ id, since, userAgent, isThis }) => (
          <li key={id} className="border-rule border-t py-2.5 first:border-t-0">
            <p className="flex flex-wrap gap-x-2">
              <bdi className="font-semibold">{browserOf(userAgent) ?? t('account.own.unnamed')}</bdi>
              {isThis && <span className="text-ink-2">({t('account.own.this')})</span>}
            </p>
            <p className="text-ink-2 text-note">
              {t.rich('account.own.since', { time: () => <UtcTime key="time" milliseconds={since} /> })}
            </p>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-start gap-3">
        <form action={signOut}>
          <button type="submit" className="btn">
            {t('account.own.signOut')}
          </button>
        </form>
        {sessions.length > 1 && (
          <ActionForm action={signOutElsewhere} hidden={{ as }} submit={t('account.own.elsewhere')} />
        )}
      </div>
    </section>
  )
}
