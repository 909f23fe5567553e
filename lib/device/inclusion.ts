import { concat, utf8Encode } from '../core/bytes.ts'
import { parseLeaf } from '../core/evidence/leaf.ts'
import type { VerifySignature } from '../core/ledger/ed25519.ts'
import { parseTlogProof, verifyTlogProof } from '../core/ledger/tlog-proof.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { paths } from '../paths.ts'
import { readPin, writePin } from './pin.ts'
import type { Kept } from './store.ts'

/** `absent`: the log does not have it, or no checkpoint covers it yet. `later`: no answer. `false`: what was shown as its proof does not hold. */
export type Inclusion =
  | { readonly outcome: 'verified' | 'absent' | 'later' }
  | { readonly outcome: 'false'; readonly code: string }

const LATER: Inclusion = { outcome: 'later' }

/**
 * Fetches the proof of one event and verifies it here: the leaf is made of the line that the proof carries and of this device's own note, so that
 * nothing but what was signed here can be proven. The log's key is the one that this browser holds the site to; on a first visit `vkey`, which is
 * then pinned with the checkpoint. Never rejects.
 */
export async function checkInclusion(args: { kept: Kept; vkey: string; verify: VerifySignature }): Promise<Inclusion> {
  const { kept, vkey, verify } = args
  const storage = keptHere()
  const pin = storage && readPin(storage, location.host)
  const key = parseVkey(pin?.vkey ?? vkey)
  if (!key.ok) return LATER
  const fetched = await fetchProof(kept.hash)
  if (!(fetched instanceof Uint8Array)) return fetched
  const proof = parseTlogProof(fetched)
  if (!proof.ok) return { outcome: 'false', code: proof.code }
  if (proof.value.extra === undefined) return { outcome: 'false', code: 'leaf-header-malformed' }
  const note = utf8Encode(kept.note)
  const leaf = concat(proof.value.extra, utf8Encode('\n'), note)
  const read = parseLeaf(leaf)
  if (!read.ok) return { outcome: 'false', code: read.code }
  // A first line with a line end of its own would put something else in front of the note.
  if (read.value.note.length !== note.length) return { outcome: 'false', code: 'leaf-header-malformed' }
  const verified = await verifyTlogProof({ file: fetched, leaf, keys: [key.value], verify })
  if (!verified.ok) return { outcome: 'false', code: verified.code }
  const { checkpoint, leafIndex } = verified.value
  if (checkpoint.origin !== kept.origin) return { outcome: 'false', code: 'origin-mismatch' }
  if (leafIndex !== kept.recorded?.index) return { outcome: 'false', code: 'tlog-proof-not-included' }
  if (storage && !pin) {
    const checkpointNote = new TextDecoder().decode(proof.value.checkpoint)
    writePin(storage, location.host, { origin: kept.origin, vkey, checkpointNote })
  }
  return { outcome: 'verified' }
}

/** Bytes that look like a proof at all; a hotel's sign-in page does not. */
async function fetchProof(hash: string): Promise<Uint8Array | Inclusion> {
  try {
    const response = await fetch(paths.proof(hash), {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(20_000),
    })
    const type = response.headers.get('content-type') ?? ''
    if (response.ok && type.startsWith('text/plain')) return new Uint8Array(await response.arrayBuffer())
    const { code } = (await response.json()) as { code?: unknown }
    return { outcome: code === 'unknown-event' || code === 'not-sealed' ? 'absent' : 'later' }
  } catch {
    return LATER
  }
}

/** Storage that a browser may deny; then every visit is a first visit. */
function keptHere(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
