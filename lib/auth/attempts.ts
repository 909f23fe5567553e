import 'server-only'
import { isFirstRun } from '../data/first-run.ts'
import { forgive, limited, uncount } from '../data/limits.ts'
import type { Log } from '../data/log-state.ts'
import { type Limit, type Standing, standing } from '../data/standing.ts'
import { callerIn } from '../door/caller.ts'

/** One try at a password or passkey. `account`: an address or user id; empty where none is named, as for passkeys. */
export type Try = { readonly caller: string; readonly account: string }

/**
 * Counts one try before it is made, so that many at once are counted too. What is tried at an account from one address stops that address alone, so
 * that nobody can shut a person out; only a hundred failures in an hour, from wherever, stop the account's password.
 */
export async function admitTry(tried: Try, on?: Log): Promise<Standing> {
  for (const [limit, key] of countersOf(tried)) {
    const standing = await limited(limit, key, on)
    if (!standing.ok) return standing
  }
  return { ok: true }
}

/** The password was right: this try and the ones before it at this account count no more. */
export async function tryHeld(tried: Try, on?: Log): Promise<void> {
  const [first, ...rest] = countersOf(tried)
  if (first) await uncount(...first, on)
  for (const [limit, key] of rest) await forgive(limit, key, on)
}

/**
 * Whether `code` is the first run's one-time code. Wrong ones are counted by who brings them, and after too many of them a right one is not looked
 * at for a while.
 */
export async function holdsFirstRunCode(
  { code, caller }: { code: string; caller: string },
  on?: Log,
): Promise<boolean> {
  if (!standing('link', caller, on?.settings.databaseUrl).ok) return false
  const isRight = await isFirstRun(code, on)
  if (!isRight) await limited('link', caller, on)
  return isRight
}

/** Who asks: see {@link callerIn}. */
export function addressIn(headers: Headers | undefined): string {
  return callerIn(headers)
}

function countersOf({ caller, account }: Try): (readonly [Limit, string])[] {
  const named = account.trim().toLowerCase()
  return [
    ['sign-in', caller],
    ...(named === ''
      ? []
      : ([
          ['sign-in-account', `${caller} ${named}`],
          ['sign-in-anywhere', named],
        ] as const)),
  ]
}
