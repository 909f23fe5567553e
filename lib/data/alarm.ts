import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { logger } from '../monitor/logger.ts'
import { whenFree } from './gate.ts'
import { isConnectionLost } from './postgresql-errors.ts'
import { execute } from './sql.ts'

/** What one process found wrong with the log itself, for every process on its database. `at` in unix milliseconds. */
export type Alarm = { readonly at: number; readonly code: string; readonly detail: string }

/** As it stands in the head's row: time, code, and what was found. */
export const formatAlarm = ({ at, code, detail }: Alarm): string => `${at} ${code} ${detail}`

/** Never refuses: whatever stands in the row stops who reads it. What is not spelled by {@link formatAlarm} has no code that anyone knows. */
export function parseAlarm(text: string): Alarm {
  const [, at = '0', code = '', detail = text] = /^(\d{1,15}) ([a-z-]+) (.*)$/s.exec(text) ?? []
  return { at: Number(at), code, detail }
}

/** Tries while the database is away, and milliseconds between two. */
const [MOST_TRIES, BETWEEN] = [40, 250]

/**
 * Leaves the alarm in the head's row, unless an earlier one stands there. Never throws, and takes ten seconds at most: what was found may be the very damage
 * that keeps it from being written, and the process that found it has stopped already. `isOver`: nobody waits for it any more.
 */
export async function keepAlarm(on: SqlQueryable, alarm: Alarm, isOver: () => boolean): Promise<void> {
  const update = 'UPDATE "Head" SET "alarm" = ? WHERE "id" = 1 AND "alarm" IS NULL'
  for (let tries = 1; ; tries++) {
    try {
      await whenFree(() => execute(on, update, [formatAlarm(alarm)]))
      return
    } catch (error) {
      if (!isConnectionLost(error) || tries >= MOST_TRIES || isOver()) {
        const text = 'the alarm could not be left for other processes on this database: stop them'
        logger('log').error({ code: 'alarm-not-kept', alarm: alarm.code, err: error }, text)
        return
      }
      await new Promise(resolve => setTimeout(resolve, BETWEEN))
    }
  }
}

/** The operator has dealt with it. */
export async function clearAlarm(on: SqlQueryable): Promise<void> {
  await whenFree(() => execute(on, 'UPDATE "Head" SET "alarm" = NULL WHERE "id" = 1'))
}
