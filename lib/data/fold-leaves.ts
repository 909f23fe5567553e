import type { Context, Subject } from '../core/custody/state.ts'
import { emptyWorld, keep } from '../core/custody/world.ts'
import { type StoredLeaf, tryFoldChain } from '../core/evidence/fold.ts'
import type { Gathered } from './leaf-source.ts'

/**
 * The states that gathered leaves come to, by their stored verdicts. Lenient: a leaf that cannot be read, or no longer fits, is passed over,
 * because a page must come for an altered database too; the verifier is who judges.
 */
export function foldLeaves({ leaves, acting, reasons }: Gathered): Context {
  const chains = new Map<string, StoredLeaf[]>()
  for (const { index, bytes } of leaves) {
    const subject = acting.get(index)?.subject
    if (subject === undefined) continue
    const leaf = { leafIndex: index, bytes, reason: reasons.get(index) }
    const chain = chains.get(subject)
    if (chain) chain.push(leaf)
    else chains.set(subject, [leaf])
  }
  const world = emptyWorld({ complete: false })
  for (const [subject, chain] of chains) {
    const state = tryFoldChain(subject, chain)
    if (!state) continue
    keep(world, state)
    for (const [hash, reference] of actsOf(state)) world.acts.set(hash, reference)
  }
  return world
}

function actsOf(subject: Subject): [string, string][] {
  if (subject.about !== 'consignment') return []
  const { reference, chain } = subject.state
  return chain.map(entry => [entry.actingHash, reference])
}
