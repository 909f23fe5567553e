import { utf8Decode } from '../core/bytes.ts'
import { cosignatureMessage, formatCosignature } from '../core/ledger/cosignature.ts'
import { formatNote, type NoteSignature, noteSignatureLine } from '../core/ledger/note.ts'
import { noteKeyId, TYPE_COSIGNATURE } from '../core/ledger/vkey.ts'
import { decideWitness, type WitnessDecision } from '../core/ledger/witness-decision.ts'
import { verifyNatively } from '../data/ed25519.ts'
import { publicKeyNatively, signNatively } from '../data/sign.ts'
import type { WitnessKey } from './key.ts'
import type { FollowedLog, WitnessStore } from './store.ts'

export type Answer = { readonly status: number; readonly body: string; readonly type?: string }

/** A decision to sign, and the log it is about. */
export type ToSign = Extract<WitnessDecision, { status: 200 }> & { readonly log: FollowedLog }

/** Whether a witness that does more than watch the tree may sign this: undefined, or what to answer instead. */
export type Scruple = (toSign: ToSign) => Promise<Answer | undefined>

const sizeAnswer = (size: bigint): Answer => ({ status: 409, body: `${size}\n`, type: 'text/x.tlog.size' })

/**
 * Answers one add-checkpoint request: decides, asks the scruple, signs a text of its own spelling, stores, and only then gives the line away.
 * `now`: unix seconds. Where the clock was set back, a cosignature is as of the time of the last one.
 */
export async function answerRequest(args: {
  store: WitnessStore
  key: WitnessKey
  now: () => number
  scruple?: Scruple | undefined
  body: Uint8Array
}): Promise<Answer> {
  const { store, key, now, scruple, body } = args
  let log: FollowedLog | undefined
  const logOf = (origin: string) => {
    log = store.log(origin)
    return log
  }
  const decision = await decideWitness({ body, logOf, verify: verifyNatively })
  if (decision.status === 409) return sizeAnswer(decision.size)
  if (decision.status !== 200) return { status: decision.status, body: `${decision.code}: ${decision.detail}\n` }
  if (!log) throw new Error(`decided without a log: ${decision.origin}`)
  const held = await scruple?.({ ...decision, log })
  if (held) return held
  const { origin, old, head, text, signatures } = decision
  const cosignedAt = Math.max(now(), log.cosignedAt ?? 1)
  const own = cosignatureBy(key, { time: BigInt(cosignedAt), text })
  const note = utf8Decode(formatNote({ text, signatures: [...signatures, own] })) as string
  if (store.replace({ origin, old, head, note, cosignedAt })) return { status: 200, body: noteSignatureLine(own) }
  return sizeAnswer((store.log(origin) as FollowedLog).head.size)
}

function cosignatureBy({ name, seed }: WitnessKey, { time, text }: { time: bigint; text: string }): NoteSignature {
  const message = cosignatureMessage({ time, text })
  const signature = formatCosignature({ time, signature: signNatively({ seed, message }) })
  const publicKey = publicKeyNatively(seed)
  return { name, keyId: noteKeyId({ name, type: TYPE_COSIGNATURE, publicKey }), signature }
}
