import type { SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import { ask, askAgain, resultSet } from './postgresql-asking.ts'
import { isConnectionLost, toDriverError } from './postgresql-errors.ts'

// Number of the advisory lock under which the first leaf is written, when there is no head to lock yet.
const FOUNDING_LOCK = 7_283_001

const LOCK_HEAD = 'SELECT 1 FROM "Head" WHERE "id" = 1 FOR UPDATE'
// One text of two statements: one way there and back.
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_HEAD}`

/** Begins and locks the head's row, else what stands for it before leaf 0. True where there is one. */
export async function lockHead(client: pg.PoolClient): Promise<boolean> {
  const [, locked] = (await client.query(BEGIN)) as unknown as pg.QueryResult[]
  if (locked?.rowCount) return true
  await client.query(`SELECT pg_advisory_xact_lock(${FOUNDING_LOCK})`)
  await client.query(LOCK_HEAD)
  return false
}

/** Statements on their way at once: what they carry is held in memory until then. */
const MOST_BEHIND = 16

const FAILED = Object.assign(new Error('the transaction had failed'), { severity: 'ERROR', code: '25P02' })

/** What is open on `client` until it is ended; made by `Postgresql.startTransaction` alone. */
export class PostgresqlTransaction implements Transaction {
  readonly provider = 'postgres'
  readonly adapterName = 'throughline'
  readonly options = { usePhantomQuery: false }
  readonly #client: pg.PoolClient
  #isLost = false
  #isOver = false
  #failed: unknown
  #behind = 0

  constructor(client: pg.PoolClient) {
    this.#client = client
    client.on('error', this.#lost)
  }

  readonly #lost = () => {
    this.#isLost = true
  }

  async #try<Value>(attempt: () => Promise<Value>): Promise<Value> {
    try {
      const value = await attempt()
      // Answers come in the order of the questions: what was written before is done by now, or failed.
      if (this.#failed !== undefined) throw this.#failed
      return value
    } catch (error) {
      const first = this.#failed ?? error
      if (isConnectionLost(first)) this.#lost()
      throw toDriverError(first)
    }
  }

  /** Begins and asks for the head's lock without waiting for the answer: what fails is told to the next question. */
  lock(): void {
    this.#client.query(BEGIN).catch(error => {
      this.#failed ??= error
    })
  }

  /**
   * Sends a statement without waiting for its answer, unless many are on their way. Where it fails the next question fails with its reason, COMMIT at
   * the latest.
   */
  async later(query: SqlQuery): Promise<void> {
    this.#behind++
    const answer = askAgain(this.#client, query)
      .catch(error => {
        this.#failed ??= error
      })
      .finally(() => {
        this.#behind--
      })
    if (this.#behind >= MOST_BEHIND) await answer
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#try(async () => resultSet(await ask(this.#client, query)))
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#try(async () => {
      const { command, rowCount } = await ask(this.#client, query)
      // PostgreSQL answers COMMIT with ROLLBACK where a statement had failed and someone went on all the same.
      if (query.sql === 'COMMIT' && command !== 'COMMIT') throw FAILED
      return rowCount ?? 0
    })
  }

  async commit(): Promise<void> {
    this.end(this.#isLost)
  }

  async rollback(): Promise<void> {
    this.end(this.#isLost)
  }

  async createSavepoint(): Promise<void> {
    throw new Error('not used here')
  }

  async rollbackToSavepoint(): Promise<void> {
    throw new Error('not used here')
  }

  /** Gives the connection back, or closes it where nobody knows what it still does. */
  end(isLost: boolean): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#client.off('error', this.#lost)
    // Whatever comes of a connection that is given up is nobody's any more.
    if (isLost) this.#client.on('error', () => {})
    this.#client.release(isLost)
  }
}
