import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { Taken } from '../audit/replay.ts'
import { equalBytes } from '../core/bytes.ts'
import type { IndexLeaf } from '../core/ledger/index-leaf.ts'
import { mapHashOf } from '../core/ledger/map.ts'
import { decodeTile } from '../core/ledger/map-tiles.ts'
import type { Finding } from './fsck.ts'
import { storedTiles } from './map-store.ts'
import { bytesOf, query } from './sql.ts'

/** Tiles held at a time. */
const AT_ONCE = 2000

type Beside = {
  /** Leaf 0 promises an index. */
  readonly isPromised: boolean
  /** Root of the tree at a size of the table, where the tree is whole up to there. */
  readonly rootAt: (size: number) => Uint8Array | undefined
}

/** What stands beside index leaves: the sizes that may be signed, and the stored map. That a leaf's map root is a replay's own, the replay says. */
export function startIndexCheck() {
  const leaves = new Map<number, IndexLeaf>()

  async function* compare(on: SqlQueryable, { isPromised, rootAt }: Beside): AsyncGenerator<Finding> {
    const rows = await query(on, 'SELECT "size", "root", "mapRoot", "recordedAt" FROM "IndexLeaf" ORDER BY "size"')
    const sizes = new Set(rows.map(row => Number(row[0])))
    for (const [at, root, mapRoot, recordedAt] of rows) {
      const size = Number(at)
      const leaf = leaves.get(size)
      const own = rootAt(size)
      const fits =
        leaf && equalBytes(leaf.mapRoot, bytesOf(mapRoot)) && leaf.at === Number(recordedAt) && own !== undefined
      if (fits && equalBytes(own, bytesOf(root))) continue
      yield { code: 'index-differs', leaf: size - 1, detail: `what is stored of the index leaf of ${size} leaves` }
    }
    for (const size of leaves.keys()) {
      const detail = `the size that this index leaf ends is not stored`
      if (!sizes.has(size)) yield { code: 'index-differs', leaf: size - 1, detail }
    }
    if (isPromised) {
      for (const [size] of await query(on, 'SELECT "size" FROM "Checkpoint" WHERE "size" > 0 ORDER BY "size"')) {
        const detail = `the checkpoint of ${size} leaves does not end in an index leaf`
        if (!leaves.has(Number(size))) yield { code: 'index-missing', leaf: Number(size) - 1, detail }
      }
    }
    const [newest] = [...leaves].reverse()
    yield* compareMap(on, newest?.[1].mapRoot)
  }

  return {
    take: ({ index, indexLeaf }: Taken) => void (indexLeaf && leaves.set(index + 1, indexLeaf)),
    compare,
  }
}

/** Every stored tile against the hash that the tile above has of it, from the root that the newest index leaf commits to: one that fits is the whole map. */
async function* compareMap(on: SqlQueryable, mapRoot: Uint8Array | undefined): AsyncGenerator<Finding> {
  let level = new Map<string, Uint8Array>(mapRoot && [['', mapRoot]])
  let known = 0
  while (level.size > 0) {
    const below = new Map<string, Uint8Array>()
    const paths = [...level.keys()]
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const some = paths.slice(at, at + AT_ONCE)
      const read = await storedTiles(on).read(some)
      for (const path of some) {
        const parts = partsOf(path, read.get(path), level.get(path) as Uint8Array)
        if (read.has(path)) known++
        if (!parts) yield { code: 'map-differs', detail: `tile '${path}' of the map is not that of the leaves` }
        for (const [digit, part] of (parts ?? []).slice(16).entries()) {
          if (part && !part.entry) below.set(path + digit.toString(16), part.hash)
        }
      }
    }
    level = below
  }
  const [row] = await query(on, 'SELECT COUNT(*) FROM "MapTile"')
  const stored = Number(row?.[0])
  if (stored > known) yield { code: 'map-differs', detail: `${stored - known} tiles lead to no subject of the map` }
}

function partsOf(path: string, bytes: Uint8Array | undefined, hash: Uint8Array) {
  if (!bytes) return undefined
  try {
    const parts = decodeTile(path, bytes)
    return equalBytes(mapHashOf(parts[1]), hash) ? parts : undefined
  } catch {
    return undefined
  }
}
