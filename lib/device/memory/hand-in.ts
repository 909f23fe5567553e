import { paths } from '../../paths.ts'
import { pinnedSize, readPin } from '../pin.ts'

type Store = Pick<Storage, 'getItem' | 'setItem'>

/** What the site says to a checkpoint: it leads on from it, it holds no such list although its key signed it, its key did not sign it, or nothing. */
export type Answer = 'known' | 'alarm' | 'not-ours' | 'none'

const ANSWERS: Readonly<Record<number, Answer>> = { 204: 'known', 404: 'not-ours', 409: 'alarm' }
/** A site is shown what a browser holds at most so often, unless something does not fit. */
const PAUSE = 24 * 60 * 60_000

const timeName = (host: string) => `throughline/handed-in/v1/${host}`
const heldName = (host: string) => `throughline/held/v1/${host}`

/** Shows the site a checkpoint that it signed: a server that was set back learns of it here. Never rejects. */
export async function handIn(note: string): Promise<Answer> {
  try {
    const { status } = await fetch(paths.checkpoints(), {
      method: 'POST',
      body: note,
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
      keepalive: true,
      signal: AbortSignal.timeout(10_000),
    })
    return ANSWERS[status] ?? 'none'
  } catch {
    return 'none'
  }
}

/** The newest checkpoint that this browser has verified anything under, of `host`. */
export function newestHeld(store: Store, host: string): string | undefined {
  const pin = readPin(store, host)
  const held = heldNote(store, host)
  const size = (checkpointNote: string | undefined) =>
    (checkpointNote === undefined ? undefined : pinnedSize({ checkpointNote })) ?? -1
  return size(held) > size(pin?.checkpointNote) ? held : pin?.checkpointNote
}

/** Hands in the newest checkpoint of `host` once a day. Undefined where it was not due, or there is none. */
export async function handInDaily(store: Store, host: string, now: number): Promise<Answer | undefined> {
  const note = newestHeld(store, host)
  const last = Number(read(store, timeName(host)) ?? 0)
  // A clock that was ahead must not silence it.
  if (note === undefined || (now >= last && now - last < PAUSE)) return undefined
  write(store, timeName(host), String(now))
  return handIn(note)
}

/**
 * An event of this device was proven under `note`: kept where it is the largest so far. Hands in what was kept before where that is larger, or as
 * large with another root: the site shows less than it did, or other.
 */
export async function holdProven(store: Store, host: string, note: string): Promise<Answer | undefined> {
  const before = newestHeld(store, host)
  const [size, sizeBefore] = [note, before].map(checkpointNote =>
    checkpointNote === undefined ? undefined : pinnedSize({ checkpointNote }),
  )
  const isOther = before !== undefined && rootLine(note) !== rootLine(before)
  if (isOther && (size ?? 0) <= (sizeBefore ?? 0)) return handIn(before)
  if (note !== before) write(store, heldName(host), note)
  return undefined
}

/** The note's third line; notes of one list may differ in who signed them. */
const rootLine = (note: string) => note.split('\n')[2]

/** Forgets what was kept here to be handed in at `host`. */
export function forgetHeld(store: Pick<Storage, 'removeItem'>, host: string): void {
  store.removeItem(heldName(host))
  store.removeItem(timeName(host))
}

function heldNote(store: Store, host: string): string | undefined {
  return read(store, heldName(host)) ?? undefined
}

function read(store: Store, name: string): string | null {
  try {
    return store.getItem(name)
  } catch {
    return null
  }
}

function write(store: Store, name: string, text: string): void {
  try {
    store.setItem(name, text)
  } catch {
    // Private windows may refuse: then it is handed in more often.
  }
}
