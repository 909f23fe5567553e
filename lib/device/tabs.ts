/** Tells every tab of this browser, this one too, that what is kept has changed. */
const listeners = new Set<() => void>()
let channel: BroadcastChannel | undefined

function toOtherTabs(): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined
  if (!channel) {
    channel = new BroadcastChannel('throughline/outbox')
    channel.onmessage = () => tellHere()
  }
  return channel
}

function tellHere(): void {
  for (const listener of listeners) listener()
}

export function tellChange(): void {
  toOtherTabs()?.postMessage('changed')
  tellHere()
}

/** Calls `onChange` after every change of the outbox, in whichever tab; the answer stops it. */
export function watchOutbox(onChange: () => void): () => void {
  toOtherTabs()
  listeners.add(onChange)
  return () => void listeners.delete(onChange)
}

/** Runs while this tab alone holds `lock`; waits for it. Where the page has no locks (plain http) it simply runs. */
export async function holding<Value>(lock: string, run: () => Promise<Value>): Promise<Value> {
  // Absent on plain http.
  const locks: LockManager | undefined = navigator.locks
  return locks ? locks.request(lock, run) : run()
}

/** Runs if no tab holds `lock` now, else answers 'held'. Where the page has no locks it simply runs: nothing depends on them. */
export async function ifFree<Value>(lock: string, run: () => Promise<Value>): Promise<Value | 'held'> {
  const locks: LockManager | undefined = navigator.locks
  return locks ? locks.request(lock, { ifAvailable: true }, held => (held ? run() : ('held' as const))) : run()
}

/** Whether the tab that held `lock` has let go of it, or was closed. False where the page has no locks and cannot know. */
export async function isReleased(lock: string): Promise<boolean> {
  const locks: LockManager | undefined = navigator.locks
  return locks !== undefined && (await ifFree(lock, async () => 'free' as const)) === 'free'
}
