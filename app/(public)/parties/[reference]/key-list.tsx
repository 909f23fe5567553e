import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { fingerprintOf } from '@/lib/core/custody/key-fingerprint.ts'
import type { KnownKey } from '@/lib/data/device-keys.ts'
import type { Place } from '@/lib/data/key-records.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { formatDateTime } from '@/lib/format/time.ts'

/** Every key ever enrolled in a party's name, and what became of it. Names of people stand here only where `keys` brings them: for members. */
export async function KeyList({
  keys,
  action,
}: {
  keys: readonly KnownKey[]
  /** What a signed-in reader may do about a live key. */
  action?: (key: KnownKey) => ReactNode
}) {
  const t = await getTranslations()
  return (
    <ul className="grid">
      {keys.map(key => (
        <li
          key={key.key}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-rule border-t py-4 first:border-t-0 first:pt-0"
        >
          <div className="grid min-w-0 gap-1">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <Fingerprint of={key.key} />
              <span className={key.revoked ? 'font-semibold text-broken' : 'font-semibold'}>
                {t(key.revoked ? 'keys.revoked' : 'keys.live')}
              </span>
            </p>
            {key.member !== undefined && (
              <p>
                <bdi>{key.member}</bdi>
                {key.device !== undefined && (
                  <>
                    {' · '}
                    <bdi>{key.device}</bdi>
                  </>
                )}
              </p>
            )}
            <p className="text-ink-2 text-note">
              {t(`keys.roles.${key.role}`)} · {t(`keys.held.${key.held}`)} ·{' '}
              {t(key.byOperator ? 'keys.byOperator' : 'keys.byParty')}
            </p>
            <p className="text-ink-2 text-note">
              {t('keys.enrolledAt')} <At place={key.enrolled} />
            </p>
            {key.until !== undefined && (
              <p className="text-ink-2 text-note">
                {t('keys.until')} <bdi dir="ltr">{key.until}</bdi>
              </p>
            )}
            {key.revoked && <Revocation revoked={key.revoked} />}
          </div>
          {!key.revoked && action?.(key)}
        </li>
      ))}
    </ul>
  )
}

async function Revocation({ revoked }: { revoked: NonNullable<KnownKey['revoked']> }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { reason, from, byOperator } = revoked
  return (
    <>
      <p className="text-note">
        {t(`keys.revokedFor.${reason}`)} · {t(byOperator ? 'keys.revokedByOperator' : 'keys.revokedByParty')}
      </p>
      <p className="text-ink-2 text-note">
        {t('keys.revokedAt')} <At place={revoked} />
      </p>
      {reason === 'stolen' && (
        <p className="text-ink-2 text-note">
          {from === undefined ? t('keys.doubtedAll') : t('keys.doubtedFrom', { index: formatNumber(locale, from) })}
        </p>
      )}
    </>
  )
}

/** The twelve characters that two people compare. */
export function Fingerprint({ of, isLarge = false }: { of: string; isLarge?: boolean }) {
  return (
    <bdi dir="ltr" className={`code whitespace-nowrap font-semibold ${isLarge ? 'text-2xl' : 'text-lg'}`}>
      {fingerprintOf(of)}
    </bdi>
  )
}

/** When and where in the log something was recorded. */
export async function At({ place }: { place: Place }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { recordedAt, leafIndex } = place
  return (
    <>
      <time dateTime={new Date(recordedAt).toISOString()}>
        {formatDateTime(locale, { milliseconds: recordedAt, offset: 0 })}
      </time>{' '}
      UTC · {t('keys.record', { index: formatNumber(locale, leafIndex) })}
    </>
  )
}
