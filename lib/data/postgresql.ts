import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { keepAway } from './away.ts'
import { isConnectionLost, toDriverError } from './postgresql-errors.ts'
import { checkSettings } from './postgresql-settings.ts'

// Milliseconds. The server ends what takes longer, so that nothing waits for ever behind a process that hangs; the driver's own clock is for
// a network that swallows everything.
const [STATEMENT, LOCK, IDLE, ANSWER, CONNECT] = [30_000, 5_000, 30_000, 45_000, 10_000]

/** Connections for pages, and those that write the log: pages wait for each other, the pump waits for no page. */
const [MOST_READING, MOST_WRITING] = [10, 3]

// Number of the advisory lock under which the first leaf is written, when there is no head to lock yet.
const FOUNDING_LOCK = 7_283_001

/** Gives away the pool's connections; each is checked once, when it is made. */
function poolOf(url: string, max: number, more: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    ...more,
    connectionString: url,
    max,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT,
    statement_timeout: STATEMENT,
    lock_timeout: LOCK,
    idle_in_transaction_session_timeout: IDLE,
    query_timeout: ANSWER,
    application_name: 'throughline',
    onConnect: checkSettings,
  })
  // A connection was lost while it lay idle, or under a question of Prisma's: the server has stopped, and the next may come in a moment.
  pool.on('error', () => keepAway(url, () => reach(url)))
  pool.on('release', error => {
    if (error instanceof Error && isConnectionLost(error)) keepAway(url, () => reach(url))
  })
  return pool
}

/** Resolves once the server at `url` answers a question. */
export async function reach(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT, query_timeout: CONNECT })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
  } finally {
    await client.end().catch(() => {})
  }
}

/** Integers below 2^53 as numbers, larger ones as text, truth as 1 and 0, times as ISO text, bytes as bytes: what SQLite's driver gives. */
function parserOf(oid: number): (text: string) => unknown {
  const { builtins, getTypeParser } = pg.types
  if (oid === builtins.INT8 || oid === builtins.NUMERIC)
    return text => (Number.isSafeInteger(Number(text)) ? Number(text) : text)
  // Without a zone, and UTC by this program's rule; the driver would take it for the machine's own time.
  if (oid === builtins.TIMESTAMP) return text => new Date(`${text}Z`).toISOString().replace('Z', '+00:00')
  if (oid === builtins.BOOL) return text => (text === 't' ? 1 : 0)
  return getTypeParser(oid, 'text')
}
const TYPES = { getTypeParser: parserOf } as unknown as pg.CustomTypesConfig

async function ask(on: pg.Pool | pg.ClientBase, { sql, args }: SqlQuery): Promise<pg.QueryArrayResult> {
  return on.query({ text: sql, values: args as unknown[], rowMode: 'array', types: TYPES })
}

const resultSet = ({ fields, rows }: pg.QueryArrayResult): SqlResultSet => ({
  columnNames: fields.map(field => field.name),
  columnTypes: [],
  rows,
})

/**
 * The log's way to PostgreSQL. Statements run on connections that they share with pages; a transaction has one of its own, begins READ COMMITTED
 * (a later statement must see what was committed while this one waited) and locks the head first: writers stand in one line, of however many
 * processes, and no transaction is opened by who only reads. Inside a transaction use it alone.
 */
export class Postgresql implements SqlDriverAdapter {
  readonly provider = 'postgres'
  readonly adapterName = 'throughline'
  readonly #url: string
  readonly #reading: pg.Pool
  readonly #writing: pg.Pool
  /** A head row was seen, which stays for ever. */
  #isFounded = false

  constructor(url: string) {
    this.#url = url
    this.#reading = poolOf(url, MOST_READING)
    // What is written behind one another is sent so: see `later`.
    this.#writing = poolOf(url, MOST_WRITING, { pipeline: true })
  }

  /** For Prisma's client: the same connections that statements of pages use. */
  factory(): PrismaPg {
    return new PrismaPg(this.#reading, { onConnectionError: () => {} })
  }

  /** What `attempt` failed with as Prisma spells it; a lost connection is said to who asks for pages too. */
  async #try<Value>(attempt: () => Promise<Value>): Promise<Value> {
    try {
      return await attempt()
    } catch (error) {
      if (isConnectionLost(error)) keepAway(this.#url, () => reach(this.#url))
      throw toDriverError(error)
    }
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#try(async () => resultSet(await ask(this.#reading, query)))
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#try(async () => (await ask(this.#reading, query)).rowCount ?? 0)
  }

  executeScript(script: string): Promise<void> {
    return this.#try(async () => {
      await this.#reading.query(script)
    })
  }

  startTransaction(): Promise<Transaction> {
    return this.#try(async () => {
      const client = await this.#writing.connect()
      const transaction = new PostgresqlTransaction(client)
      try {
        // The first questions go with the one for the lock, which the server answers first: one way there and back under the lock is saved.
        if (this.#isFounded) await transaction.lock()
        else this.#isFounded = await lockHead(client)
        return transaction
      } catch (error) {
        transaction.end(true)
        throw error
      }
    })
  }

  getConnectionInfo() {
    return { supportsRelationJoins: true }
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#reading.end(), this.#writing.end()])
  }
}

const LOCK_HEAD = 'SELECT 1 FROM "Head" WHERE "id" = 1 FOR UPDATE'
// One text of two statements: one way there and back.
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_HEAD}`

/** Begins and locks the head's row, else what stands for it before leaf 0. True where there is one. */
async function lockHead(client: pg.PoolClient): Promise<boolean> {
  const [, locked] = (await client.query(BEGIN)) as unknown as pg.QueryResult[]
  if (locked?.rowCount) return true
  await client.query(`SELECT pg_advisory_xact_lock(${FOUNDING_LOCK})`)
  await client.query(LOCK_HEAD)
  return false
}

/** Statements on their way at once: what they carry is held in memory until then. */
const MOST_BEHIND = 16

const FAILED = Object.assign(new Error('the transaction had failed'), { severity: 'ERROR', code: '25P02' })

class PostgresqlTransaction implements Transaction {
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
  async lock(): Promise<void> {
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
    const answer = ask(this.#client, query)
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

/** One connection that reads what was there when it first asked, and writes nothing. */
export class PostgresqlSnapshot implements SqlDriverAdapter {
  readonly provider = 'postgres'
  readonly adapterName = 'throughline'
  readonly #client: pg.Client

  private constructor(client: pg.Client) {
    this.#client = client
  }

  /** Throws where the server does not answer or there is no such database. */
  static async open(url: string): Promise<PostgresqlSnapshot> {
    const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: CONNECT })
    // What fails is told to who asks next.
    client.on('error', () => {})
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return new PostgresqlSnapshot(client)
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return resultSet(await ask(this.#client, query))
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    return (await ask(this.#client, query)).rowCount ?? 0
  }

  async executeScript(script: string): Promise<void> {
    await this.#client.query(script)
  }

  startTransaction(): Promise<Transaction> {
    throw new Error('a snapshot is for reading')
  }

  async dispose(): Promise<void> {
    await this.#client.end().catch(() => {})
  }
}
