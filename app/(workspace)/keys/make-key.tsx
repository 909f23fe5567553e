'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { hexEncode } from '@/lib/core/bytes.ts'
import type { Role } from '@/lib/core/custody/state.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type DeviceKey, forgetKey, makeKey, proveKey } from '@/lib/device/key.ts'
import { Field, fieldAria } from '../_ui/field.tsx'
import { askForKey, type RequestAnswer } from './actions.ts'

type Code = Extract<RequestAnswer, { ok: false }>['code'] | 'no-storage' | 'no-network'

/** Makes this device's key and asks for it; with `has` it only asks, with `isInstead` the one that is here goes first. */
export function MakeKey(props: {
  desk: DeskProps
  keyRole: Role
  onDone: () => void
  has?: DeviceKey
  isInstead?: boolean
}) {
  const { desk, keyRole, onDone, has, isInstead = false } = props
  const t = useTranslations()
  const [device, setDevice] = useState('')
  const [code, setCode] = useState<Code>()
  const [isBusy, setBusy] = useState(false)
  const id = isInstead ? 'device-instead' : 'device'

  async function make(): Promise<Code | undefined> {
    const { origin, party } = desk
    if (isInstead) await forgetKey({ origin, party })
    const key = has ?? (await makeKey({ origin, party }))
    if (!key) return 'no-storage'
    const proof = await proveKey(key, keyRole)
    const publicKey = hexEncode(key.publicKey)
    const answer = await askForKey({ as: party, publicKey, proof, device }).catch(() => undefined)
    // The key is here now, whatever became of the asking: the page looks again and offers to ask once more.
    if (!answer) return 'no-network'
    return answer.ok ? undefined : answer.code
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const problem = await make()
    setBusy(false)
    setCode(problem)
    if (problem !== 'no-storage') onDone()
  }

  const error = code && t(`keys.problem.${code}`)
  const hint = t('keys.here.deviceHint')
  return (
    <form onSubmit={onSubmit} className="grid max-w-[34rem] gap-3">
      <Field id={id} label={t('keys.here.device')} hint={hint} error={error}>
        <input
          {...fieldAria({ id, hint, error })}
          className="input"
          value={device}
          onChange={event => setDevice(event.target.value)}
          required
          maxLength={60}
          autoComplete="off"
        />
      </Field>
      <button type="submit" className="btn primary justify-self-start" disabled={isBusy}>
        {t(isBusy ? 'keys.here.making' : has ? 'keys.here.ask' : `keys.here.make.${keyRole}`)}
      </button>
    </form>
  )
}
