import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes } from '../core/bytes.ts'
import { INDEX_SUBJECT } from '../core/evidence/map-changes.ts'
import { rootOfEdge } from '../core/ledger/edge.ts'
import { growEdge } from '../core/ledger/hash-tiles.ts'
import { formatIndexLeaf, parseIndexLeaf } from '../core/ledger/index-leaf.ts'
import { EMPTY_MAP_ROOT } from '../core/ledger/map.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { measures } from '../monitor/measures.ts'
import { inTransaction, whenFree } from './gate.ts'
import { FOUNDING_LEAVES, type Head, moveHead, readHead } from './head.ts'
import { goReadOnly, heedAlarm, type Log } from './log-state.ts'
import { type Growth, growTo, SLICE, startGrowth } from './map-growth.ts'
import { isDamage, rebuildMap } from './map-repair.ts'
import { MapDamage } from './map-since.ts'
import { writeTiles } from './map-store.ts'
import { bytesOf, insert, query, type Row } from './sql.ts'
import { readLeaves, type TreeHead } from './tiles.ts'

/** A size that ends in an index leaf: what may be signed. */
export type IndexedHead = TreeHead & { readonly mapRoot: Uint8Array }

/** Before the first index leaf. */
const NOTHING_INDEXED = { size: 0, mapRoot: EMPTY_MAP_ROOT }

/** The newest index leaf, or the one that ends the tree of `size`; undefined where there is none. */
export async function readIndexed(on: SqlQueryable, size?: number): Promise<IndexedHead | undefined> {
  const which = size === undefined ? 'ORDER BY "size" DESC LIMIT 1' : 'WHERE "size" = ?'
  const sql = `SELECT "size", "root", "mapRoot" FROM "IndexLeaf" ${which}`
  const [row] = await query(on, sql, size === undefined ? [] : [size])
  return row && { size: Number(row[0]), root: bytesOf(row[1]), mapRoot: bytesOf(row[2]) }
}

/** Index leaves recorded so far. */
export async function countIndexLeaves(on: SqlQueryable): Promise<number> {
  const sql = 'SELECT "seq" FROM "Leaf" WHERE "subject" = ? ORDER BY "seq" DESC LIMIT 1'
  const [last] = await query(on, sql, [INDEX_SUBJECT])
  return Number(last?.[0] ?? -1) + 1
}

/**
 * What may be signed of a log that promises an index (PROTOCOL §6): the tree up to its newest index leaf, which is written first where leaves
 * were recorded since. Undefined before the four founding leaves, and where the log is read-only: leaf, row and map must agree. From
 * whatever process, however often: what was written once is found again.
 */
export async function indexedHead(log: Log): Promise<IndexedHead | undefined> {
  const { size } = await readHead(log.adapter)
  const known = await readIndexed(log.adapter)
  if (size > (known?.size ?? 0)) {
    const grown = await growAhead(log)
    if (await inMapTransaction(log, on => appendIndexLeaf(log, on, grown))) {
      measures().appends.inc({ kind: 'index', effect: 'yes' })
    }
  }
  const newest = await readIndexed(log.adapter)
  if (!newest || log.readOnly) return undefined
  if (await isStated(log.adapter, newest)) return newest
  goReadOnly(log, 'index-differs', `leaf ${newest.size - 1} is not the index leaf that stands beside it`)
  return undefined
}

/** Whether the last leaf of that tree is an index leaf and states that map root: the leaf is what was signed, the row beside it is not. */
async function isStated(on: SqlQueryable, { size, mapRoot }: { size: number; mapRoot: Uint8Array }): Promise<boolean> {
  const [leaf] = await readLeaves(on, { from: size - 1, to: size })
  if (!leaf || !equalBytes(leafHash(leaf.bytes), leaf.leafHash)) return false
  const said = parseIndexLeaf(leaf.bytes)
  return said.ok && equalBytes(said.value.mapRoot, mapRoot)
}

/** The stored map was found damaged: derives it again. Read-only where the leaves do not come to what the newest index leaf committed to. */
export async function repairMap(log: Log): Promise<void> {
  await inMapTransaction(log, async on => {
    const newest = await readIndexed(on)
    if (newest) await rebuildMap(on, newest)
    return newest !== undefined
  })
}

/** Runs `body` in a transaction of its own, and leaves the log read-only where it finds what no rebuilding mends. Answers whether anything was written. */
async function inMapTransaction(log: Log, body: (on: SqlQueryable) => Promise<boolean>): Promise<boolean> {
  try {
    return await whenFree(() => inTransaction(log.adapter, body))
  } catch (error) {
    if (!isDamage(error)) throw error
    goReadOnly(log, 'index-differs', error instanceof Error ? error.message : String(error))
    return false
  }
}

/** Times that growing ahead looks for what was recorded meanwhile; the rest is grown under the lock. */
const MOST_ROUNDS = 4

/** Most of the work of an index leaf, before anyone has to wait for it: the map up to a slice of the head. Undefined where the lock must see to all of it. */
async function growAhead(log: Log): Promise<Growth | undefined> {
  const growth = startGrowth((await readIndexed(log.adapter)) ?? NOTHING_INDEXED)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { size } = await readHead(log.adapter)
    if (size - growth.to <= SLICE) break
    const isGrown = await growTo(log.adapter, growth, size).catch(error => {
      if (!isDamage(error)) throw error
      return false
    })
    if (!isGrown) return undefined
  }
  return growth
}

/**
 * Inside one transaction, whose lock keeps every other writer out: map, leaf, head and the size that may be signed, or nothing of them. A crash before
 * the commit leaves nothing; one after it leaves a size that any process signs. `ahead`: what was grown already, of use if nobody has published since.
 */
async function appendIndexLeaf(log: Log, on: SqlQueryable, ahead: Growth | undefined): Promise<boolean> {
  const head = await readHead(on)
  const last = (await readIndexed(on)) ?? NOTHING_INDEXED
  if (head.size < FOUNDING_LEAVES || head.size === last.size || heedAlarm(log, head)) return false
  if (last.size > 0 && !(await isStated(on, last))) {
    throw new MapDamage(`leaf ${last.size - 1} is not the index leaf that stands beside it`)
  }
  let growth = ahead?.from === last.size ? ahead : startGrowth(last)
  if (!(await growTo(on, growth, head.size))) {
    // An index leaf over a map that was changed in the database would be a lie that stays in the log for ever.
    await rebuildMap(on, last)
    growth = startGrowth(last)
    if (!(await growTo(on, growth, head.size))) {
      throw new MapDamage(`the map before leaf ${last.size} cannot be derived again`)
    }
  }
  await writeTiles(on, growth.written)
  await writeLeaf({ on, head, mapRoot: growth.root, now: log.clock() })
  return true
}

async function writeLeaf({
  on,
  head,
  mapRoot,
  now,
}: {
  on: SqlQueryable
  head: Head
  mapRoot: Uint8Array
  now: number
}) {
  const recordedAt = Math.max(now, head.recordedAt)
  const bytes = formatIndexLeaf({ at: recordedAt, mapRoot })
  const hash = leafHash(bytes)
  const seq = await countIndexLeaves(on)
  const columns = ['leafIndex', 'subject', 'seq', 'bytes', 'leafHash', 'recordedAt', 'inEffect', 'reason']
  const leaf: Row = [head.size, INDEX_SUBJECT, seq, bytes, hash, recordedAt, true, null]
  await insert(on, { table: 'Leaf', columns }, [leaf])
  const { edge, nodes } = growEdge({ edge: head.edge, size: head.size, leafHashes: [hash] })
  const nodeRows = nodes.map(({ level, index, hash }): Row => [level, index, hash])
  if (nodeRows.length > 0) await insert(on, { table: 'Node', columns: ['level', 'position', 'hash'] }, nodeRows)
  const size = head.size + 1
  const root = rootOfEdge({ edge, size })
  const row: Row = [size, root, mapRoot, recordedAt]
  await insert(on, { table: 'IndexLeaf', columns: ['size', 'root', 'mapRoot', 'recordedAt'] }, [row])
  await moveHead(on, { from: head, to: { size, root, edge, recordedAt } })
}
