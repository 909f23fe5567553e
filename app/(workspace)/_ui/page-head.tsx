import type { ReactNode } from 'react'
import { Chevron } from './chevron.tsx'

type PageHeadProps = {
  readonly title: ReactNode
  /** The first line: the answer to the reader's first question. */
  readonly lead?: ReactNode
  /** Where the page hangs; an arrow is drawn before the label. */
  readonly back?: { readonly href: string; readonly label: ReactNode }
  /** At most one primary control, and what stands beside it. */
  readonly children?: ReactNode
}

/** The head of a workspace page. */
export function PageHead({ title, lead, back, children }: PageHeadProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-[70ch]">
        {back && (
          <a
            href={back.href}
            className="no-print inline-flex min-h-tap items-center gap-1 text-ink-2 text-note no-underline"
          >
            <Chevron to="back" />
            {back.label}
          </a>
        )}
        <h1>{title}</h1>
        {lead && <p className="mt-1 text-ink-2">{lead}</p>}
      </div>
      {children && <div className="no-print flex flex-wrap gap-2">{children}</div>}
    </div>
  )
}
