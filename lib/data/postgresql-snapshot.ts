import type { SqlDriverAdapter, SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { ask, CONNECT, resultSet } from './postgresql-asking.ts'

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
