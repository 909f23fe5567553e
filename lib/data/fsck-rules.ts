import type { Event } from '../core/custody/event.ts'
import type { World } from '../core/custody/world.ts'
import { parseLeaf } from '../core/evidence/leaf.ts'
import { checkSignatures, claimKeyIn, type Keyring, publicKeyIn } from '../core/evidence/obligations.ts'
import { actingEvent } from '../core/evidence/read-leaves.ts'
import { type Step, startReplay } from '../core/evidence/replay.ts'
import { parseSignedEvent } from '../core/evidence/signed-event.ts'
import { verifyAside } from './ed25519.ts'
import type { Finding } from './fsck.ts'
import { hexOf, leafHashOf } from './hash.ts'

type StoredRow = {
  readonly leafIndex: number
  readonly subject: string
  readonly seq: number
  readonly bytes: Uint8Array
  readonly recordedAt: number
  readonly inEffect: boolean
  readonly reason: string | undefined
}

/** What one readable leaf says, for comparing names and openings afterwards. */
export type LeafFacts = {
  readonly hashes: readonly string[]
  readonly acting: Event | undefined
  /** Name of the key that signed; absent where the program does not know the event's version. */
  readonly key?: string
}

/**
 * Replays every leaf with the whole log known: signatures, who may speak, the rules of custody; and compares the columns beside the bytes.
 * `projected`: how many leaves the projections of consignments speak of; the consignments as of then are kept.
 */
export function startRulesCheck({ projected }: { projected: number }) {
  const replay = startReplay({ complete: true })
  const keys = new Map<string, Uint8Array>()
  const claims = new Map<string, Uint8Array>()
  const keyring: Keyring = { publicKey: key => keys.get(key), claimKey: release => claims.get(release) }
  const facts = new Map<number, LeafFacts>()
  let then: World['consignments'] | undefined

  async function take(row: StoredRow): Promise<Finding[]> {
    const { leafIndex: index } = row
    if (index === projected) then = new Map(replay.world.consignments)
    const leaf = parseLeaf(row.bytes)
    if (!leaf.ok) return [{ code: 'leaf-unreadable', leaf: index, detail: `${leaf.code}: ${leaf.detail}` }]
    const signed = parseSignedEvent(leaf.value.note)
    const acting = actingEvent({ signed })
    const brought = acting && publicKeyIn(acting.event)
    if (brought) keys.set(brought.key, brought.publicKey)
    const claim = acting && claimKeyIn(acting.event)
    if (acting && claim) claims.set(acting.hash, claim)
    const checked = signed.ok
      ? await checkSignatures({ signed: signed.value, keyring, verify: verifyAside })
      : undefined
    const leafHash = hexOf(leafHashOf(row.bytes))
    const step = replay.step({ index, leafHash, leaf: leaf.value, signed, facts: checked })
    if (signed.ok) {
      const restated = signed.value.event ? signed.value.restated : undefined
      const hashes = restated ? [signed.value.hash, restated.hash] : [signed.value.hash]
      const key = signed.value.event?.key
      facts.set(index, { hashes, acting: acting?.event, ...(key !== undefined && { key }) })
    }
    return [...findingsOf(step, index), ...compareColumns(row, leaf.value, step)]
  }

  /** The consignments as of the first `projected` leaves. */
  const projectedConsignments = () => then ?? replay.world.consignments

  return { take, world: replay.world, facts, projectedConsignments }
}

export type RulesCheck = ReturnType<typeof startRulesCheck>

function findingsOf(step: Step, leaf: number): Finding[] {
  const findings: Finding[] = []
  const { chain, signature, refusable, unbalanced } = step
  if (chain) findings.push({ code: 'chain-broken', leaf, detail: `${chain.code}: ${chain.detail}` })
  if (signature) findings.push({ code: 'event-wrong', leaf, detail: `${signature.code}: ${signature.detail}` })
  if (refusable) findings.push({ code: 'rules-broken', leaf, detail: `${refusable.code}: ${refusable.detail}` })
  if (unbalanced !== undefined) {
    findings.push({ code: 'rules-broken', leaf, detail: `the balance of line ${unbalanced} does not hold` })
  }
  return findings
}

function compareColumns(row: StoredRow, leaf: { seq: number; recordedAt: number }, step: Step): Finding[] {
  const findings: Finding[] = []
  const columns = { subject: step.subject ?? row.subject, seq: leaf.seq, recordedAt: leaf.recordedAt }
  for (const [name, value] of Object.entries(columns)) {
    const stored = row[name as keyof typeof columns]
    if (stored !== value) {
      findings.push({ code: 'leaf-column', leaf: row.leafIndex, detail: `${name} is ${value}, stored as ${stored}` })
    }
  }
  if (step.decision) {
    const reason = step.decision.inEffect ? undefined : step.decision.reason
    if (row.inEffect !== step.decision.inEffect || row.reason !== reason) {
      const detail = `the rules say ${reason ?? 'in effect'}, stored is ${row.reason ?? (row.inEffect ? 'in effect' : 'not in effect')}`
      findings.push({ code: 'verdict-differs', leaf: row.leafIndex, detail })
    }
  }
  return findings
}
