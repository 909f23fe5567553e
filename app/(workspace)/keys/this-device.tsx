'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import type { Role } from '@/lib/core/custody/state.ts'
import type { KeyStanding } from '@/lib/data/device-keys.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type DeviceKey, isPersistent, readKey } from '@/lib/device/key.ts'
import { CompareFingerprint } from './compare-fingerprint.tsx'
import { MakeKey } from './make-key.tsx'

/** What the server knows of the party's keys, by name. */
export type Standings = Readonly<Record<string, { readonly state: KeyStanding; readonly role: Role }>>

type Here = 'reading' | { readonly key: DeviceKey | undefined; readonly isPersistent: boolean }

/**
 * This browser's key for the party: only the browser knows whether it has one. `lost`: this member's live keys, in words, for a browser that has none.
 */
export function ThisDevice(props: {
  desk: DeskProps
  /** Of the key this member is to have. */
  keyRole: Role
  standings: Standings
  lost: ReactNode
}) {
  const { desk, keyRole: role, standings, lost } = props
  const t = useTranslations()
  const router = useRouter()
  const [here, setHere] = useState<Here>('reading')
  const { origin, party } = desk
  const [look, setLook] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` asks to look again
  useEffect(() => {
    let isShown = true
    void Promise.all([readKey({ origin, party }), isPersistent()]).then(([key, isKept]) => {
      if (isShown) setHere({ key, isPersistent: isKept })
    })
    return () => {
      isShown = false
    }
  }, [origin, party, look])
  const done = () => {
    setLook(look + 1)
    router.refresh()
  }

  if (here === 'reading') return <p className="text-ink-2">{t('keys.here.reading')}</p>
  const { key } = here
  if (!key) {
    return (
      <>
        <p>{t('keys.here.none')}</p>
        {lost}
        <MakeKey desk={desk} keyRole={role} onDone={done} />
      </>
    )
  }
  const standing = standings[key.key] ?? { state: 'unknown' as const, role }
  const isOutgrown = standing.state === 'enrolled' && standing.role !== role && role === 'admin'
  return (
    <>
      <Standing state={standing.state} keyRole={standing.role} />
      <CompareFingerprint of={key.key} />
      {key.held === 'bytes' && <p className="notice text-note">{t('keys.here.bytes')}</p>}
      {!here.isPersistent && <p className="text-ink-2 text-note">{t('keys.here.notPersistent')}</p>}
      {standing.state === 'unknown' && <MakeKey desk={desk} keyRole={role} onDone={done} has={key} />}
      {(standing.state === 'revoked' || standing.state === 'declined' || isOutgrown) && (
        <details className="grid gap-3">
          <summary className="font-semibold">{t('keys.here.another')}</summary>
          <p className="mt-2 text-ink-2 text-note">{t(isOutgrown ? 'keys.here.outgrown' : 'keys.here.anotherText')}</p>
          <MakeKey desk={desk} keyRole={role} onDone={done} isInstead />
        </details>
      )}
    </>
  )
}

function Standing({ state, keyRole }: { state: KeyStanding; keyRole: Role }) {
  const t = useTranslations()
  return (
    <div>
      <p className={state === 'enrolled' ? 'font-semibold text-seal' : 'font-semibold'}>
        {t(`keys.here.${state}.title`)}
      </p>
      <p className="text-ink-2">
        {t(`keys.here.${state}.text`)} {state === 'enrolled' && t(`keys.here.${keyRole}`)}
      </p>
    </div>
  )
}
