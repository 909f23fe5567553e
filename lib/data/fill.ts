import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { parseLeaf } from '../core/evidence/leaf.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { HANDOFF, handoffRows } from './handoffs.ts'
import type { Log } from './log-state.ts'
import { PART, partRows } from './parts.ts'
import { caughtUp } from './projected.ts'
import { SIGNING } from './projections.ts'
import { insert, query, type Row } from './sql.ts'
import { statesOf } from './states.ts'
import { readLeaves } from './tiles.ts'

const AT_ONCE = 200
const KEPT = 'ON CONFLICT DO NOTHING'

/** Writes what projections lack because their tables are younger than the log. What another process writes meanwhile is newer and stays. */
export async function fillProjections(log: Log): Promise<void> {
  await caughtUp(log)
  await fillParts(log)
  await fillSignings(log)
}

/**
 * Writes the parts of consignments that have none, and their handoffs before them: a start that is cut short goes on where it stopped. One with
 * an altered leaf stays without: the log is read-only then, and says so. Answers how many consignments were due.
 */
export async function fillParts(log: Log): Promise<number> {
  const due = await withoutParts(log.adapter)
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const states = [...(await statesOf(log, due.slice(at, at + AT_ONCE))).values()]
    const handoffs = states.flatMap(state => handoffRows(state))
    await insert(log.adapter, { ...HANDOFF, onConflict: KEPT }, handoffs)
    await insert(log.adapter, { ...PART, onConflict: KEPT }, states.flatMap(partRows))
  }
  return due.length
}

async function withoutParts(on: SqlQueryable): Promise<string[]> {
  const sql = `SELECT c."reference" FROM "Consignment" c WHERE NOT EXISTS (SELECT 1 FROM "Part" p WHERE p."consignment" = c."reference") ORDER BY c."leafIndex"`
  return (await query(on, sql)).map(row => String(row[0]))
}

const LEAVES_AT_ONCE = 2000

/** Writes who signed each leaf from where that stops. A leaf that cannot be read is passed over: the scrubber speaks of it. */
async function fillSignings(log: Log): Promise<void> {
  const [row] = await query(
    log.adapter,
    'SELECT (SELECT MAX("leafIndex") FROM "Signing"), (SELECT MAX("leafIndex") FROM "Leaf")',
  )
  const [from, to] = [Number(row?.[0] ?? -1) + 1, Number(row?.[1] ?? -1) + 1]
  for (let at = from; at < to; at += LEAVES_AT_ONCE) {
    const leaves = await readLeaves(log.adapter, { from: at, to: Math.min(at + LEAVES_AT_ONCE, to) })
    const rows = leaves.flatMap(({ leafIndex, bytes }): Row[] => {
      const leaf = parseLeaf(bytes)
      const signed = leaf.ok ? parseKnownEvent(leaf.value.note) : leaf
      return signed.ok ? [[leafIndex, signed.value.event.key]] : []
    })
    await insert(log.adapter, { ...SIGNING, onConflict: KEPT }, rows)
  }
}
