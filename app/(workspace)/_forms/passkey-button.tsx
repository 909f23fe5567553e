'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { hasPasskeys, offersPasskeysInField, type PasskeyCode, signInWithPasskey } from '@/lib/device/passkey.ts'

const never = () => () => {}
/** A challenge is good for five minutes; the field asks again before that. */
const AGAIN_MILLISECONDS = 4 * 60_000

/** Signs in with a passkey and goes on to `to`. `isInField`: also where the browser offers passkeys under the field for the address. Nothing where there are none. */
export function PasskeyButton({ to, label, isInField }: { to: string; label: string; isInField?: boolean }) {
  const t = useTranslations()
  const [code, setCode] = useState<PasskeyCode>()
  const [isAsking, setAsking] = useState(false)
  const isThere = useSyncExternalStore(never, hasPasskeys, () => false)
  useEffect(() => (isInField && !isAsking ? offerInField(to, setCode) : undefined), [to, isInField, isAsking])
  if (!isThere) return null
  const press = async () => {
    setAsking(true)
    setCode(undefined)
    const answered = await signInWithPasskey()
    if (answered.ok) return location.assign(to)
    setCode(answered.code)
    setAsking(false)
  }
  return (
    <div className="grid justify-items-start gap-3">
      <button type="button" className="btn" aria-disabled={isAsking} onClick={isAsking ? undefined : press}>
        {label}
      </button>
      {isAsking && (
        <p role="status" className="text-ink-2">
          {t('passkeyForm.waiting')}
        </p>
      )}
      {code !== undefined && (
        <p role="alert" className="notice w-full">
          {t(`passkeyForm.problems.${code}`)}
        </p>
      )}
    </div>
  )
}

/** Waits in the field until a passkey is chosen there; answers how to stop. That nobody chooses one is not a problem to speak of. */
function offerInField(to: string, onProblem: (code: PasskeyCode) => void): () => void {
  let isOver = false
  const offer = async () => {
    if (isOver || !(await offersPasskeysInField())) return
    const answered = await signInWithPasskey({ isInField: true })
    if (isOver) return
    if (answered.ok) location.assign(to)
    else if (!QUIET.includes(answered.code)) onProblem(answered.code)
  }
  void offer()
  const again = setInterval(offer, AGAIN_MILLISECONDS)
  return () => {
    isOver = true
    clearInterval(again)
  }
}

const QUIET: readonly PasskeyCode[] = ['passkey-cancelled', 'passkey-unsupported', 'too-many-attempts', 'unreachable']
