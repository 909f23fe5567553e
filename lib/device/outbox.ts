import { verifyEd25519Fallback } from '../core/ledger/ed25519.ts'
import { checkInclusion } from './inclusion.ts'
import { handInDaily } from './memory/hand-in.ts'
import { nativeVerifier } from './native-ed25519.ts'
import { keptHere } from './pin.ts'
import { type Reply, sendKept } from './send.ts'
import { changeKept, freePlaces, type Kept, openStore, type Store } from './store.ts'
import { ifFree, isReleased, tellChange, watchOutbox } from './tabs.ts'

/** Recorded and still not under a checkpoint after this long: sent again (PROTOCOL §6). */
const MOST_UNSEALED = 60_000
/** With other tabs at work, or a proof that did not hold. */
const LOOK_AGAIN = 60_000

/** Milliseconds before the next try: growing from two seconds to five minutes, uneven so that a whole crew does not come back at once. */
export function pauseAfter(tries: number, chance: number = Math.random()): number {
  return Math.round(Math.min(300_000, 2000 * 2 ** Math.min(tries - 1, 8)) * (0.75 + chance / 2))
}

/** What this device has signed and not let go of, in the order of signing. */
export async function readOutbox(): Promise<readonly Kept[]> {
  const all = (await (await openStore())?.getAll('outbox')) ?? []
  return all.sort((a, b) => a.signedAt - b.signedAt)
}

/** The person has read that the log refused it. Anything else stays. */
export async function dismiss(hash: string): Promise<void> {
  const store = await openStore()
  if (store) await changeKept(store, hash, kept => (kept.state === 'refused' ? undefined : kept))
  tellChange()
}

/** What a try that was not refused comes to. A slower tab never takes back what another has heard. */
export async function afterTry(
  store: Store,
  { hash }: Kept,
  reply: Exclude<Reply, { outcome: 'refused' }>,
): Promise<void> {
  const now = Date.now()
  await changeKept(store, hash, kept => {
    if (kept.state !== 'kept') return kept
    const form = { ...kept.form, until: 0 }
    if (reply.outcome === 'later') {
      const tries = kept.tries + 1
      return { ...kept, form, tries, nextAt: now + Math.max(pauseAfter(tries), reply.milliseconds) }
    }
    const { outcome: _outcome, ...recorded } = reply
    return { ...kept, form, state: 'recorded', tries: 0, nextAt: now, recorded: { ...recorded, at: now } }
  })
  tellChange()
}

/** The forms that signed these send no more; whoever tends the outbox does. */
export async function releaseForms(store: Store, entries: readonly Kept[]): Promise<void> {
  for (const { hash } of entries) await changeKept(store, hash, kept => ({ ...kept, form: { ...kept.form, until: 0 } }))
  tellChange()
}

/** Whether something before it has to be recorded first. */
export function isBlocked(entry: Kept, entries: readonly Kept[]): boolean {
  return entries.some(each => each.state === 'kept' && (each.hash === entry.after || each.hash === entry.follows))
}

/** `first` and all that was signed upon it and is not recorded: it falls with it. */
export function fallingWith(first: Kept, entries: readonly Kept[]): readonly Kept[] {
  const falling = [first]
  for (const entry of entries) {
    const isUpon = falling.some(each => each.hash === entry.after || each.hash === entry.follows)
    if (isUpon && entry.state === 'kept') falling.push(entry)
  }
  return falling
}

type Log = { readonly origin: string; readonly vkey: string }

/**
 * Sends what waits and lets go of what is proven, as long as this page is open: at once, when the network comes back, when the page is looked at
 * again, and after growing pauses. Every tab may: the server records a note once. The answer stops it.
 */
export function tendOutbox(log: Log): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  const plan = async (least = 0) => {
    clearTimeout(timer)
    const due = dueAt(await readOutbox())
    if (isStopped || due === undefined) return
    clearTimeout(timer)
    timer = setTimeout(() => round(false), Math.max(least, due - Date.now()))
  }
  const round = (isAll: boolean) => {
    running = running.then(async () => {
      if (isStopped) return
      const done = await ifFree('throughline/outbox', () => tendOnce(log, isAll))
      await plan(done === 'held' ? 5000 : 250)
    })
  }
  const all = () => round(true)
  const seen = () => document.visibilityState === 'visible' && round(true)
  window.addEventListener('online', all)
  document.addEventListener('visibilitychange', seen)
  const unwatch = watchOutbox(() => void plan(50))
  all()
  const storage = keptHere()
  if (storage) void handInDaily(storage, location.host, Date.now())
  return () => {
    isStopped = true
    clearTimeout(timer)
    window.removeEventListener('online', all)
    document.removeEventListener('visibilitychange', seen)
    unwatch()
  }
}

/** When the next entry wants something; undefined where none does. */
function dueAt(entries: readonly Kept[]): number | undefined {
  const times = entries
    .filter(entry => entry.state !== 'refused' && !isBlocked(entry, entries))
    .map(entry => Math.max(entry.nextAt, entry.form.until))
  return times.length === 0 ? undefined : Math.min(...times)
}

/** One look at everything that is due; `isAll`: whatever its pause, for the network may be back. */
async function tendOnce(log: Log, isAll: boolean): Promise<void> {
  const store = await openStore()
  if (!store) return
  for (const { hash } of await readOutbox()) {
    const entries = await readOutbox()
    const entry = entries.find(each => each.hash === hash)
    if (!entry || entry.state === 'refused' || isBlocked(entry, entries)) continue
    const now = Date.now()
    const isAtForm = now < entry.form.until && !(isAll && (await isReleased(entry.form.lock)))
    if (isAtForm || (now < entry.nextAt && !isAll)) continue
    if (entry.state === 'kept') await sendLater(store, entry, entries)
    else await prove(store, entry, log)
  }
}

/** Never with `mend`: the signer has left the form, and what was handed over offline is recorded as it was signed (PROTOCOL §4). */
async function sendLater(store: Store, entry: Kept, entries: readonly Kept[]): Promise<void> {
  const reply = await sendKept(entry, { mend: false })
  if (reply.outcome !== 'refused') return afterTry(store, entry, reply)
  const refused = { code: reply.code, at: Date.now() }
  await freePlaces(store, fallingWith(entry, entries), kept => ({ ...kept, state: 'refused', refused }))
  tellChange()
}

async function prove(store: Store, entry: Kept, log: Log): Promise<void> {
  const isOurs = entry.origin === log.origin
  const verify = (await nativeVerifier()) ?? verifyEd25519Fallback
  const inclusion = isOurs
    ? await checkInclusion({ kept: entry, vkey: log.vkey, verify })
    : { outcome: 'absent' as const }
  const now = Date.now()
  await changeKept(store, entry.hash, kept => {
    if (kept.state !== 'recorded') return kept
    const tries = kept.tries + 1
    switch (inclusion.outcome) {
      case 'verified':
        return undefined
      case 'false':
        return { ...kept, tries, nextAt: now + LOOK_AGAIN, alarm: { code: inclusion.code, at: now } }
      case 'later':
        return { ...kept, tries, nextAt: now + pauseAfter(tries) }
      case 'absent':
        return now - (kept.recorded?.at ?? 0) > MOST_UNSEALED
          ? { ...kept, state: 'kept', tries: 0, nextAt: now }
          : { ...kept, tries, nextAt: now + Math.min(1000 * tries, 10_000) }
    }
  })
  tellChange()
}
