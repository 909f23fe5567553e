import { record } from '../custody/consignment.ts'
import { parseSubject } from '../custody/event.ts'
import type { Refusal } from '../custody/refusals.ts'
import type { ConsignmentState, Entry, KeyState, PartyState, Recorded, Subject } from '../custody/state.ts'
import { parseLeaf } from './leaf.ts'
import { recordedOf } from './obligations.ts'
import { parseKnownEvent } from './signed-event.ts'

/** A leaf with the verdict that was stored beside it. */
export type StoredLeaf = {
  readonly leafIndex: number
  readonly bytes: Uint8Array
  readonly reason: Refusal | undefined
}

/**
 * A subject's state from its whole chain and the stored verdicts, without asking the rules again (they need the state of other subjects at
 * that time; `fsck` asks them). Throws on a leaf that cannot be read: append wrote none.
 */
export function foldChain(subject: string, leaves: readonly StoredLeaf[]): Subject {
  const about = parseSubject(subject)?.about
  const chain = leaves.map(leaf => ({ recorded: recordedAt(leaf), reason: leaf.reason }))
  switch (about) {
    case 'log':
      return foldLog(chain)
    case 'party':
      return { about, state: foldParty(chain) }
    case 'key':
      return { about, state: foldKey(chain) }
    case 'consignment': {
      const state = chain.reduce<ConsignmentState | undefined>(
        (before, { recorded, reason }) => record(before, recorded, reason),
        undefined,
      )
      return { about, state: state as ConsignmentState }
    }
    case undefined:
      throw new Error(`no subject: ${subject}`)
  }
}

type Link = { readonly recorded: Recorded; readonly reason: Refusal | undefined }

function recordedAt({ leafIndex, bytes }: StoredLeaf): Recorded {
  const leaf = parseLeaf(bytes)
  const signed = leaf.ok ? parseKnownEvent(leaf.value.note) : leaf
  if (!leaf.ok || !signed.ok) throw new Error(`leaf ${leafIndex} cannot be read`)
  // The verdicts on signatures were asked for when it was recorded; folding does not look at them.
  const facts = { note: 'signature-ok' } as const
  return recordedOf({ signed: signed.value, facts, index: leafIndex, recordedAt: leaf.value.recordedAt })
}

const entryOf = (recorded: Recorded): Entry => ({
  recorded,
  acting: recorded.event,
  actingHash: recorded.hash,
  correctedBy: [],
})

function foldLog(chain: readonly Link[]): Subject {
  const event = chain[0]?.recorded.event
  if (event?.kind !== 'found') throw new Error('the log is not founded')
  return { about: 'log', state: { ...event.body, key: event.key } }
}

function foldParty(chain: readonly Link[]): PartyState {
  const first = chain[0]?.recorded.event
  if (first?.kind !== 'register') throw new Error('a party begins with its registration')
  const last = chain.findLast(({ recorded }) => recorded.event.kind === 'suspend' || recorded.event.kind === 'resume')
  return {
    reference: first.id,
    type: first.body.type,
    suspended: last?.recorded.event.kind === 'suspend',
    chain: chain.map(({ recorded }) => entryOf(recorded)),
  }
}

function foldKey(chain: readonly Link[]): KeyState {
  const first = chain[0]?.recorded
  if (first?.event.kind !== 'enrol') throw new Error('a key begins with its enrolment')
  const { publicKey, party, role, held, until } = first.event.body
  const revocation = chain[1]?.recorded
  const revoke = revocation?.event.kind === 'revoke' ? revocation.event.body : undefined
  return {
    key: first.event.id,
    publicKey,
    party,
    role,
    held,
    ...(until !== undefined && { until }),
    byOperator: first.event.by !== party,
    enrolledAt: first.index,
    ...(revocation &&
      revoke && {
        revoked: {
          index: revocation.index,
          reason: revoke.reason,
          ...(revoke.from !== undefined && { from: Number(revoke.from) }),
        },
      }),
    chain: chain.map(({ recorded }) => entryOf(recorded)),
  }
}

/** {@link foldChain} without the leaves that cannot be read or no longer fit; undefined where nothing is left. */
export function tryFoldChain(subject: string, leaves: readonly StoredLeaf[]): Subject | undefined {
  try {
    return foldChain(subject, leaves)
  } catch {
    // One leaf was altered: take those that still fit, in order. Quadratic, and only then.
  }
  let state: Subject | undefined
  const fitting: StoredLeaf[] = []
  for (const leaf of leaves) {
    try {
      state = foldChain(subject, [...fitting, leaf])
      fitting.push(leaf)
    } catch {
      // Passed over: the next ones may still say something.
    }
  }
  return state
}
