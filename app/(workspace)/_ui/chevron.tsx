/** Points at what opens below, or back to where one came from; mirrored where text runs from right to left. A sign beside words, never alone. */
export function Chevron({ to }: { to: 'below' | 'back' }) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
      className={to === 'back' ? 'shrink-0 rtl:-scale-x-100' : 'shrink-0'}
    >
      <path d={to === 'back' ? 'M9 3 5 7l4 4' : 'M3 5l4 4 4-4'} />
    </svg>
  )
}
