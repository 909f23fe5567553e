import type { Founding } from '../custody/state.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { leafHash } from '../ledger/merkle.ts'
import { fail, pass, type Result } from '../result.ts'
import { readLeaves } from './read-leaves.ts'
import { startReplay } from './replay.ts'

/**
 * What leaf 0 founds, read by itself; that `bytes` are the log's leaf 0 the caller has shown. Codes: those of a leaf and of a signed event;
 * `refusable` (no log takes such a founding); `leaf-zero-missing` (a sound leaf, and one that founds nothing).
 */
export async function readFounding({
  bytes,
  verify,
}: {
  bytes: Uint8Array
  verify: VerifySignature
}): Promise<Result<Founding>> {
  const [read] = await readLeaves({ leaves: [{ index: 0, bytes }], hashes: [leafHash(bytes)], verify })
  if (!read) throw new Error('one leaf is read as one')
  if (!read.leaf.ok) return read.leaf
  const { step, world } = startReplay({ complete: false })
  const { chain, signature, refusable } = step({ ...read, leaf: read.leaf.value })
  const wrong = chain ?? signature ?? (refusable && fail('refusable', `${refusable.code}: ${refusable.detail}`))
  if (wrong) return wrong
  return world.founding ? pass(world.founding) : fail('leaf-zero-missing', 'leaf 0 founds no log')
}
