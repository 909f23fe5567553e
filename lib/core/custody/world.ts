import { assertNever } from '../result.ts'
import type { ConsignmentState, Context, Founding, KeyState, PartyState, Subject } from './state.ts'

/** What is known of a log, held in memory: filled in log order by whoever replays it. */
export interface World extends Context {
  founding: Founding | undefined
  /** True when every leaf is replayed, so that "has no live admin key left" can be decided. */
  readonly complete: boolean
  readonly parties: Map<string, PartyState>
  readonly keys: Map<string, KeyState>
  readonly consignments: Map<string, ConsignmentState>
  /** Reference of the consignment in whose chain the event with this acting hash stands. */
  readonly acts: Map<string, string>
}

/** A world before leaf 0. */
export function emptyWorld({ complete }: { complete: boolean }): World {
  const parties = new Map<string, PartyState>()
  const keys = new Map<string, KeyState>()
  const consignments = new Map<string, ConsignmentState>()
  const acts = new Map<string, string>()
  return {
    founding: undefined,
    complete,
    parties,
    keys,
    consignments,
    acts,
    party: reference => parties.get(reference),
    key: key => keys.get(key),
    keysOf: party => (complete ? [...keys.values()].filter(key => key.party === party) : undefined),
    consignment: reference => consignments.get(reference),
    consignmentOf: eventHash => {
      const reference = acts.get(eventHash)
      return reference === undefined ? undefined : consignments.get(reference)
    },
  }
}

/** Takes over a subject's state after a decision recorded it. */
export function keep(world: World, subject: Subject): void {
  switch (subject.about) {
    case 'log':
      world.founding = subject.state
      return
    case 'party':
      world.parties.set(subject.state.reference, subject.state)
      return
    case 'key':
      world.keys.set(subject.state.key, subject.state)
      return
    case 'consignment': {
      world.consignments.set(subject.state.reference, subject.state)
      const last = subject.state.chain.at(-1)
      if (last) world.acts.set(last.actingHash, subject.state.reference)
      return
    }
    default:
      assertNever(subject)
  }
}
