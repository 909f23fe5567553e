import { neededBy } from './needs.ts'
import type { Recorded } from './state.ts'
import { emptyWorld, keep, type World } from './world.ts'

/** What of `world` somebody holds who loaded only what `neededBy` names, as append does. */
export function narrowed(world: World, { event, restated }: Recorded): World {
  const needs = neededBy(event, restated?.event)
  const keysOf = new Set(needs.keysOf)
  const part = emptyWorld({ complete: false })
  const narrow: World = {
    ...part,
    keysOf: party => (keysOf.has(party) ? [...part.keys.values()].filter(key => key.party === party) : undefined),
  }
  const subjects = new Set(needs.subjects)
  for (const key of world.keys.values()) {
    if (keysOf.has(key.party)) subjects.add(`key/${key.key}`)
    if (needs.partyOf.includes(key.key)) subjects.add(`party/${key.party}`)
  }
  for (const hash of needs.events) {
    const reference = world.acts.get(hash)
    if (reference === undefined) continue
    part.acts.set(hash, reference)
    subjects.add(`consignment/${reference}`)
  }
  if (subjects.has('log')) narrow.founding = world.founding
  for (const [reference, state] of world.parties)
    if (subjects.has(`party/${reference}`)) keep(narrow, { about: 'party', state })
  for (const [key, state] of world.keys) if (subjects.has(`key/${key}`)) keep(narrow, { about: 'key', state })
  for (const [reference, state] of world.consignments)
    if (subjects.has(`consignment/${reference}`)) keep(narrow, { about: 'consignment', state })
  return narrow
}
