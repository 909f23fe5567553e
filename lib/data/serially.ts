import { isOnPostgresql } from './addresses.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import type { Log } from './log-state.ts'

/** Prisma's client inside a transaction. */
export type Rows = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

// Number of PostgreSQL's advisory lock under which what is not on the log is read and written together.
const LOCK = 7_283_003
// Milliseconds: to wait for a connection, and for the whole of it.
const TIMES = { maxWait: 10_000, timeout: 15_000 }

/**
 * Runs `body` in a transaction of Prisma's, one after another over all processes: nothing changes between what is read in it and what is written. On
 * SQLite the gate's lock does that; PostgreSQL would let two people who remove each other both succeed.
 */
export function serially<Value>(log: Log, body: (rows: Rows) => Promise<Value>): Promise<Value> {
  return log.prisma.$transaction(async rows => {
    if (isOnPostgresql(log.adapter)) await rows.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`
    return body(rows)
  }, TIMES)
}
