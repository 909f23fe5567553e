'use client'
import { useId } from 'react'
import { readCount } from '@/lib/device/forms/counts.ts'
import { useWords } from './use-words.ts'

type StepperProps = {
  readonly label: string
  /** As typed. */
  readonly value: string
  readonly onType: (text: string) => void
  /** The buttons stop here; what is typed may be anything, the form says what is wrong with it. */
  readonly most?: number
  readonly packSize?: number | undefined
  /** Said under the number: packs, what it means. */
  readonly hint?: string
  readonly isSmall?: boolean
}

/** A count for thumbs: a button on either side of a number that can also be typed. Where goods come in packs, two more buttons step by a pack. */
export function Stepper({ label, value, onType, most, packSize, hint, isSmall }: StepperProps) {
  const { t } = useWords()
  const id = useId()
  const count = readCount(value)
  const step = (by: number) => onType(String(Math.min(most ?? Number.MAX_SAFE_INTEGER, Math.max(0, (count ?? 0) + by))))
  const button = (by: number, says: string, isPack = false) => (
    <button
      type="button"
      className={isPack ? 'btn' : 'step-button'}
      aria-label={`${says}: ${label}`}
      aria-controls={id}
      disabled={by < 0 ? count === 0 : most !== undefined && (count ?? 0) >= most}
      onClick={() => step(by)}
    >
      {isPack ? says : by < 0 ? '−' : '+'}
    </button>
  )
  const isPacked = packSize !== undefined && packSize > 1 && !isSmall
  return (
    <div>
      <div className={isSmall ? 'stepper small' : 'stepper'}>
        {button(-1, t('act.fewer'))}
        <input
          id={id}
          className="stepper-count"
          inputMode="numeric"
          autoComplete="off"
          aria-label={label}
          aria-invalid={count === undefined}
          {...(hint && { 'aria-describedby': `${id}-hint` })}
          value={value}
          onChange={event => onType(event.currentTarget.value)}
          onFocus={event => event.currentTarget.select()}
        />
        {button(1, t('act.more'))}
      </div>
      {(hint || isPacked) && (
        <div className="mt-2 flex flex-wrap items-center justify-between gap-2 text-ink-2 text-note">
          <p id={`${id}-hint`}>{hint}</p>
          {isPacked && (
            <div className="ms-auto flex gap-2">
              {button(-packSize, t('act.packFewer'), true)}
              {button(packSize, t('act.packMore'), true)}
            </div>
          )}
        </div>
      )}
      {count === undefined && (
        <p role="alert" className="mt-1 font-semibold text-broken text-note">
          {t('act.problem.count')}
        </p>
      )}
    </div>
  )
}
