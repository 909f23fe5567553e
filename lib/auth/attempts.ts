const WINDOW_MILLISECONDS = 15 * 60_000
const MOST_FOR_ONE_ACCOUNT = 10
const MOST_FROM_ONE_ADDRESS = 100
const MOST_KEPT = 20_000

/**
 * Counts tries at passwords in windows of a quarter of an hour: ten for one account from one address, a hundred from one address. What succeeds is
 * taken off again. Another address is not stopped, so nobody can shut a person out. Per process and lost at a restart.
 */
export class AttemptWindow {
  #since = 0
  readonly #tried = new Map<string, number>()

  /** Counts one try before it is made, so that many at once are counted too; false where there have been too many. */
  admit({ address, account }: { address: string; account: string }, now: number): boolean {
    if (now - this.#since >= WINDOW_MILLISECONDS) {
      this.#since = now
      this.#tried.clear()
    }
    const both = keyOf(address, account)
    if (this.#of(address) >= MOST_FROM_ONE_ADDRESS || this.#of(both) >= MOST_FOR_ONE_ACCOUNT) return false
    if (this.#tried.size >= MOST_KEPT) return true
    this.#tried.set(address, this.#of(address) + 1)
    this.#tried.set(both, this.#of(both) + 1)
    return true
  }

  /** The password was right: this try and the ones before it count no more. */
  succeeded({ address, account }: { address: string; account: string }): void {
    const both = keyOf(address, account)
    this.#tried.set(address, Math.max(0, this.#of(address) - this.#of(both)))
    this.#tried.delete(both)
  }

  #of(key: string): number {
    return this.#tried.get(key) ?? 0
  }
}

/** Who asks, as the nearest proxy or Next's own server wrote it last; empty where neither did. */
export function addressIn(headers: Headers | undefined): string {
  return headers?.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
}

function keyOf(address: string, account: string): string {
  return `${address} ${account.trim().toLowerCase()}`
}
