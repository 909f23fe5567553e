import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { findingsOf } from './processes.fixture.ts'
import { publish } from './publish.ts'
import { copyDatabase, storedRows, tamper } from './tamper.fixture.ts'

/** Every table that is the log or is derived from it. */
const TABLES = [
  'Leaf',
  'EventName',
  'Node',
  'Head',
  'Checkpoint',
  'IndexLeaf',
  'MapTile',
  'Opening',
  'Projected',
  'Consignment',
  'Part',
  'Handoff',
  'Party',
  'Key',
  'Signing',
] as const

/** What no leaf says and nothing can be compared with: an alarm, which stops whoever reads it, and when this server, by its own clock, stored a signature. */
const NOT_DERIVED = ['Head.alarm', 'Checkpoint.signedAt']

type Column = { readonly name: string; readonly type: string; readonly isKey: boolean }

/** Columns as prisma/schema.prisma has them: one that is added later is altered here too. */
function columnsOf(table: string): readonly Column[] {
  const schema = readFileSync('prisma/schema.prisma', 'utf8')
  const model = new RegExp(`^model ${table} \\{\\n([^}]*)\\}`, 'm').exec(schema)?.[1] ?? ''
  const keys = /@@id\(\[([^\]]*)\]/.exec(model)?.[1]?.split(', ') ?? []
  return [...model.matchAll(/^ {2}(\w+) +(\w+)\??( .*)?$/gm)].map(([, name = '', type = '', more = '']) => ({
    name,
    type,
    isKey: more.includes('@id') || keys.includes(name),
  }))
}

/** Another value of the same type. */
function altered(type: string, value: unknown): string {
  if (type === 'Bytes') {
    const bytes = Buffer.from(value as Uint8Array)
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1
    return `x'${bytes.toString('hex')}'`
  }
  if (type === 'Boolean') return value ? 'FALSE' : 'TRUE'
  if (type === 'String') return value === null ? `'x'` : quoted(`${String(value).slice(0, -1)}~`)
  return String(Number(value ?? 0) + 1_000_000)
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

test('one value altered in any column of any table of the log is found', async () => {
  test.setTimeout(20 * 60_000)
  const { live, log, donor, recipient, settings } = await foundedLog()
  const packings = await Promise.all(Array.from({ length: 250 }, (_, n) => live.packing(donor, `rot ${n}`)))
  for (const packing of packings) await submit(packing, log)
  const { subject, hash } = packings[0] as (typeof packings)[number]
  live.heads.set(subject, hash)
  const lines = [{ line: '1', condition: 'sound', quantity: '4' }]
  const body = { to: { party: recipient.party }, lines }
  await submit(await live.sign({ actor: donor, subject, kind: 'release', body }), log)
  await publish(log)
  await closeLog(log)
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
  const unfound: string[] = []
  let copies = 0
  for (const table of TABLES) {
    const columns = columnsOf(table)
    const rows = await storedRows(settings, `SELECT * FROM "${table}"`)
    const row = rows[rows.length >> 1]
    expect(row, table).toBeDefined()
    expect(columns.length, table).toBeGreaterThan(1)
    const where = columns
      .filter(column => column.isKey)
      .map(({ name }) => `"${name}" = ${typeof row?.[name] === 'string' ? quoted(String(row[name])) : row?.[name]}`)
    for (const { name, type } of columns) {
      const databaseUrl = await copyDatabase(settings, `_rot${copies++}`)
      const sql = `UPDATE "${table}" SET "${name}" = ${altered(type, row?.[name])} WHERE ${where.join(' AND ')}`
      await tamper({ databaseUrl }, sql)
      const isFound = (await findingsOf(databaseUrl)).length > 0
      if (!isFound) unfound.push(`${table}.${name}`)
    }
  }
  expect(unfound).toEqual(NOT_DERIVED)
})
