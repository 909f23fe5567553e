const WINDOW_MILLISECONDS = 60_000
const MOST_REFUSED = 600
const MOST_ADDRESSES = 10_000

/**
 * Counts what was refused, by address, in windows of a minute. What an enrolled key signed well is never limited: an outbox that was offline for
 * a week may send all of it at once, and too many at once is the queue's to say (503). Per process and lost at a restart: a courtesy to the
 * machine, not a defence; the address is the one the nearest proxy saw.
 */
export class RefusalWindow {
  #since = 0
  readonly #refused = new Map<string, number>()

  isClosed(address: string, now: number): boolean {
    if (now - this.#since >= WINDOW_MILLISECONDS) {
      this.#since = now
      this.#refused.clear()
    }
    return (this.#refused.get(address) ?? 0) >= MOST_REFUSED
  }

  count(address: string): void {
    if (this.#refused.size < MOST_ADDRESSES) this.#refused.set(address, (this.#refused.get(address) ?? 0) + 1)
  }
}

/** Who asks, as the nearest proxy or Next's own server wrote it last. */
export function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
}
