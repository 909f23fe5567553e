import { getLocale, getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import type { WaitingKey } from '@/lib/data/device-keys.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { actorMay, asOf } from '../_ui/require-actor.ts'
import { decline } from './actions.ts'
import { ApproveKey } from './approve-key.tsx'
import { CompareFingerprint } from './compare-fingerprint.tsx'

/** Keys that wait for this party's admin; every member sees that they do. */
export async function Waiting({
  actor,
  desk,
  waiting,
  isLed,
}: {
  actor: Actor
  desk: DeskProps | undefined
  waiting: readonly WaitingKey[]
  /** One of the party's own admins' keys could enrol them. */
  isLed: boolean
}) {
  const t = await getTranslations()
  const { party } = actor
  const isAdmin = actorMay(actor, 'decline-key')
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="waiting">
      <div className="max-w-[70ch]">
        <h2 id="waiting">{t('keys.waitingTitle', { count: waiting.length })}</h2>
        <p className="text-ink-2 text-note">
          {t(!isLed ? 'keys.waitingOperator' : isAdmin ? 'keys.waitingAdmin' : 'keys.waitingMember')}
        </p>
      </div>
      <ul>
        {waiting.map(asked => (
          <li key={asked.key} className="grid gap-3 border-rule border-t py-4 first:border-t-0 first:pt-0">
            <Asked asked={asked} />
            {isAdmin && (
              <div className="flex flex-wrap items-start justify-between gap-3">
                {desk && isLed && (
                  <ApproveKey
                    desk={desk}
                    party={party.party}
                    asked={asked}
                    refusal={party.isSuspended ? 'party-suspended' : undefined}
                    next={paths.keys(asOf(actor))}
                  />
                )}
                <form action={decline}>
                  <input type="hidden" name="as" value={party.party} />
                  <input type="hidden" name="key" value={asked.key} />
                  <button type="submit" className="btn">
                    {t('keys.decline')}
                  </button>
                </form>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who asks, with which device, and what to compare. */
export async function Asked({ asked }: { asked: WaitingKey }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  return (
    <div className="grid gap-2">
      <div>
        <p className="font-semibold">
          {asked.member === undefined ? t('keys.memberGone') : <bdi>{asked.member}</bdi>} · <bdi>{asked.device}</bdi>
        </p>
        <p className="text-ink-2 text-note">
          {t(`keys.roles.${asked.role}`)} · {t('keys.askedAt')}{' '}
          <time dateTime={new Date(asked.createdAt).toISOString()}>
            {formatDateTime(locale, { milliseconds: asked.createdAt, offset: 0 })}
          </time>{' '}
          UTC
        </p>
      </div>
      <CompareFingerprint of={asked.key} />
    </div>
  )
}
