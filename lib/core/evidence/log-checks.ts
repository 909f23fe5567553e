import { base64Decode, equalBytes, utf8Encode } from '../bytes.ts'
import type { Founding } from '../custody/state.ts'
import { type Checkpoint, openCheckpoint, parseCheckpointText, treeSizeNumber } from '../ledger/checkpoint.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { leafHash, verifyConsistency } from '../ledger/merkle.ts'
import { verifyMulti } from '../ledger/multi-proof.ts'
import { parseNote } from '../ledger/note.ts'
import { parseVkey, vkeyFingerprint } from '../ledger/vkey.ts'
import type { Evidence } from './bundle.ts'
import { failed, notRun, passed } from './checks.ts'
import type { Check } from './report.ts'

/** What is known from outside the file: the label's fragment, the command line, or this browser's pin for the site. */
export interface Trusted {
  /** The log's verifier key, spelled as `formatVkey` does. */
  readonly vkey?: string | undefined
  /** 26 characters, as on a label. */
  readonly fingerprint?: string | undefined
  readonly origin?: string | undefined
  /** Text of a tlog-policy file: who must have signed the checkpoint beside the log. */
  readonly policy?: string | undefined
}

/** A tree head whose size the tree functions can hold. */
export interface Head {
  readonly origin: string
  readonly size: number
  readonly rootHash: Uint8Array
}

/** The tree that a checkpoint note states, signed or not; undefined where it states none. */
export function readHead(note: string): Head | undefined {
  const parsed = parseNote(utf8Encode(note))
  const checkpoint = parsed.ok ? parseCheckpointText(parsed.value.text) : undefined
  return checkpoint?.ok ? headOf(checkpoint.value) : undefined
}

function headOf({ origin, size, rootHash }: Checkpoint): Head | undefined {
  const number = treeSizeNumber(size)
  return number === undefined ? undefined : { origin, size: number, rootHash }
}

/** `checkpoint-signed`: the file's own key signed the checkpoint. Whose key that is, `log-key` says. */
export async function checkCheckpoint({
  evidence,
  verify,
}: {
  evidence: Evidence
  verify: VerifySignature
}): Promise<Check> {
  const name = 'checkpoint-signed'
  const key = parseVkey(evidence.vkey)
  if (!key.ok) return failed(name, key.code, key.detail)
  const opened = await openCheckpoint({ bytes: utf8Encode(evidence.checkpoint), keys: [key.value], verify })
  if (!opened.ok) return failed(name, opened.code, opened.detail)
  const { origin, size } = opened.value.checkpoint
  if (treeSizeNumber(size) === undefined) return failed(name, 'checkpoint-size-malformed', `no log has ${size} records`)
  return passed(name, { facts: { origin, size: String(size) } })
}

/** `leaves-included`: every leaf of the file stands at its index in the tree that the checkpoint states. */
export function checkIncluded({ evidence, head }: { evidence: Evidence; head: Head | undefined }): {
  check: Check
  hashes: readonly Uint8Array[]
} {
  const name = 'leaves-included'
  if (head === undefined) return { check: notRun(name, 'checkpoint-unreadable'), hashes: [] }
  const hashes = evidence.leaves.map(({ bytes }) => leafHash(bytes))
  const leaves = evidence.leaves.map(({ index }, i) => ({ leafIndex: index, leafHash: hashes[i] as Uint8Array }))
  const { size: treeSize, rootHash } = head
  const included = verifyMulti({ leaves, treeSize, rootHash, proof: evidence.proof })
  const facts = { leaves: leaves.length, size: treeSize }
  return { check: included.ok ? passed(name, { facts }) : failed(name, included.code, included.detail), hashes }
}

/**
 * `log-key`: the file's key is the one trusted from elsewhere. `founding` is that of the verified leaf 0: a new log that carries the last
 * checkpoint of the trusted one, not older than `seen`, is no failure, and is not trusted by that alone.
 */
export async function checkLogKey(args: {
  evidence: Evidence
  head: Head | undefined
  trusted: Trusted
  founding: Founding | undefined
  seen: string | undefined
  verify: VerifySignature
}): Promise<Check> {
  const name = 'log-key'
  const { evidence, head, trusted } = args
  const fingerprint = vkeyFingerprint(evidence.vkey)
  const facts = { fingerprint }
  if (trusted.vkey === undefined && trusted.fingerprint === undefined) {
    if (trusted.origin === undefined || trusted.origin === head?.origin)
      return notRun(name, 'nothing-trusted', { facts })
  }
  const isOtherKey =
    (trusted.vkey !== undefined && trusted.vkey !== evidence.vkey) ||
    (trusted.fingerprint !== undefined && trusted.fingerprint !== fingerprint)
  const isOtherOrigin = trusted.origin !== undefined && trusted.origin !== head?.origin
  if (!isOtherKey && !isOtherOrigin) return passed(name, { facts })
  if (await succeedsTrusted(args)) return notRun(name, 'log-succeeds-trusted', { facts })
  if (isOtherOrigin)
    return failed(name, 'origin-other', `this is ${head?.origin ?? 'no log'}, not ${trusted.origin}`, { facts })
  return failed(name, 'log-key-other', '', { facts })
}

async function succeedsTrusted(args: {
  trusted: Trusted
  founding: Founding | undefined
  seen: string | undefined
  verify: VerifySignature
}): Promise<boolean> {
  const { trusted, founding, verify } = args
  const key = trusted.vkey === undefined ? undefined : parseVkey(trusted.vkey)
  const bytes = founding?.previous === undefined ? undefined : base64Decode(founding.previous)
  const seen = args.seen === undefined ? undefined : readHead(args.seen)
  if (!key?.ok || bytes === undefined || seen === undefined) return false
  const opened = await openCheckpoint({ bytes, keys: [key.value], verify })
  const last = opened.ok ? headOf(opened.value.checkpoint) : undefined
  if (last === undefined || last.origin !== seen.origin || last.size < seen.size) return false
  return last.size > seen.size || equalBytes(last.rootHash, seen.rootHash)
}

/** `checkpoint-consistent`: the file's tree and the one kept here are one log at two sizes, whichever is older. */
export async function checkConsistent(args: {
  evidence: Evidence
  head: Head | undefined
  seen: string | undefined
  verify: VerifySignature
}): Promise<Check> {
  const name = 'checkpoint-consistent'
  const { evidence, head, verify } = args
  if (head === undefined) return notRun(name, 'checkpoint-unreadable')
  if (args.seen === undefined) return notRun(name, 'nothing-seen')
  const seen = readHead(args.seen)
  if (seen === undefined) return notRun(name, 'seen-unusable')
  const key = parseVkey(evidence.vkey)
  const opened = key.ok ? await openCheckpoint({ bytes: utf8Encode(args.seen), keys: [key.value], verify }) : undefined
  if (!opened?.ok || seen.origin !== head.origin) return notRun(name, 'seen-other-log')

  const facts = { size: head.size, seen: seen.size }
  if (seen.size === head.size) {
    const isSame = equalBytes(seen.rootHash, head.rootHash)
    return isSame ? passed(name, { facts }) : failed(name, 'checkpoint-forked', '', { facts })
  }
  const proof = evidence.seen?.size === seen.size ? evidence.seen.proof : undefined
  if (proof === undefined && seen.size > 0 && head.size > 0) return notRun(name, 'no-consistency-proof', { facts })
  const [old, grown] = seen.size < head.size ? [seen, head] : [head, seen]
  const isConsistent = verifyConsistency({
    oldSize: old.size,
    oldRoot: old.rootHash,
    newSize: grown.size,
    newRoot: grown.rootHash,
    proof: proof ?? [],
  })
  return isConsistent
    ? passed(name, { facts })
    : failed(name, 'checkpoint-inconsistent', '', {
        facts,
      })
}
