import { utf8Encode } from '../core/bytes.ts'
import { verifyEventProof } from '../core/evidence/event-proof.ts'
import type { VerifySignature } from '../core/ledger/ed25519.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { paths } from '../paths.ts'
import { ask } from './ask.ts'
import { holdProven } from './memory/hand-in.ts'
import { keptHere, readPin, writePin } from './pin.ts'
import type { Kept } from './store.ts'

/** `absent`: the log does not have it, or no checkpoint covers it yet. `later`: no answer. `false`: what was shown as its proof does not hold. */
export type Inclusion =
  | { readonly outcome: 'verified' | 'absent' | 'later' }
  | { readonly outcome: 'false'; readonly code: string }

const LATER: Inclusion = { outcome: 'later' }

/**
 * Fetches the proof of one event and verifies it here. The log's key is the one that this browser holds the site to; on a first visit `vkey`, which
 * is then pinned with the checkpoint. A pin of another log, such as the one that this one succeeds, says nothing of an event that was signed for
 * this one, and stays as it is. Never rejects.
 */
export async function checkInclusion(args: { kept: Kept; vkey: string; verify: VerifySignature }): Promise<Inclusion> {
  const { kept, vkey, verify } = args
  const storage = keptHere()
  const { origin, note } = kept
  const known = storage && readPin(storage, location.host)
  const pin = known?.origin === origin ? known : undefined
  const key = parseVkey(pin?.vkey ?? vkey)
  if (!key.ok) return LATER
  const file = await fetchProof(kept.hash)
  if (!(file instanceof Uint8Array)) return file
  const proven = await verifyEventProof({ file, note: utf8Encode(note), origin, key: key.value, verify })
  if (!proven.ok) return { outcome: 'false', code: proven.code }
  const checkpointNote = new TextDecoder().decode(proven.value.checkpointNote)
  if (storage && !known) writePin(storage, location.host, { origin, vkey, checkpointNote, at: Date.now() })
  else if (storage && pin) void holdProven(storage, location.host, checkpointNote)
  return { outcome: 'verified' }
}

/** Bytes that our log would send as a proof; a hotel's sign-in page is none. */
async function fetchProof(hash: string): Promise<Uint8Array | Inclusion> {
  try {
    const response = await ask(paths.proof(hash))
    const type = response.headers.get('content-type') ?? ''
    if (response.ok && type.startsWith('text/plain')) return new Uint8Array(await response.arrayBuffer())
    const { code } = (await response.json()) as { code?: unknown }
    return { outcome: code === 'unknown-event' || code === 'not-sealed' ? 'absent' : 'later' }
  } catch {
    return LATER
  }
}
