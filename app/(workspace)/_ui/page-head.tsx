import type { ReactNode } from 'react'

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
            <svg
              width="16"
              height="16"
              viewBox="0 0 16 16"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              aria-hidden="true"
              className="rtl:-scale-x-100"
            >
              <path d="M10 3 5 8l5 5" />
            </svg>
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
