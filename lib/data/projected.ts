import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { Subject } from '../core/custody/state.ts'
import { inTransaction, whenFree } from './gate.ts'
import type { Log } from './log-state.ts'
import { warn } from './loud.ts'
import { writeProjections } from './projections.ts'
import { execute, query } from './sql.ts'
import { statesOf } from './states.ts'

// What is written about a consignment once for several of its events costs as much as for one. Under load this is how often that is; a reader
// waits for none of it.
const MILLISECONDS_BEHIND = 250

/**
 * The projections of consignments (Consignment, Part, Handoff) follow the log: they are not written with each batch but soon after, in a
 * transaction of their own that moves `Projected` to the head with them. So they always say exactly what the first `Projected.size` leaves
 * say, a crash leaves them behind and not wrong, and any process may bring them on. Who reads them calls {@link caughtUp} before.
 */
export function scheduleProjections(log: Log): void {
  const { projector } = log
  projector.timer ??= setTimeout(() => {
    projector.timer = undefined
    void projectInTurn(log)
  }, MILLISECONDS_BEHIND)
}

/** Leaves the work to another process on this database for as long as that one does it: together they would do it in smaller pieces, each under the lock. */
async function projectInTurn(log: Log): Promise<void> {
  const { projector, adapter } = log
  // What keeps this from being read is said by caughtUp, which asks the same.
  const { head, projected } = await readReach(adapter).catch(() => ({ head: 0, projected: projector.seen }))
  const isOthersWork = projected !== projector.seen
  projector.seen = projected
  if (!isOthersWork) return caughtUp(log)
  if (projected < head) scheduleProjections(log)
}

/**
 * Returns once the projections of consignments hold all that was committed before the call. Where they cannot be written (disk full, database
 * held by another process) that is said in the log, and what they held stays readable. Never throws for that.
 */
export async function caughtUp(log: Log): Promise<void> {
  try {
    const { head } = await readReach(log.adapter)
    for (;;) {
      const { projector } = log
      projector.seen = (await readReach(log.adapter)).projected
      if (projector.seen >= head) return
      // One that is under way may have read its head before ours was committed: hence the loop.
      projector.running ??= whenFree(() => inTransaction(log.adapter, on => project(log, on))).finally(() => {
        projector.running = undefined
      })
      await projector.running
    }
  } catch (error) {
    warn(`lists are behind the log: ${error}`)
  }
}

/** In a transaction that holds the head's lock: writes what the leaves since `Projected` changed. */
async function project(log: Log, on: SqlQueryable): Promise<void> {
  const { head, projected } = await readReach(on)
  if (projected >= head) return
  const sql = `SELECT DISTINCT "subject" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? AND "subject" LIKE 'consignment/%'`
  const subjects = (await query(on, sql, [projected, head])).map(([subject]) => String(subject))
  for (let at = 0; at < subjects.length; at += AT_ONCE) {
    const references = subjects.slice(at, at + AT_ONCE).map(subject => subject.slice('consignment/'.length))
    const states = await statesOf(log, references, on)
    await writeProjections(on, asSubjects(states.values()), projected)
  }
  const upsert = `INSERT INTO "Projected" ("id", "size") VALUES (1, ?) ON CONFLICT ("id") DO UPDATE SET "size" = excluded."size"`
  await execute(on, upsert, [head])
}

const AT_ONCE = 1000

function* asSubjects(states: Iterable<Extract<Subject, { about: 'consignment' }>['state']>): Generator<Subject> {
  for (const state of states) yield { about: 'consignment', state }
}

/** How many leaves the projections of consignments speak of; 0 before the first. */
export async function projectedSize(on: SqlQueryable): Promise<number> {
  return (await readReach(on)).projected
}

/** Tree size of the log and how many leaves the projections of consignments speak of; 0 before the first. */
async function readReach(on: SqlQueryable): Promise<{ head: number; projected: number }> {
  const sql = 'SELECT (SELECT "size" FROM "Head" WHERE "id" = 1), (SELECT "size" FROM "Projected" WHERE "id" = 1)'
  const [row] = await query(on, sql)
  return { head: Number(row?.[0] ?? 0), projected: Number(row?.[1] ?? 0) }
}
