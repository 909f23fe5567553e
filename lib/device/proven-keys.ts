import { utf8Encode } from '../core/bytes.ts'
import { type ProvenKeyList, verifyKeyList } from '../core/evidence/key-list-verify.ts'
import { type Head, readHead } from '../core/evidence/log-checks.ts'
import { openCheckpoint } from '../core/ledger/checkpoint.ts'
import { type VerifySignature, verifyEd25519Fallback } from '../core/ledger/ed25519.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { paths } from '../paths.ts'
import { ask } from './ask.ts'
import { foundingOf } from './leaf-zero.ts'
import { fetchLeafZero, fetchTile } from './memory/fetch-tile.ts'
import { nativeVerifier } from './native-ed25519.ts'
import { type Pin, pinHere, trustedBy } from './pin.ts'

/** Milliseconds after which what was recorded is sealed, a busy log included. */
const SEALED_BY_THEN = 4000

/** A key as a page shows it: its name, and the leaf index of its enrolment and of its revocation. */
export interface ShownKey {
  readonly key: string
  readonly enrolled: number
  readonly revoked?: number
}

/**
 * What the proven list says of the shown one, key names in each. `hidden`: the log has it, the page does not. `added`: the page has it, the log does
 * not. `revokedOnLog`, `liveOnLog`: the page says the opposite. `unsealed`: so new that no signed list holds it; nothing is proven of it yet.
 */
export interface Compared {
  readonly hidden: readonly string[]
  readonly added: readonly string[]
  readonly revokedOnLog: readonly string[]
  readonly liveOnLog: readonly string[]
  readonly unsealed: readonly string[]
}

export type KeysAnswer =
  | {
      readonly outcome: 'whole' | 'differs'
      readonly compared: Compared
      readonly at: number
      readonly isTrusted: boolean
    }
  /** The server's proof does not hold, or it gave none for a log that promises one: `code` and for developers `detail`. */
  | { readonly outcome: 'failed'; readonly code: string; readonly detail: string }
  /** Leaf 0 itself promises no index. `isTrusted`: it is that of the log that this browser holds the site to. */
  | { readonly outcome: 'not-promised'; readonly isTrusted: boolean }
  | { readonly outcome: 'unreachable' }

/** Compares a page's list with the proven one. What the page shows beyond the tree of `size` leaves cannot be in it. */
export function compareKeys(
  shown: readonly ShownKey[],
  { keys, checkpointSize: size }: Pick<ProvenKeyList, 'keys' | 'checkpointSize'>,
): Compared {
  const proven = new Map(keys.map(key => [key.key, key]))
  const onPage = new Map(shown.map(key => [key.key, key]))
  const names = (all: readonly { readonly key: string }[]) => all.map(({ key }) => key)
  const both = shown.flatMap(key => {
    const log = proven.get(key.key)
    return log ? [{ key: key.key, page: key.revoked, log: log.revoked }] : []
  })
  return {
    hidden: names(keys.filter(({ key }) => !onPage.has(key))),
    added: names(shown.filter(({ key, enrolled }) => !proven.has(key) && enrolled < size)),
    revokedOnLog: names(both.filter(({ page, log }) => page === undefined && log !== undefined)),
    liveOnLog: names(both.filter(({ page, log }) => page !== undefined && page < size && log === undefined)),
    unsealed: names([
      ...shown.filter(({ key, enrolled }) => !proven.has(key) && enrolled >= size),
      ...both.filter(({ page, log }) => page !== undefined && page >= size && log === undefined),
    ]),
  }
}

/**
 * Fetches the list of a party's keys with its proof and verifies it here, then compares what the page shows. The log is the one that this browser
 * holds the site to; where it holds it to none yet, whichever the server names. Never rejects.
 */
export async function proveKeys(party: string, shown: readonly ShownKey[]): Promise<KeysAnswer> {
  let file = await fetchList(party)
  if (isTooNew(file)) {
    // Registered a moment ago: the next signed list holds it.
    await new Promise(resolve => setTimeout(resolve, SEALED_BY_THEN))
    file = await fetchList(party)
  }
  const pin = pinHere()
  const verify = (await nativeVerifier()) ?? verifyEd25519Fallback
  if (!(file instanceof Uint8Array)) {
    const isDenied = file.outcome === 'failed' && file.code === 'index-not-promised'
    return isDenied ? notPromised(pin, verify) : file
  }
  const trusted = trustedBy({ pin, fingerprint: undefined })
  const proven = await verifyKeyList({ bytes: file, trusted, seen: pin?.checkpointNote, verify })
  if (!proven.ok) {
    // Leaf 0 of the file's own tree said so; whether that tree is the one seen here before, it does not say.
    if (proven.code === 'index-not-promised') return notPromised(pin, verify)
    return { outcome: 'failed', code: proven.code, detail: proven.detail }
  }
  if (proven.value.party !== party)
    return { outcome: 'failed', code: 'evidence-subject-malformed', detail: proven.value.party }
  const { unsealed, ...wrong } = compareKeys(shown, proven.value)
  const isWhole = Object.values(wrong).every(names => names.length === 0)
  return {
    outcome: isWhole ? 'whole' : 'differs',
    compared: { ...wrong, unsealed },
    at: proven.value.at,
    isTrusted: proven.value.trust === 'trusted',
  }
}

/**
 * That a log promises no index is no server's to say: it follows from leaf 0, as the tree holds it that this browser has verified before; on a first
 * visit, as the site's newest one does.
 */
async function notPromised(pin: Pin | undefined, verify: VerifySignature): Promise<KeysAnswer> {
  try {
    const head = pin ? readHead(pin.checkpointNote) : await newestHead(verify)
    if (!head) return { outcome: 'failed', code: 'checkpoint-unreadable', detail: '' }
    const founding = await foundingOf({ head, fetchTile, fetchLeafZero, verify })
    if (!founding.ok) return { outcome: 'failed', code: founding.code, detail: founding.detail }
    if (!founding.value.index) return { outcome: 'not-promised', isTrusted: pin !== undefined }
    return { outcome: 'failed', code: 'index-missing', detail: 'leaf 0 promises an index, and the server denies it' }
  } catch {
    return { outcome: 'unreachable' }
  }
}

/** The tree that the site's newest checkpoint states, where the key that the site names has signed it. Rejects where nothing answers. */
async function newestHead(verify: VerifySignature): Promise<Head | undefined> {
  const [vkey, note] = await Promise.all([paths.vkey(), paths.checkpoint()].map(textAt))
  const key = parseVkey((vkey ?? '').trim())
  const keys = key.ok ? [key.value] : []
  const opened = await openCheckpoint({ bytes: utf8Encode(note ?? ''), keys, verify })
  return opened.ok ? readHead(note ?? '') : undefined
}

async function textAt(path: string): Promise<string> {
  const response = await ask(path)
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response.text()
}

const isTooNew = (file: Uint8Array | KeysAnswer) =>
  !(file instanceof Uint8Array) && file.outcome === 'failed' && file.code === 'party-unknown'

async function fetchList(party: string): Promise<Uint8Array | KeysAnswer> {
  try {
    const response = await ask(paths.keyList(party))
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
    const { code } = (await response.json()) as { code?: unknown }
    const isRefused = response.status < 500 && response.status !== 429 && typeof code === 'string'
    return isRefused ? { outcome: 'failed', code, detail: `${response.status}` } : { outcome: 'unreachable' }
  } catch {
    return { outcome: 'unreachable' }
  }
}
