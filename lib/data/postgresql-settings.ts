import type pg from 'pg'
import { UnfitServer } from './postgresql-errors.ts'

/** Oldest server whose triggers can be replaced in one statement. */
const OLDEST = 140_000

/**
 * What each connection must read. Without the first three an acknowledged commit can be lost with the power, and a signed checkpoint would outlive its
 * leaves; every value of the third but `off` waits for this server's disk, some for a replica's too. The others keep what is stored what was sent.
 */
const WANTED: Readonly<Record<string, RegExp>> = {
  fsync: /^on$/,
  full_page_writes: /^on$/,
  synchronous_commit: /^(?:on|local|remote_write|remote_apply)$/,
  server_encoding: /^UTF8$/,
  standard_conforming_strings: /^on$/,
  transaction_read_only: /^off$/,
}

/**
 * Reads {@link WANTED} back on a fresh connection, and fixes for as long as it lives what a session may have for itself: a server that is told otherwise
 * later changes nothing here. Throws {@link UnfitServer}, naming the setting that does not hold: nothing is written on a weaker promise.
 */
export async function checkSettings(client: pg.ClientBase): Promise<void> {
  const names = Object.keys(WANTED)
  const kept = `set_config('synchronous_commit', current_setting('synchronous_commit'), false)`
  const values = names.map(name => (name === 'synchronous_commit' ? kept : `current_setting('${name}')`))
  const text = `SELECT current_setting('server_version_num'), ${values.join(', ')}`
  const { rows } = await client.query({ text, rowMode: 'array' })
  const [version, ...read] = rows[0] as string[]
  if (Number(version) < OLDEST) throw new UnfitServer(`PostgreSQL 14 or newer is needed; this one is ${version}`)
  for (const [at, name] of names.entries()) {
    if (!WANTED[name]?.test(read[at] ?? '')) throw new UnfitServer(`PostgreSQL has ${name} = ${read[at]}`)
  }
}
