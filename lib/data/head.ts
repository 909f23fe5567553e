import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { Edge } from '../core/ledger/edge.ts'
import { EMPTY_ROOT } from '../core/ledger/merkle.ts'
import { type Alarm, parseAlarm } from './alarm.ts'
import { bytesOf, changeOne, insert, query } from './sql.ts'
import type { TreeHead } from './tiles.ts'

/** The committed end of the log: what the next leaf is appended to. */
export type Head = TreeHead & {
  readonly edge: Edge
  /** Record time of the last leaf, unix milliseconds; 0 before leaf 0. */
  readonly recordedAt: number
  /** Why nothing may follow it: see `heedAlarm`. */
  readonly alarm?: Alarm
}

/** Leaves 0–3 found a log (PROTOCOL §2): nothing else is recorded before them, an index leaf neither. */
export const FOUNDING_LEAVES = 4

export const EMPTY_HEAD: Head = { size: 0, root: EMPTY_ROOT, edge: [], recordedAt: 0 }

/** The head row; {@link EMPTY_HEAD} before leaf 0. Inside a transaction the gate has locked it. */
export async function readHead(on: SqlQueryable): Promise<Head> {
  const [row] = await query(on, 'SELECT "size", "root", "edge", "recordedAt", "alarm" FROM "Head" WHERE "id" = 1')
  if (!row) return EMPTY_HEAD
  const edgeBytes = bytesOf(row[2])
  const edge: Uint8Array[] = []
  for (let at = 0; at < edgeBytes.length; at += 32) edge.push(edgeBytes.slice(at, at + 32))
  const alarm = row[4] === null ? undefined : parseAlarm(String(row[4]))
  return { size: Number(row[0]), root: bytesOf(row[1]), edge, recordedAt: Number(row[3]), ...(alarm && { alarm }) }
}

/** Moves the head from `from` to `to`. Fails the transaction if the row is no longer at `from`: someone wrote past the lock. */
export async function moveHead(on: SqlQueryable, { from, to }: { from: Head; to: Head }): Promise<void> {
  const edge = Buffer.concat(to.edge)
  if (from.size === 0) {
    const columns = ['id', 'size', 'root', 'edge', 'recordedAt']
    return insert(on, { table: 'Head', columns }, [[1, to.size, to.root, edge, to.recordedAt]])
  }
  const update =
    'UPDATE "Head" SET "size" = ?, "root" = ?, "edge" = ?, "recordedAt" = ? WHERE "id" = 1 AND "size" = ? AND "root" = ?'
  const args = [to.size, to.root, edge, to.recordedAt, from.size, from.root]
  await changeOne(on, update, args, 'the head is no longer where it was')
}
