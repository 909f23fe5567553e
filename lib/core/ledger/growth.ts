import { equalBytes } from '../bytes.ts'
import { nodeHash } from './merkle.ts'

/**
 * `verifyConsistency` for sizes as other logs may have them, up to 2^63 − 1 (RFC 9162 §2.1.4.2): whether `proof` shows that the tree of `newRoot` begins with
 * that of `oldRoot`. Equal sizes take equal roots and no hash; from size 0 everything follows, without a hash.
 */
export function verifyGrowth(args: {
  oldSize: bigint
  oldRoot: Uint8Array
  newSize: bigint
  newRoot: Uint8Array
  proof: readonly Uint8Array[]
}): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = args
  if (oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot)
  if (oldSize === 0n) return proof.length === 0
  let [old, last] = [oldSize - 1n, newSize - 1n]
  for (; old & 1n; old >>= 1n) last >>= 1n
  // 0 here iff the old tree is a perfect one: its root is the first hash and not sent.
  const path = old === 0n ? [oldRoot, ...proof] : proof
  const [first, ...rest] = path
  if (first === undefined) return false
  let [toOld, toNew] = [first, first]
  for (const hash of rest) {
    if (last === 0n) return false
    if (old & 1n || old === last) {
      toOld = nodeHash(hash, toOld)
      toNew = nodeHash(hash, toNew)
      for (; !(old & 1n) && old !== 0n; old >>= 1n) last >>= 1n
    } else {
      toNew = nodeHash(toNew, hash)
    }
    old >>= 1n
    last >>= 1n
  }
  return last === 0n && equalBytes(toOld, oldRoot) && equalBytes(toNew, newRoot)
}
