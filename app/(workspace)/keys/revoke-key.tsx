'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { REASONS } from '@/lib/core/custody/kinds.ts'
import type { DeskProps, SignOptions } from '@/lib/device/desk.ts'
import { Choice } from '../_ui/choice.tsx'
import { Field } from '../_ui/field.tsx'
import { SignButton } from '../_ui/sign-button.tsx'

export type RevokeReason = (typeof REASONS.revoke)[number]
/** Since when a stolen key is doubted: from a record on, in words. */
export type DoubtSince = { readonly leafIndex: number; readonly label: string }

/** Revokes a key, for ever. `since`: what it signed last; without a choice a stolen key is doubted from its enrolment. */
export function RevokeKey(props: {
  desk: DeskProps
  keyName: string
  /** Event hash of the newest record about the key. */
  head: string
  since: readonly DoubtSince[]
  reason?: RevokeReason
  refusal?: string | undefined
  /** Another key than the device's: one on paper. */
  options?: SignOptions
  next?: string
}) {
  const { desk, keyName, head, since, refusal, options, next } = props
  const t = useTranslations()
  const [reason, setReason] = useState<RevokeReason | undefined>(props.reason)
  const [from, setFrom] = useState('')
  return (
    <div className="grid gap-4">
      <Choice
        name={`reason-${keyName}`}
        legend={t('keys.why')}
        options={REASONS.revoke.map(value => ({ value, label: t(`keys.reason.${value}`) }))}
        value={reason}
        onChoose={setReason}
      />
      {reason !== undefined && <p className="text-ink-2 text-note">{t(`keys.reasonText.${reason}`)}</p>}
      {reason === 'stolen' && (
        <Field id={`from-${keyName}`} label={t('keys.since')} hint={t('keys.sinceHint')}>
          <select
            id={`from-${keyName}`}
            aria-describedby={`from-${keyName}-hint`}
            className="input"
            value={from}
            onChange={event => setFrom(event.target.value)}
          >
            <option value="">{t('keys.sinceEnrolment')}</option>
            {since.map(({ leafIndex, label }) => (
              <option key={leafIndex} value={leafIndex}>
                {label}
              </option>
            ))}
          </select>
        </Field>
      )}
      {reason !== undefined && (
        <SignButton
          desk={desk}
          label={t('keys.revoke')}
          refusal={refusal}
          act={() => ({
            about: 'key',
            id: keyName,
            kind: 'revoke',
            after: head,
            body: { reason, ...(reason === 'stolen' && from !== '' && { from }) },
          })}
          {...(options && { options })}
          {...(next !== undefined && { next })}
        />
      )}
    </div>
  )
}
