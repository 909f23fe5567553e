import type { ReactNode } from 'react'

type EmptyStateProps = {
  /** What is not here yet. */
  readonly title: ReactNode
  /** What the page is for, and how something comes here. */
  readonly children?: ReactNode
  /** The one thing to do first. */
  readonly action?: { readonly href: string; readonly label: ReactNode } | undefined
  /** What else leads on, as plain links. */
  readonly beside?: ReactNode
}

/** A list with nothing in it: says what it is for, and what to do first. */
export function EmptyState({ title, children, action, beside }: EmptyStateProps) {
  return (
    <section className="sheet panel grid justify-items-start gap-3">
      <h2>{title}</h2>
      <div className="grid max-w-[60ch] gap-2 text-ink-2 empty:hidden">{children}</div>
      {(action || beside) && (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          {action && (
            <a className="btn primary" href={action.href}>
              {action.label}
            </a>
          )}
          {beside}
        </div>
      )}
    </section>
  )
}
