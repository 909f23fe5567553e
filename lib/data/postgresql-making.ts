import pg from 'pg'

// Number of the advisory lock under which a database is migrated.
const MIGRATING_LOCK = 7_283_002
const LONGEST_WAIT = 60_000

/** Runs `body` while no other process migrates the database at `url`; makes the database where it is not there yet. The lock goes with its connection. */
export async function aloneOnPostgresql<Value>(url: string, body: () => Promise<Value>): Promise<Value> {
  const client = await connectOrMake(url)
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATING_LOCK})`)
    return await body()
  } finally {
    await client.end().catch(() => {})
  }
}

async function connectOrMake(url: string): Promise<pg.Client> {
  try {
    return await open({ connectionString: url })
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error
    await make(url)
    return open({ connectionString: url })
  }
}

async function open(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: 5000, lock_timeout: LONGEST_WAIT, ...config })
  // A connection that is lost fails the next question, which says so.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** As an SQLite file is made where there is none, where this role may. Two processes at once: one makes it. */
async function make(url: string): Promise<void> {
  const { database } = new pg.Client({ connectionString: url })
  const client = await open({ connectionString: url, ...inPostgres(url) })
  try {
    const name = client.escapeIdentifier(database ?? '')
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`)
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** The database that every server has, by the same way: an address wins over what stands beside it, so it is taken apart. */
function inPostgres(url: string): pg.ClientConfig {
  const there = new URL(url)
  there.pathname = '/postgres'
  return { connectionString: there.href }
}
