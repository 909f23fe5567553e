import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes } from '../core/bytes.ts'
import { growMap, type MapTiles, overlaid, type WrittenTiles } from '../core/ledger/map-tiles.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { inTransaction, whenFree } from './gate.ts'
import { type IndexedHead, readIndexed, repairMap } from './index-leaves.ts'
import { goReadOnly, type Log } from './log-state.ts'
import { isDamage } from './map-repair.ts'
import { changesBack } from './map-since.ts'
import { remembered, storedTiles } from './map-store.ts'

/** Leaves that are taken back for the map at an older size: what a page that lies open for a while needs, and no more work than that. */
export const MOST_TAKEN_BACK = 20_000
/** Looks at the map while others write, before everyone else has to wait for one. */
const MOST_LOOKS = 4

/** Older maps that were asked for last, by their size and the newest: who asks for one again costs a proof, not the work of a publish. */
const takenBack = new WeakMap<Log, Map<string, TakenBack>>()
const MOST_KEPT = 4
type TakenBack = { readonly root: Uint8Array; readonly written: WrittenTiles }

type Look<Value> = { readonly value: Value } | 'written-meanwhile' | 'damaged'

/**
 * Asks `body` about the map that the index leaf of `size` committed to. Only the newest map is stored: for an older one the subjects changed since are
 * taken back in memory, and the root that comes of it must be the one in that index leaf. A stored map that was changed is derived again from the
 * leaves; undefined, and the log is read-only, where they do not come to it. Codes: `unknown-size` (no index leaf ends that tree, or more
 * than {@link MOST_TAKEN_BACK} leaves came since).
 */
export async function askMap<Value>(
  log: Log,
  size: number,
  body: (tiles: MapTiles) => Promise<Value>,
): Promise<Result<Value | undefined, 'unknown-size'>> {
  const indexed = await readIndexed(log.adapter, size)
  if (!indexed) return fail('unknown-size', `no index leaf ends the tree of ${size} leaves`)
  let isRepaired = false
  for (let looks = 1; ; looks++) {
    const newest = (await readIndexed(log.adapter)) ?? indexed
    const since = newest.size - size
    if (since > MOST_TAKEN_BACK) return fail('unknown-size', `${since} leaves were recorded after the tree of ${size}`)
    const look =
      looks < MOST_LOOKS
        ? await lookAt({ log, on: log.adapter, indexed, body })
        : await whenFree(() => inTransaction(log.adapter, on => lookAt({ log, on, indexed, body })))
    if (look === 'written-meanwhile') continue
    if (look !== 'damaged') return pass(look.value)
    if (log.readOnly) return pass(undefined)
    if (isRepaired) {
      goReadOnly(log, 'index-differs', `the stored map does not lead back to that of ${size} leaves`)
      return pass(undefined)
    }
    await repairMap(log)
    isRepaired = true
  }
}

/** One look. What is read counts only if no index leaf was written between its first and its last statement: tiles are written with them alone. */
async function lookAt<Value>(args: {
  log: Log
  on: SqlQueryable
  indexed: IndexedHead
  body: (tiles: MapTiles) => Promise<Value>
}): Promise<Look<Value>> {
  const { log, on, indexed, body } = args
  const newest = (await readIndexed(on)) ?? indexed
  const isStill = async () => (await readIndexed(on))?.size === newest.size
  try {
    const stored = remembered(storedTiles(on))
    const name = `${indexed.size} ${newest.size}`
    const kept = takenBack.get(log)?.get(name)
    const isOlder = newest.size > indexed.size
    const back = isOlder && !kept ? await changesBack(on, stored, { from: indexed.size, to: newest.size }) : []
    const { root, written } = kept ?? (await growMap(stored, back))
    const isRight = equalBytes(root, indexed.mapRoot)
    const value = isRight ? { value: await body(overlaid(stored, written)) } : 'damaged'
    if (!(await isStill())) return 'written-meanwhile'
    if (isRight && isOlder) keep(log, name, { root, written })
    return value
  } catch (error) {
    if (!isDamage(error)) throw error
    return (await isStill()) ? 'damaged' : 'written-meanwhile'
  }
}

function keep(log: Log, name: string, map: TakenBack): void {
  const kept = takenBack.get(log) ?? new Map<string, TakenBack>()
  takenBack.set(log, kept)
  kept.delete(name)
  kept.set(name, map)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}
