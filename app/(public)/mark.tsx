/** The mark: one who gave, one who took, and the line between them. */
export function Mark() {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 22 22"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <circle cx="4" cy="11" r="2.6" />
      <circle cx="18" cy="11" r="2.6" fill="currentColor" />
      <path d="M6.6 11h8.8" />
    </svg>
  )
}
