'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { hexEncode } from '@/lib/core/bytes.ts'
import { deriveReference } from '@/lib/core/custody/reference.ts'
import { forgetKey, makeKey, proveKey } from '@/lib/device/key.ts'
import { Field, fieldAria } from '../_ui/field.tsx'
import { useKept } from '../_ui/use-kept.ts'
import { PartyFields, type PartyValues } from '../parties/party-fields.tsx'
import { type BeginCode, begin } from './actions.ts'
import type { Begun } from './first-run.tsx'

type Code = BeginCode | 'no-storage' | 'no-network'
const FIELDS = ['code', 'origin', 'party-name', 'device', 'name', 'email', 'password'] as const
type FieldName = (typeof FIELDS)[number]

/** Which field a refusal is about; the rest is said beside the button. */
const FIELD_OF: Partial<Record<Code, FieldName>> = {
  'code-wrong': 'code',
  'origin-malformed': 'origin',
  'party-name-malformed': 'party-name',
  'device-malformed': 'device',
  'name-malformed': 'name',
  'email-malformed': 'email',
  'password-short': 'password',
  'password-long': 'password',
}

/** As the server prints the code: capitals, O as 0, I and L as 1. */
const codeOf = (typed: string) => typed.trim().toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')

/** What a founding asks. Nothing is signed here: this device's key is made, and the operator's account. */
export function FoundForm(props: { origin: string; isOriginFixed: boolean; onBegun: (begun: Begun) => void }) {
  const { isOriginFixed, onBegun } = props
  const t = useTranslations()
  const [typed, setTyped, forgetTyped] = useKept('first-run/typed', {
    origin: props.origin,
    device: '',
    name: '',
    email: '',
  })
  const [values, setValues] = useKept<PartyValues>('first-run/party', {
    name: '',
    type: 'organisation',
    named: 'public',
  })
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<Code>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    const given = decodeURIComponent(window.location.hash.slice(1))
    if (given === '') return
    setCode(given)
    // Out of the address bar and the history: whoever has the code can found this log.
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  }, [])

  async function start(): Promise<Code | undefined> {
    const origin = isOriginFixed ? props.origin : typed.origin.trim()
    const nonce = hexEncode(crypto.getRandomValues(new Uint8Array(16)))
    const partyOf = (key: string) => deriveReference({ kind: 'party', author: key, nonce })
    const key = await makeKey({ origin, party: partyOf })
    if (!key) return 'no-storage'
    const { party } = key
    const partyName = values.name.normalize('NFC').trim()
    const answer = await begin({
      code: codeOf(code),
      origin,
      partyName,
      party,
      publicKey: hexEncode(key.publicKey),
      proof: await proveKey(key, 'admin'),
      device: typed.device.normalize('NFC').trim(),
      name: typed.name,
      email: typed.email,
      password,
    }).catch(() => ({ ok: false, code: 'no-network' }) as const)
    if (!answer.ok) {
      await forgetKey({ origin, party })
      return answer.code
    }
    forgetTyped()
    onBegun({ code: codeOf(code), origin, party, nonce, values: { ...values, name: partyName } })
    return undefined
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setRefused(undefined)
    const problem = await start()
    setBusy(false)
    setRefused(problem)
    const field = problem && FIELD_OF[problem]
    if (field) document.getElementById(field)?.focus()
  }

  const errorOf = (field: FieldName) =>
    refused !== undefined && FIELD_OF[refused] === field ? t(`firstRun.problem.${refused}`) : undefined
  const input = (id: Exclude<FieldName, 'party-name'>, more: React.ComponentProps<'input'>) => {
    const hint = t(`firstRun.${id}Hint`)
    const error = errorOf(id)
    return (
      <Field id={id} label={t(`firstRun.${id}`)} hint={hint} error={error}>
        <input className="input" required {...more} {...fieldAria({ id, hint, error })} />
      </Field>
    )
  }
  const kept = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
  })
  return (
    <form onSubmit={onSubmit} className="grid max-w-[44rem] gap-4">
      <Part title={t('firstRun.codeTitle')}>
        {input('code', {
          value: code,
          onChange: event => setCode(event.target.value),
          dir: 'ltr',
          className: 'input code uppercase min-[30rem]:tracking-wider',
          placeholder: '00000-00000-00000-00000',
          autoComplete: 'off',
          spellCheck: false,
        })}
      </Part>
      <Part title={t('firstRun.originTitle')} text={t('firstRun.originText')}>
        {input('origin', {
          ...kept('origin'),
          readOnly: isOriginFixed,
          dir: 'ltr',
          className: 'input code',
          autoComplete: 'off',
          spellCheck: false,
        })}
      </Part>
      <Part title={t('firstRun.partyTitle')} text={t('firstRun.partyText')}>
        <PartyFields values={values} onChange={setValues} error={errorOf('party-name')} />
      </Part>
      <Part title={t('firstRun.youTitle')} text={t('firstRun.youText')}>
        {input('name', { ...kept('name'), autoComplete: 'name', maxLength: 80 })}
        {input('email', { ...kept('email'), type: 'email', autoComplete: 'email', dir: 'ltr' })}
        {input('password', {
          value: password,
          onChange: event => setPassword(event.target.value),
          type: 'password',
          autoComplete: 'new-password',
          minLength: 10,
          dir: 'ltr',
        })}
        {input('device', { ...kept('device'), maxLength: 60, autoComplete: 'off' })}
      </Part>
      <div className="grid justify-items-start gap-2">
        <button type="submit" className="btn primary" disabled={isBusy}>
          {t(isBusy ? 'firstRun.making' : 'firstRun.make')}
        </button>
        {refused !== undefined && FIELD_OF[refused] === undefined && (
          <p role="alert" className="notice loud">
            {t(`firstRun.problem.${refused}`)}
          </p>
        )}
        <p className="text-ink-2 text-note">{t('firstRun.nothingYet')}</p>
      </div>
    </form>
  )
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="sheet panel grid gap-4">
      <div>
        <h2>{title}</h2>
        {text !== undefined && <p className="mt-1 text-ink-2 text-note">{text}</p>}
      </div>
      {children}
    </section>
  )
}
