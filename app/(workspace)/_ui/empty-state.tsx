import type { ReactNode } from 'react'

/** A list with nothing in it: says so, and what to do first. */
export function EmptyState({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <section className="sheet panel grid justify-items-start gap-3">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
