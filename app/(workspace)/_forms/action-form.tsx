'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState, useId } from 'react'
import { Choice } from '../_ui/choice.tsx'
import { Field, fieldAria } from '../_ui/field.tsx'
import type { FormState } from './form-state.ts'
import { LinkShown } from './link-shown.tsx'
import { MailShown } from './mail-shown.tsx'
import { SignedOut } from './signed-out.tsx'

type TextField = {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  readonly autoComplete: string
  readonly hint?: string
  readonly value?: string
  readonly isOptional?: boolean
  /** Most characters. */
  readonly most?: number
}
type ChoiceField = {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
}
export type FormField = TextField | ChoiceField

/** Which field a code is about; the others are about the whole form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'name-malformed': 'name',
  'email-malformed': 'email',
  'email-taken': 'email',
  'no-account': 'email',
  'password-short': 'password',
  'password-long': 'password',
  'password-wrong': 'current',
}

/** A form that a server action answers, with or without scripts: what was typed stays, the reason stands where it belongs. */
export function ActionForm(props: {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>
  readonly fields?: readonly FormField[]
  /** What is sent along: the party acted for, whom it is about. */
  readonly hidden: Readonly<Record<string, string>>
  readonly submit: ReactNode
  readonly isPrimary?: boolean
  /** Label of a link that the answer may bring. */
  readonly linkLabel?: string
}) {
  const { action, fields = [], hidden, submit, isPrimary, linkLabel = '' } = props
  const t = useTranslations()
  const id = useId()
  const [state, send, isSending] = useActionState(action, {})
  const { code, typed, link, mail, done } = state
  const problem = code === undefined ? undefined : t(`accountForm.problems.${code}`)
  const wrong = code === undefined ? undefined : FIELD_OF[code]
  const isOfField = fields.some(field => field.name === wrong)
  return (
    <form action={send} className="grid justify-items-start gap-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {problem && !isOfField && (
        <div role="alert" className="notice w-full">
          {problem}
          {code === 'signed-out' && <SignedOut label={t('accountForm.signInAgain')} />}
        </div>
      )}
      {fields.map(field => {
        if ('options' in field) {
          const { name, label, options, value } = field
          return <Choice key={name} name={name} legend={label} options={options} value={typed?.[name] ?? value} />
        }
        const { name, label, type, autoComplete, hint, value, isOptional, most } = field
        const said = { id: `${id}${name}`, hint, error: wrong === name ? problem : undefined }
        return (
          <div key={name} className="w-full max-w-[28rem]">
            <Field {...said} label={label}>
              <input
                {...fieldAria(said)}
                name={name}
                type={type}
                autoComplete={autoComplete}
                required={!isOptional}
                maxLength={most}
                defaultValue={typed?.[name] ?? value}
                className="input"
                {...(type !== 'text' && { dir: 'ltr', autoCapitalize: 'none', spellCheck: false })}
              />
            </Field>
          </div>
        )
      })}
      <button type="submit" className={isPrimary ? 'btn primary' : 'btn'} aria-disabled={isSending}>
        {submit}
      </button>
      {done !== undefined && (
        <p className="notice done w-full" role="status">
          {t(`accountForm.done.${done}`)}
        </p>
      )}
      {mail && <MailShown {...mail} />}
      {link !== undefined && <LinkShown link={link} label={linkLabel} />}
    </form>
  )
}
