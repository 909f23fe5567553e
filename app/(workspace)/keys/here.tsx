import { getTranslations } from 'next-intl/server'
import { Fingerprint } from '@/app/(public)/parties/[reference]/key-list.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import type { PartyKeys } from '@/lib/data/device-keys.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type Standings, ThisDevice } from './this-device.tsx'

/** This device's part of the page; what the server knows goes along, since only the browser knows which key is here. */
export async function Here({ actor, desk, keys }: { actor: Actor; desk: DeskProps; keys: PartyKeys }) {
  const t = await getTranslations()
  const standings: Standings = Object.fromEntries([
    ...keys.declined.map(key => [key.key, { state: 'declined', role: key.role }] as const),
    ...keys.waiting.map(key => [key.key, { state: 'waiting', role: key.role }] as const),
    ...keys.enrolled.map(key => [key.key, { state: key.revoked ? 'revoked' : 'enrolled', role: key.role }] as const),
  ])
  const mine = keys.enrolled.filter(key => key.userId === actor.person.id && !key.revoked && key.held === 'device')
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="here">
      <h2 id="here">{t('keys.here.title')}</h2>
      <noscript>
        <p className="notice">{t('keys.noScript')}</p>
      </noscript>
      <ThisDevice
        desk={desk}
        keyRole={actor.party.role === 'admin' ? 'admin' : 'member'}
        standings={standings}
        lost={
          mine.length > 0 && (
            <div className="notice grid gap-2">
              <p>
                <strong>{t('keys.lost.title')}</strong> {t('keys.lost.text')}
              </p>
              <ul className="text-note">
                {mine.map(key => (
                  <li key={key.key}>
                    <Fingerprint of={key.key} /> <bdi>{key.device}</bdi>
                  </li>
                ))}
              </ul>
            </div>
          )
        }
      />
    </section>
  )
}
