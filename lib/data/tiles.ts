import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes } from '../core/bytes.ts'
import { type ReadTile, subtreeHashes } from '../core/ledger/hash-tiles.ts'
import { consistencyRanges, inclusionRanges, type Range, verifyConsistency } from '../core/ledger/merkle.ts'
import { TILE_WIDTH } from '../core/ledger/tile.ts'
import { bytesOf, query } from './sql.ts'

/** A hash that the tree must have is not in the database: someone deleted rows. */
export class MissingHash extends Error {}

/** Hashes of one tile: level 0 from the leaves, the others from the nodes, at most 256 rows. */
export function tileReader(on: SqlQueryable): ReadTile {
  return async ({ level, index, width }) => {
    const [from, to] = [index * TILE_WIDTH, index * TILE_WIDTH + width]
    const rows =
      level === 0
        ? await query(
            on,
            'SELECT "leafHash" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? ORDER BY "leafIndex"',
            [from, to],
          )
        : await query(
            on,
            'SELECT "hash" FROM "Node" WHERE "level" = ? AND "position" >= ? AND "position" < ? ORDER BY "position"',
            [level, from, to],
          )
    if (rows.length !== width) throw new MissingHash(`tile ${level}/${index} has ${rows.length} hashes, not ${width}`)
    return rows.map(row => bytesOf(row[0]))
  }
}

/** Leaf bytes [from, to) with their stored hashes, in order; fewer where the log ends. */
export async function readLeaves(
  on: SqlQueryable,
  { from, to }: { from: number; to: number },
): Promise<{ leafIndex: number; bytes: Uint8Array; leafHash: Uint8Array }[]> {
  const sql =
    'SELECT "leafIndex", "bytes", "leafHash" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? ORDER BY "leafIndex"'
  const rows = await query(on, sql, [from, to])
  return rows.map(([leafIndex, bytes, leafHash]) => ({
    leafIndex: Number(leafIndex),
    bytes: bytesOf(bytes),
    leafHash: bytesOf(leafHash),
  }))
}

/** The hashes of planned ranges (inclusion, consistency, multi-proof), in their order. */
export function hashesOf(
  on: SqlQueryable,
  { ranges, treeSize }: { ranges: readonly Range[]; treeSize: number },
): Promise<Uint8Array[]> {
  return subtreeHashes({ ranges, treeSize, readTile: tileReader(on) })
}

/** Inclusion proof of one leaf in the tree of `treeSize`. */
export function inclusionProof(on: SqlQueryable, args: { leafIndex: number; treeSize: number }): Promise<Uint8Array[]> {
  return hashesOf(on, { ranges: inclusionRanges(args), treeSize: args.treeSize })
}

/** Consistency proof between two sizes of the stored tree. */
export function consistencyProof(on: SqlQueryable, args: { oldSize: number; newSize: number }): Promise<Uint8Array[]> {
  return hashesOf(on, { ranges: consistencyRanges(args), treeSize: args.newSize })
}

/**
 * Whether the stored hashes come to `head`, and lead to it from `old`. A missing hash is no. Leaves under a full tile are taken by the node
 * above them, which the scrubber compares.
 */
export async function isConsistent(
  on: SqlQueryable,
  { old, head }: { old: TreeHead; head: TreeHead },
): Promise<boolean> {
  const [oldSize, newSize] = [old.size, head.size]
  if (oldSize > newSize) return false
  try {
    if (newSize > 0) {
      const [root] = await hashesOf(on, { ranges: [{ start: 0, end: newSize }], treeSize: newSize })
      if (!root || !equalBytes(root, head.root)) return false
    }
    const proof = await consistencyProof(on, { oldSize, newSize })
    return verifyConsistency({ oldSize, oldRoot: old.root, newSize, newRoot: head.root, proof })
  } catch (error) {
    if (error instanceof MissingHash) return false
    throw error
  }
}

export type TreeHead = { readonly size: number; readonly root: Uint8Array }
