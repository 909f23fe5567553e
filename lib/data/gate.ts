import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import { execute, query } from './sql.ts'

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] })

/**
 * What each setting must read back as. Without the first four a commit can be lost with the power, or another process starved; the fifth lets
 * the log of writes grow to 32 MB before it is copied into the database: pages written again and again are then copied once; the last keeps 16 MB
 * of pages at hand: with more, every COMMIT costs more than the pages save, at a million events too.
 */
const SETTINGS = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 200,
  wal_autocheckpoint: 8000,
  cache_size: -16_384,
} as const

/**
 * The one SQLite connection of a process, one user at a time: Prisma's adapter runs everything on one connection, so that without a
 * gate a stranger's statement would run inside whatever transaction is open, read what is not committed, and vanish with its rollback.
 * A transaction takes the write lock first (the adapter begins DEFERRED, and a read that turns into a write can fail at any moment)
 * and always ends, also when COMMIT itself fails (prisma/orm#29933). Inside a transaction never use the outer client: it would wait
 * for itself. Before the first transaction the table `Head` must exist.
 */
export class GatedSqlite extends PrismaBetterSqlite3 {
  #connected: Promise<SqlDriverAdapter> | undefined

  /** The same connection for every caller: Prisma's client and the statements that go past it share the gate. */
  override connect(): Promise<Awaited<ReturnType<PrismaBetterSqlite3['connect']>>> {
    this.#connected ??= super.connect().then(async adapter => {
      try {
        await set(adapter)
      } catch (error) {
        await adapter.dispose()
        throw error
      }
      return gate(adapter)
    })
    return this.#connected as ReturnType<PrismaBetterSqlite3['connect']>
  }
}

/** Applies {@link SETTINGS} and reads them back; throws, naming the one that did not hold, so that nothing starts on a weaker promise. */
async function set(adapter: SqlDriverAdapter): Promise<void> {
  for (const [name, value] of Object.entries(SETTINGS)) {
    await adapter.executeScript(`PRAGMA ${name} = ${value}`)
    const [row] = await query(adapter, `PRAGMA ${name}`)
    if (row?.[0] !== value) throw new Error(`SQLite does not keep ${name} = ${value}; it reads ${row?.[0]}`)
  }
}

function gate<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  const queryRaw = adapter.queryRaw.bind(adapter)
  const executeRaw = adapter.executeRaw.bind(adapter)
  const begin = adapter.startTransaction.bind(adapter)
  let open: Promise<void> | undefined

  adapter.queryRaw = async sql => {
    while (open) await open
    return queryRaw(sql)
  }
  adapter.executeRaw = async sql => {
    while (open) await open
    return executeRaw(sql)
  }
  adapter.startTransaction = async level => {
    while (open) await open
    let leave = () => {}
    const mine = new Promise<void>(resolve => {
      leave = () => {
        if (open === mine) open = undefined
        resolve()
      }
    })
    open = mine
    try {
      return await lock(await begin(level), leave)
    } catch (error) {
      leave()
      throw error
    }
  }
  return adapter
}

/** Takes the write lock for `transaction` and sees to it that `leave` is called once, however it ends. */
async function lock(transaction: Transaction, leave: () => void): Promise<Transaction> {
  const [run, ask] = [transaction.executeRaw.bind(transaction), transaction.queryRaw.bind(transaction)]
  const [commit, rollback] = [transaction.commit.bind(transaction), transaction.rollback.bind(transaction)]
  let hasEnded = false
  const end = async (unlock: () => Promise<void>) => {
    if (hasEnded) return
    hasEnded = true
    await unlock()
    leave()
  }
  const abandon = async () => {
    // Fails where SQLite has rolled back by itself (storage full): either way nothing is open afterwards.
    await run(statement('ROLLBACK')).catch(() => {})
    await end(rollback)
  }
  transaction.commit = () => end(commit)
  transaction.rollback = () => end(rollback)
  // The next one has the connection by then: a ROLLBACK that comes late would be its end, and what it writes afterwards would stand alone.
  const assertOpen = () => {
    if (hasEnded) throw new Error('this transaction has ended')
  }
  transaction.queryRaw = async sql => {
    assertOpen()
    return ask(sql)
  }
  transaction.executeRaw = async sql => {
    assertOpen()
    try {
      return await run(sql)
    } catch (error) {
      if (sql.sql === 'COMMIT') await abandon()
      throw error
    }
  }
  try {
    await execute(transaction, 'DELETE FROM "Head" WHERE 0')
  } catch (error) {
    await abandon()
    throw error
  }
  return transaction
}

/** Times that a transaction is tried while another process holds the lock: each stops this process for 200 ms, and others have their turn in between. */
export const MOST_TRIES = 25

/** True where another process held the lock for all of busy_timeout; on PostgreSQL, where two waited for each other and this one gave way. */
export function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && ['SocketTimeout', 'TransactionWriteConflict'].includes(error.cause.kind)
}

/** Runs `attempt` again while another process holds the lock, {@link MOST_TRIES} times at most. */
export async function whenFree<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isBusy(error) || tries >= MOST_TRIES) throw error
      await new Promise<void>(resolve => setImmediate(resolve))
    }
  }
}

/** Runs `body` in one transaction that holds the head's lock, and commits it; rolls back and throws what was thrown where anything fails, COMMIT included. */
export async function inTransaction<Value>(
  adapter: SqlDriverAdapter,
  body: (transaction: Transaction) => Promise<Value>,
): Promise<Value> {
  const transaction = await adapter.startTransaction()
  try {
    const value = await body(transaction)
    await transaction.executeRaw(statement('COMMIT'))
    await transaction.commit()
    return value
  } catch (error) {
    await transaction.executeRaw(statement('ROLLBACK')).catch(() => {})
    await transaction.rollback()
    throw error
  }
}
