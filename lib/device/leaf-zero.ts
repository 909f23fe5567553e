import { equalBytes } from '../core/bytes.ts'
import type { Founding } from '../core/custody/state.ts'
import { readFounding } from '../core/evidence/founding.ts'
import type { Head } from '../core/evidence/log-checks.ts'
import { type FetchTile, rootFromTiles } from '../core/ledger/consistency-tiles.ts'
import type { VerifySignature } from '../core/ledger/ed25519.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { decodeEntries } from '../core/ledger/tile.ts'
import { fail, type Result } from '../core/result.ts'

/**
 * What leaf 0 of the log of `head` founds, and so what that log promises, from its tiles alone: who serves them can withhold, not lie. The bundle
 * is asked for at the width of one leaf. `fetchTile`, `fetchLeafZero` give undefined where there is none and reject where nothing answers.
 * Codes: those of tiles and of leaf 0; `leaf-zero-missing` (not given, or it founds nothing); `leaf-zero-other` (not the one in this tree);
 * `origin-mismatch` (it founds a log of another name).
 */
export async function foundingOf(args: {
  head: Head
  fetchTile: FetchTile
  fetchLeafZero: () => Promise<Uint8Array | undefined>
  verify: VerifySignature
}): Promise<Result<Founding>> {
  const { origin, size, rootHash } = args.head
  if (size === 0) return fail('leaf-zero-missing', 'the log is empty')
  // The root of a tree of one leaf is that leaf's hash.
  const hash = await rootFromTiles({ oldSize: 1, newSize: size, newRoot: rootHash, fetchTile: args.fetchTile })
  if (!hash.ok) return hash
  const bundle = await args.fetchLeafZero()
  const entries = bundle && decodeEntries(bundle)
  if (entries && !entries.ok) return entries
  const leaf = entries?.value[0]
  if (!leaf) return fail('leaf-zero-missing', 'no entry is given')
  if (!equalBytes(leafHash(leaf), hash.value)) return fail('leaf-zero-other', 'it is not in the tree')
  const founding = await readFounding({ bytes: leaf, verify: args.verify })
  if (!founding.ok || founding.value.origin === origin) return founding
  return fail('origin-mismatch', `leaf 0 founds ${founding.value.origin}, not ${origin}`)
}
