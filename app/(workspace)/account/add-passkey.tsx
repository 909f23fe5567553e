'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useSyncExternalStore } from 'react'
import { addPasskey, hasPasskeys, type PasskeyCode } from '@/lib/device/passkey.ts'
import { Field, fieldAria } from '../_ui/field.tsx'

const never = () => () => {}

type Words = { readonly name: string; readonly hint: string; readonly submit: string }

/** Makes a passkey on this device, or on one that the browser finds, and goes to `to`. `value`: what this browser is called. */
export function AddPasskey({ to, value, words }: { to: string; value: string; words: Words }) {
  const t = useTranslations()
  const id = useId()
  const [code, setCode] = useState<PasskeyCode>()
  const [isAsking, setAsking] = useState(false)
  const isThere = useSyncExternalStore(never, hasPasskeys, () => true)
  if (!isThere) return <p className="notice">{t('passkeyForm.problems.passkey-unsupported')}</p>
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isAsking) return
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    setAsking(true)
    setCode(undefined)
    const answered = await addPasskey(name)
    if (answered.ok) return location.assign(to)
    setCode(answered.code)
    setAsking(false)
  }
  const problem = code === undefined ? undefined : t(`passkeyForm.problems.${code}`)
  const isOfField = code === 'name-malformed'
  const said = { id, hint: words.hint, error: isOfField ? problem : undefined }
  return (
    <form onSubmit={add} className="grid justify-items-start gap-4">
      <div className="w-full max-w-[28rem]">
        <Field {...said} label={words.name}>
          <input
            {...fieldAria(said)}
            name="name"
            defaultValue={value}
            maxLength={80}
            required
            autoComplete="off"
            className="input"
          />
        </Field>
      </div>
      <button type="submit" className="btn" aria-disabled={isAsking}>
        {words.submit}
      </button>
      {isAsking && (
        <p role="status" className="text-ink-2">
          {t('passkeyForm.waiting')}
        </p>
      )}
      {problem && !isOfField && (
        <p role="alert" className="notice w-full">
          {problem}
        </p>
      )}
    </form>
  )
}
