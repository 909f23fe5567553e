import type { ConsignmentEvent } from './event.ts'
import type { Entry } from './state.ts'

type Chain = readonly Entry<ConsignmentEvent>[]
type Index = { readonly places: Map<string, number>; size: number }

// Chains that grew one from the other share one index of places by hash; a place beyond a chain's own end is another's. Without it every event
// is compared with all before it, which is most of the work on a long consignment.
const indices = new WeakMap<Chain, Index>()

/** The entry of `chain` that was recorded, or acts, under this event hash; the newest where there are several. */
export function entryNamed(chain: Chain, hash: string): Entry<ConsignmentEvent> | undefined {
  const place = indexOf(chain).places.get(hash)
  if (place === undefined || place < chain.length) return place === undefined ? undefined : chain[place]
  return chain.findLast(({ recorded, actingHash }) => recorded.hash === hash || actingHash === hash)
}

/** `chain` with one more entry. */
export function chained(chain: Chain, entry: Entry<ConsignmentEvent>): Chain {
  const next = [...chain, entry]
  const known = indexOf(chain)
  // Where another chain has grown from this one already, the two part here.
  const index = known.size === chain.length ? known : buildIndex(chain)
  add(index, entry)
  indices.set(next, index)
  return next
}

function indexOf(chain: Chain): Index {
  const known = indices.get(chain)
  if (known) return known
  const index = buildIndex(chain)
  indices.set(chain, index)
  return index
}

function buildIndex(chain: Chain): Index {
  const index = { places: new Map<string, number>(), size: 0 }
  for (const entry of chain) add(index, entry)
  return index
}

function add(index: Index, { recorded, actingHash }: Entry<ConsignmentEvent>): void {
  index.places.set(recorded.hash, index.size)
  index.places.set(actingHash, index.size)
  index.size++
}
