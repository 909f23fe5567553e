import { paths } from '@/lib/paths.ts'

/** The way to sign in again beside a form: in another window, so that what was typed here stays. */
export function SignedOut({ label }: { label: string }) {
  return (
    <p>
      <a href={paths.signIn()} target="_blank" rel="noreferrer" className="inline-flex min-h-tap items-center">
        {label}
      </a>
    </p>
  )
}
