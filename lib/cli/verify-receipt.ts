import { concat, utf8Decode, utf8Encode } from '../core/bytes.ts'
import type { Trusted } from '../core/evidence/log-checks.ts'
import { checkWitnesses } from '../core/evidence/witness-check.ts'
import { parseTlogProof, verifyTlogProof } from '../core/ledger/tlog-proof.ts'
import { formatVkey, type NoteKey, parseVkey, vkeyFingerprint } from '../core/ledger/vkey.ts'
import { verifyNatively } from './ed25519.ts'
import { printable, Unusable } from './verify-input.ts'

/** Exit code and what is printed. */
export type Said = {
  readonly code: 0 | 1 | 3
  readonly text: string
  readonly json: object
  readonly checkpoint?: string
}

/** True for a file that says it is a receipt (c2sp.org/tlog-proof). */
export function isReceipt(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 40)).toString('latin1').startsWith('c2sp.org/tlog-proof@')
}

/**
 * A receipt with its leaf: the log signed a tree that holds exactly these bytes, and enough of the trusted witnesses saw it. `leaf`: the leaf as it is stored,
 * or the event's note, which the receipt's `extra` line makes whole. `keys`: of the logs that may have signed it. Throws {@link Unusable} on what is no receipt.
 */
export async function verifyReceipt(args: {
  bytes: Uint8Array
  leaf: Uint8Array
  trusted: Trusted
  keys: readonly NoteKey[]
}): Promise<Said> {
  const { bytes, trusted, keys } = args
  const parsed = parseTlogProof(bytes)
  if (!parsed.ok) throw new Unusable(`This is no receipt: ${parsed.code}: ${parsed.detail}`)
  const checkpoint = utf8Decode(parsed.value.checkpoint) ?? ''
  const origin = checkpoint.split('\n')[0] ?? ''
  const key = keys.find(({ name }) => name === origin) ?? keys[0]
  const isTrusted =
    trusted.fingerprint === undefined || (key && trusted.fingerprint === vkeyFingerprint(formatVkey(key)))
  if (!key || !isTrusted) {
    const text =
      'NOT VERIFIED. A receipt is checked with the log’s own key, which no fingerprint replaces: give it whole with --vkey.\n'
    return { code: 3, text, json: { verdict: 'not-verified', code: 'nothing-trusted' }, checkpoint }
  }
  const isLeaf = Buffer.from(args.leaf.subarray(0, 11)).toString('latin1') === 'throughline' && hasLeafHeader(args.leaf)
  const { extra } = parsed.value
  const leaf = isLeaf || extra === undefined ? args.leaf : concat(extra, utf8Encode('\n'), args.leaf)
  const verified = await verifyTlogProof({ file: bytes, leaf, keys: [key], verify: verifyNatively })
  if (!verified.ok) {
    const text = `FAILED. ${verified.code}: ${verified.detail}\n`
    return {
      code: 1,
      text: printable(text),
      json: { verdict: 'failed', code: verified.code, detail: verified.detail },
      checkpoint,
    }
  }
  const { leafIndex, checkpoint: tree } = verified.value
  const at = `leaf ${leafIndex} of ${tree.size} in ${tree.origin}`
  const { policy } = trusted
  const vkey = formatVkey(key)
  const { check } =
    policy === undefined
      ? { check: undefined }
      : await checkWitnesses({ checkpoint, vkey, policy, verify: verifyNatively })
  const facts = { leafIndex, size: String(tree.size), origin: tree.origin, ...(check && { witnesses: check }) }
  if (check?.outcome === 'fail') {
    const count = check.facts
      ? ` ${check.facts.k} of ${check.facts.n} signed; ${check.facts.least} or more are needed.`
      : ''
    const text = `FAILED. The record is ${at}, but the witnesses you trust do not bear it out: ${check.code}.${count} ${check.detail}\n`
    return { code: 1, text: printable(text), json: { verdict: 'failed', code: check.code, ...facts }, checkpoint }
  }
  const seen =
    check?.outcome === 'pass'
      ? `Seen by ${check.facts?.k} of ${check.facts?.n} witnesses: ${check.facts?.names}.`
      : 'No witnesses were asked.'
  const text = `VERIFIED. The record is ${at}, byte for byte. ${seen}\nDoes not prove: that what the record says is true, or that the rules of custody allowed it.\n`
  return { code: 0, text: printable(text), json: { verdict: 'verified', ...facts }, checkpoint }
}

function hasLeafHeader(leaf: Uint8Array): boolean {
  return /^throughline\/(?:leaf|index)\/v1 /.test(Buffer.from(leaf.subarray(0, 40)).toString('latin1'))
}

/** The keys of the logs that are trusted by name: given themselves, or listed in the policy. */
export function trustedKeys({ vkey }: Trusted, listed: readonly NoteKey[]): readonly NoteKey[] {
  const own = vkey === undefined ? undefined : parseVkey(vkey)
  return own?.ok ? [own.value] : listed
}
