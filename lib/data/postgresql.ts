import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { keepAway } from './away.ts'
import { ask, CONNECT, resultSet } from './postgresql-asking.ts'
import { isConnectionLost, toDriverError } from './postgresql-errors.ts'
import { checkSettings } from './postgresql-settings.ts'
import { lockHead, PostgresqlTransaction } from './postgresql-transaction.ts'

// Milliseconds. The server ends what takes longer, so that nothing waits for ever behind a process that hangs; the driver's own clock is for
// a network that swallows everything.
const [STATEMENT, LOCK, IDLE, ANSWER] = [30_000, 5_000, 30_000, 45_000]

/** Connections for pages, and those that write the log: pages wait for each other, the pump waits for no page. */
const [MOST_READING, MOST_WRITING] = [10, 3]

/** Gives away the pool's connections; each is checked once, when it is made. */
function poolOf(url: string, max: number, more: pg.PoolConfig = {}): pg.Pool {
  const lost = () => keepAway(url, () => reach(url))
  const pool = new pg.Pool({
    ...more,
    Client: clientThatTells(lost),
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
  pool.on('error', lost)
  pool.on('release', error => {
    if (error instanceof Error && isConnectionLost(error)) lost()
  })
  return pool
}

type Told = (error: Error | null, client?: pg.Client) => void

/** A connection that cannot even be made is told of too: a pool says it to nobody but who waits for one, which may be Prisma. */
function clientThatTells(lost: () => void) {
  return class extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(told: Told): void
    override connect(told?: Told) {
      if (!told) return super.connect()
      return super.connect((error: Error | null) => {
        if (error && isConnectionLost(error)) lost()
        told(error, this)
      })
    }
  }
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
        if (this.#isFounded) transaction.lock()
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
