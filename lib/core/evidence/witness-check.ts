import { equalBytes, utf8Encode } from '../bytes.ts'
import { readCosignature } from '../ledger/cosign.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { noteSignatureLine, parseNote } from '../ledger/note.ts'
import {
  isQuorumMet,
  isReplaying,
  leastWitnesses,
  type PolicyWitness,
  parsePolicy,
  witnessTitle,
} from '../ledger/policy.ts'
import { parseVkey } from '../ledger/vkey.ts'
import { failed, notRun, passed } from './checks.ts'
import type { Check } from './report.ts'

/** The check `witnesses`, and who of the trusted witnesses signed only what it has replayed: `complete` is confirmed by them. */
export interface Witnessed {
  readonly check: Check
  /** Names as in the policy, without their mark. */
  readonly replayedBy: readonly string[]
}

/** Who of a trusted policy signed a checkpoint. `policy` is text of a tlog-policy file, `vkey` that of the evidence, already a hint and no more. */
export type CheckWitnesses = (args: {
  checkpoint: string
  vkey: string
  policy: string
  verify: VerifySignature
}) => Promise<Witnessed>

/**
 * `witnesses`: enough of the witnesses that `policy` names signed this very checkpoint. Where the policy names logs, the evidence must be of one of
 * them. Passed in rather than called by the verifier, so that a browser which trusts no witness need not load it (SPEC.md).
 */
export const checkWitnesses: CheckWitnesses = async ({ checkpoint, vkey, policy: text, verify }) => {
  const name = 'witnesses'
  const policy = parsePolicy(text)
  if (!policy.ok) return alone(failed(name, 'policy-unusable', `${policy.code}: ${policy.detail}`))
  const { logs, witnesses, quorum } = policy.value
  const log = parseVkey(vkey)
  const isListed =
    log.ok && logs.some(({ key }) => key.name === log.value.name && equalBytes(key.publicKey, log.value.publicKey))
  if (logs.length > 0 && !isListed) return alone(failed(name, 'policy-other-log', ''))
  const note = parseNote(utf8Encode(checkpoint))
  if (!note.ok) return alone(notRun(name, 'checkpoint-unreadable'))
  const signed: PolicyWitness[] = []
  for (const witness of witnesses) {
    const { key } = witness
    const line = note.value.signatures.find(each => each.name === key.name && equalBytes(each.keyId, key.keyId))
    if (!line) continue
    const read = await readCosignature({ lines: noteSignatureLine(line), text: note.value.text, key, verify })
    if (!read.ok) return alone(failed(name, 'witness-signature-invalid', witnessTitle(witness)))
    signed.push(witness)
  }
  const names = signed.map(witnessTitle).join(', ')
  const facts = { k: signed.length, n: witnesses.length, least: leastWitnesses(policy.value), names }
  if (!isQuorumMet(policy.value, new Set(signed.map(witness => witness.name)))) {
    return alone(failed(name, 'witnesses-too-few', '', { facts }))
  }
  if (quorum === undefined && signed.length === 0) return alone(notRun(name, 'no-witness-asked'))
  return { check: passed(name, { facts }), replayedBy: signed.filter(isReplaying).map(witnessTitle) }
}

function alone(check: Check): Witnessed {
  return { check, replayedBy: [] }
}
