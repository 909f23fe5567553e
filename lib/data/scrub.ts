import { equalBytes } from '../core/bytes.ts'
import { leafHash, rootOf } from '../core/ledger/merkle.ts'
import { TILE_WIDTH } from '../core/ledger/tile.ts'
import { logger } from '../monitor/logger.ts'
import { readHead } from './head.ts'
import { goReadOnly, type Log } from './log-state.ts'
import { isIndexTrue } from './scrub-index.ts'
import { bytesOf, query } from './sql.ts'
import { readLeaves } from './tiles.ts'

const MILLISECONDS_BETWEEN_SLICES = 1000
const pause = () => new Promise<void>(resolve => setImmediate(resolve))

/** Whether a leaf's bytes still have the hash that stands in the tree; read-only where not. For every leaf that is served. */
export function isIntact(log: Log, leaf: { leafIndex: number; bytes: Uint8Array; leafHash: Uint8Array }): boolean {
  if (equalBytes(leafHash(leaf.bytes), leaf.leafHash)) return true
  goReadOnly(log, 'leaf-altered', `leaf ${leaf.leafIndex} does not have the hash that stands in the tree`)
  return false
}

/** Re-hashes leaves [from, to), a slice at a time so that requests are answered in between. False at the first difference, and read-only. */
export async function rehash(log: Log, { from, to }: { from: number; to: number }): Promise<boolean> {
  for (let at = from; at < to; at += TILE_WIDTH) {
    const end = Math.min(at + TILE_WIDTH, to)
    const leaves = await readLeaves(log.adapter, { from: at, to: end })
    if (leaves.length !== end - at) {
      goReadOnly(log, 'leaf-altered', `of leaves ${at} to ${end - 1} only ${leaves.length} are there`)
      return false
    }
    if (!leaves.every(leaf => isIntact(log, leaf))) return false
    await pause()
  }
  return true
}

/** Re-hashes one full tile's leaves and compares them with the node above. */
async function rehashTile(log: Log, tile: number, size: number): Promise<boolean> {
  const [from, to] = [tile * TILE_WIDTH, Math.min((tile + 1) * TILE_WIDTH, size)]
  if (!(await rehash(log, { from, to }))) return false
  if (to - from < TILE_WIDTH) return true
  const [row] = await query(log.adapter, 'SELECT "hash" FROM "Node" WHERE "level" = 1 AND "position" = ?', [tile])
  const leaves = await readLeaves(log.adapter, { from, to })
  if (row && equalBytes(rootOf(leaves.map(leaf => leaf.leafHash)), bytesOf(row[0]))) return true
  goReadOnly(log, 'leaf-altered', `leaves ${from} to ${to - 1} do not lead to the node above them`)
  return false
}

/** Goes once through all leaves. False at the first difference, and read-only. */
export async function scrubAll(log: Log): Promise<boolean> {
  const { size } = await readHead(log.adapter)
  for (let tile = 0; tile * TILE_WIDTH < size; tile++) {
    if (log.scrubber.isClosed || !(await rehashTile(log, tile, size))) return false
  }
  return true
}

/** Goes on through all leaves for ever, 256 a second, and what the index says of them, after {@link scrubAll}. Ends where the log is closed or read-only. */
export function scrubSteadily(log: Log): void {
  const { scrubber } = log
  if (scrubber.isClosed || log.readOnly) return
  scrubber.timer = setTimeout(() => {
    scrubNext(log)
      .catch(error =>
        logger('scrub').error({ code: 'scrub-failed', err: error }, 're-hashing failed and is tried again'),
      )
      .finally(() => scrubSteadily(log))
  }, MILLISECONDS_BETWEEN_SLICES)
  scrubber.timer.unref()
}

async function scrubNext(log: Log): Promise<void> {
  const { size } = await readHead(log.adapter)
  if (size === 0) return
  const tiles = Math.ceil(size / TILE_WIDTH)
  const tile = log.scrubber.next % tiles
  log.scrubber.next = tile + 1
  const [from, to] = [tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH]
  if (await rehashTile(log, tile, size)) await isIndexTrue(log, { from, to })
}
