import type { ReactNode } from 'react'

type Said = { readonly id: string; readonly hint?: ReactNode; readonly error?: ReactNode }

/** What a control of a {@link Field} carries: its id, what describes it, and whether what is in it is wrong. */
export function fieldAria({ id, hint, error }: Said) {
  const said = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return { id, ...(said && { 'aria-describedby': said }), ...(error && { 'aria-invalid': true as const }) }
}

/**
 * A label, its control, a hint and what is wrong with it. The control is a child with the props of {@link fieldAria} for the same id, hint and
 * error. The error is announced when it appears.
 */
export function Field({ id, label, hint, error, children }: Said & { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} role="alert" className="font-semibold text-broken text-note">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-ink-2 text-note">
          {hint}
        </p>
      )}
    </div>
  )
}
