import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { whenFree } from './gate.ts'
import type { Log } from './log-state.ts'
import { insert, query } from './sql.ts'

const MILLISECONDS_BETWEEN_WRITES = 10_000
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)

/** Counts one refused event by its code. In memory; written ten seconds later with all others, so that refusing costs next to nothing. */
export function countRefusal(log: Log, code: string): void {
  measures().refusals.inc({ code })
  const { refused } = log
  const name = `${dayOf(log.clock())} ${code}`
  refused.counts.set(name, (refused.counts.get(name) ?? 0) + 1)
  if (refused.timer) return
  refused.timer = setTimeout(() => {
    writeRefusals(log).catch(error =>
      logger('refusals').warn({ code: 'storage', err: error }, 'counts of refusals are lost'),
    )
  }, MILLISECONDS_BETWEEN_WRITES)
  refused.timer.unref()
}

/** Adds what was counted to the database. A crash before this loses up to ten seconds of counts, and nothing else. */
export async function writeRefusals(log: Log): Promise<void> {
  const { refused, adapter } = log
  clearTimeout(refused.timer)
  refused.timer = undefined
  const rows = [...refused.counts].map(([name, count]) => [...name.split(' '), count])
  refused.counts.clear()
  if (rows.length === 0) return
  const onConflict = 'ON CONFLICT ("day", "code") DO UPDATE SET "count" = "RefusalCount"."count" + excluded."count"'
  await whenFree(() => insert(adapter, { table: 'RefusalCount', columns: ['day', 'code', 'count'], onConflict }, rows))
}

/** Refused events by code, the most frequent first. */
export type RefusalCounts = { readonly code: string; readonly today: number; readonly week: number }

/** Today and in the last seven days with today, by UTC; what is not written yet included. */
export async function refusalCounts(log: Log): Promise<RefusalCounts[]> {
  const now = log.clock()
  const [today, first] = [dayOf(now), dayOf(now - 6 * DAY_MILLISECONDS)]
  const rows = await query(log.adapter, 'SELECT "day", "code", "count" FROM "RefusalCount" WHERE "day" >= ?', [first])
  const waiting = [...log.refused.counts].map(([name, count]) => [...name.split(' '), count])
  const counts = new Map<string, { today: number; week: number }>()
  for (const [day, code, count] of [...rows, ...waiting]) {
    const held = counts.get(String(code)) ?? { today: 0, week: 0 }
    held.week += Number(count)
    if (day === today) held.today += Number(count)
    counts.set(String(code), held)
  }
  const listed = [...counts].map(([code, { today, week }]) => ({ code, today, week }))
  return listed.sort((a, b) => b.week - a.week || (a.code < b.code ? -1 : 1))
}
