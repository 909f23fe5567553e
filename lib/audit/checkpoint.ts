import { utf8Decode, utf8Encode } from '../core/bytes.ts'
import { checkWitnesses } from '../core/evidence/witness-check.ts'
import { openCheckpoint, treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { parseVkey, vkeyFingerprint } from '../core/ledger/vkey.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { verifyNatively } from '../data/ed25519.ts'
import { MOST_CHECKPOINT, type Source } from './source.ts'

/** What is known of the log from elsewhere. */
export interface Trusted {
  readonly vkey?: string | undefined
  /** 26 characters, as on a label. */
  readonly fingerprint?: string | undefined
  /** Text of a tlog-policy file. */
  readonly policy?: string | undefined
}

/** The tree head that a log shows, and who vouches for it. */
export interface ShownHead {
  readonly origin: string
  readonly size: number
  readonly rootHash: Uint8Array
  readonly note: string
  readonly vkey: string
  readonly fingerprint: string
  /** False where the key came from the log itself: it is consistent, and nobody has said whose it is. */
  readonly isKeyGiven: boolean
  /** In words: who of the policy has signed, and why that is not enough. Absent without a policy. */
  readonly witnesses?: { readonly isEnough: boolean; readonly detail: string }
}

const MOST_VKEY = 1024

/**
 * Reads the newest checkpoint and checks who signed it. Codes: those of {@link Source.read} and of `openCheckpoint`; `vkey-missing` (no key was given
 * and the log shows none), `log-key-other` (the log shows another key than the one given), `checkpoint-too-large` (more than 2^53 − 1 leaves).
 */
export async function readShownHead(source: Source, trusted: Trusted): Promise<Result<ShownHead>> {
  const read = await source.read('checkpoint', MOST_CHECKPOINT)
  if (!read.ok) return read
  const note = utf8Decode(read.value)
  if (note === undefined) return fail('checkpoint-malformed', 'it is no UTF-8')
  const vkey = await keyFor(source, trusted)
  if (!vkey.ok) return vkey
  const key = parseVkey(vkey.value)
  if (!key.ok) return key
  const opened = await openCheckpoint({ bytes: utf8Encode(note), keys: [key.value], verify: verifyNatively })
  if (!opened.ok) return opened
  const { origin, size: big, rootHash } = opened.value.checkpoint
  const size = treeSizeNumber(big)
  if (size === undefined) return fail('checkpoint-too-large', String(big))
  const isKeyGiven = trusted.vkey !== undefined || trusted.fingerprint !== undefined
  const witnesses = trusted.policy === undefined ? undefined : await witnessesOf(note, vkey.value, trusted.policy)
  const fingerprint = vkeyFingerprint(vkey.value)
  return pass({
    origin,
    size,
    rootHash,
    note,
    vkey: vkey.value,
    fingerprint,
    isKeyGiven,
    ...(witnesses && { witnesses }),
  })
}

/** The key given; else the one that the log itself shows, which must have the fingerprint given. */
async function keyFor(source: Source, { vkey, fingerprint }: Trusted): Promise<Result<string>> {
  if (vkey !== undefined) return pass(vkey)
  const read = await source.read('vkey', MOST_VKEY)
  const shown = read.ok ? utf8Decode(read.value)?.trim() : undefined
  if (shown === undefined || shown === '') return fail('vkey-missing', 'give it with --vkey')
  if (fingerprint === undefined || vkeyFingerprint(shown) === fingerprint) return pass(shown)
  return fail('log-key-other', `the log shows ${vkeyFingerprint(shown)}, given was ${fingerprint}`)
}

async function witnessesOf(checkpoint: string, vkey: string, policy: string) {
  const { check } = await checkWitnesses({ checkpoint, vkey, policy, verify: verifyNatively })
  const facts = Object.entries(check.facts ?? {}).map(([name, value]) => `${name} ${value}`)
  const reason = check.outcome === 'pass' ? [] : [check.code, check.detail].filter(Boolean)
  return { isEnough: check.outcome !== 'fail', detail: [...reason, ...facts].join(', ') }
}
