'use client'

/** Prints the page; without scripts the browser's own menu does. */
export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="btn primary" onClick={() => window.print()}>
      {label}
    </button>
  )
}
