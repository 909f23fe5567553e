import { getLocale, getTranslations } from 'next-intl/server'
import type { Invitation } from '@/lib/data/invitations.ts'
import { formatDay } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { Door } from '../../_forms/door.tsx'

/** A link that lets nobody in: what has become of it, and what to do. */
export async function DeadInvitation({ invitation }: { invitation: Invitation | undefined }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const until = invitation && formatDay(locale, { milliseconds: invitation.expiresAt, offset: 0 })
  const why = {
    unknown: t('account.join.dead.unknown'),
    used: t('account.join.dead.used'),
    revoked: t('account.join.dead.revoked'),
    expired: t('account.join.dead.expired', { until: until ?? '' }),
    open: '',
  }
  return (
    <Door title={t('account.join.dead.title')} lead={why[invitation?.state ?? 'unknown']}>
      <p>
        <a className="btn" href={paths.signIn()}>
          {t('account.signIn.title')}
        </a>
      </p>
    </Door>
  )
}
