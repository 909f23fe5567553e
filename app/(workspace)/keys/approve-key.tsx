'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { WaitingKey } from '@/lib/data/device-keys.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { SignButton } from '../_ui/sign-button.tsx'

/** An admin, or the operator, enrols a key that waits: only after saying that both screens show the same fingerprint. */
export function ApproveKey(props: {
  desk: DeskProps
  /** The party it is for; another than the desk's where the operator enrols. */
  party: string
  asked: Pick<WaitingKey, 'key' | 'publicKey' | 'role' | 'proof'>
  refusal?: string | undefined
  next: string
}) {
  const { desk, party, asked, refusal, next } = props
  const t = useTranslations()
  const [isCompared, setCompared] = useState(false)
  const { key, publicKey, role, proof } = asked
  return (
    <div className="grid justify-items-start gap-2">
      <label className="flex min-h-tap items-center gap-3">
        <input
          type="checkbox"
          className="size-6 accent-seal"
          checked={isCompared}
          onChange={event => setCompared(event.target.checked)}
        />
        {t('keys.compared')}
      </label>
      {isCompared && (
        <SignButton
          desk={desk}
          label={t(`keys.approve.${role}`)}
          refusal={refusal}
          act={() => ({
            about: 'key',
            id: key,
            kind: 'enrol',
            after: '',
            body: { party, publicKey, role, held: 'device', proof },
          })}
          next={next}
        />
      )}
    </div>
  )
}
