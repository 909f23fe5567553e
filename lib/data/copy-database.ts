import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes } from '../core/bytes.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { isPostgresql } from './addresses.ts'
import { connect, makeRoom, openSnapshot } from './connection.ts'
import { check, type Finding } from './fsck.ts'
import { inTransaction } from './gate.ts'
import { createGuards } from './guards.ts'
import { type Head, readHead } from './head.ts'
import { isMigrated, migrate } from './migrate.ts'
import { insert, query, type Row, type SqlValue } from './sql.ts'
import { readTables, type Table } from './tables.ts'

/** Why nothing was copied; the target is as it was, or holds empty tables. */
export type CopyCode =
  /** Both addresses name one database. */
  | 'same-database'
  /** The source is of another version of this program: that one, or a start of this one, comes first. */
  | 'source-not-migrated'
  | 'target-not-empty'
  /** Something was recorded while it was copied: a server is running. */
  | 'source-moved'
  /** What arrived is not what a log must be: see the findings. Nearly always the source is not either. */
  | 'copy-differs'

/** How far it is, or something found in what arrived. */
export type CopyStep =
  | { readonly step: 'progress'; readonly what: string; readonly done: number; readonly of: number }
  | { readonly step: 'finding'; readonly finding: Finding }

export type Copied = { readonly leaves: number; readonly rows: number; readonly rootHash: Uint8Array }

/** Rows read and written at a time. */
const SLICE = 500

/** Ends the transaction; {@link copyDatabase} answers it as a value. */
class Refused extends Error {
  readonly code: CopyCode
  constructor(code: CopyCode, detail: string) {
    super(detail)
    this.code = code
  }
}

type Tell = (step: CopyStep) => void

/**
 * Copies a whole log and everything beside it from the database at `from` to the empty one at `to`, which is made where it is missing: in one
 * transaction, read in order from one moment of the source, verified before the commit (every row, every leaf hash, the tree, the rules: all of
 * `fsck`). `mayMove`: a backup, which may be of a moment that is past. The source is only read; a process that dies on the way leaves empty tables. Throws where a database cannot be reached.
 */
export async function copyDatabase(
  { from, to, mayMove = false }: { from: string; to: string; mayMove?: boolean },
  tell: Tell = () => {},
): Promise<Result<Copied, CopyCode>> {
  if (from === to) return fail('same-database', 'both addresses are the same')
  const source = await openSnapshot(from)
  try {
    if (!(await isMigrated(from))) return fail('source-not-migrated', 'start this program on it once')
    makeRoom(to)
    await migrate(to)
    return pass(await copyInto(to, { from, source, mayMove, tables: await readTables(), tell }))
  } catch (error) {
    if (error instanceof Refused) return fail(error.code, error.message)
    throw error
  } finally {
    await source.dispose()
  }
}

type Copying = { from: string; source: SqlQueryable; mayMove: boolean; tables: readonly Table[]; tell: Tell }
type Inside = Copying & { on: SqlQueryable }

async function copyInto(to: string, copying: Copying): Promise<Copied> {
  const { adapter, prisma } = await connect(to)
  try {
    await createGuards(adapter)
    const copied = await inTransaction(adapter, async on => {
      const inside = { ...copying, on }
      await expectEmpty(inside)
      const rows = await copyRows(inside)
      const head = await verify(inside)
      if (!copying.mayMove) await expectUnmoved(copying)
      return { leaves: head.size, rows, rootHash: head.root }
    })
    // PostgreSQL plans by what it knows of its tables, and would learn it minutes later by itself.
    if (isPostgresql(to)) await adapter.executeScript('ANALYZE')
    return copied
  } finally {
    await prisma.$disconnect()
    await adapter.dispose().catch(() => {})
  }
}

async function countRows(on: SqlQueryable, { name }: Table): Promise<number> {
  const [row] = await query(on, `SELECT COUNT(*) FROM "${name}"`)
  return Number(row?.[0])
}

async function expectEmpty({ on, tables }: Inside): Promise<void> {
  for (const table of tables) {
    const count = await countRows(on, table)
    if (count > 0) throw new Refused('target-not-empty', `${table.name} has ${count} rows there`)
  }
}

/** All rows of a table in the order of its key, some at a time, each read from the last of those before it. */
async function* slicesOf(on: SqlQueryable, { name, columns, keys }: Table): AsyncGenerator<Row[]> {
  const all = columns.map(column => `"${column.name}"`).join(', ')
  const key = keys.map(column => `"${column}"`).join(', ')
  const places = keys.map(column => columns.findIndex(each => each.name === column))
  let last: readonly SqlValue[] | undefined
  for (;;) {
    const after = last ? `WHERE (${key}) > (${keys.map(() => '?').join(', ')})` : ''
    const rows = await query(on, `SELECT ${all} FROM "${name}" ${after} ORDER BY ${key} LIMIT ${SLICE}`, last)
    if (rows.length > 0) yield rows
    if (rows.length < SLICE) return
    last = places.map(at => rows.at(-1)?.[at] ?? null)
  }
}

async function copyRows({ source, on, tables, tell }: Inside): Promise<number> {
  let total = 0
  for (const table of tables) {
    const of = await countRows(source, table)
    const columns = table.columns.map(column => column.name)
    let done = 0
    for await (const rows of slicesOf(source, table)) {
      await insert(
        on,
        { table: table.name, columns },
        rows.map(row => row.map((value, at) => spelled(value, table.columns[at]?.type))),
      )
      done += rows.length
      tell({ step: 'progress', what: table.name, done, of })
    }
    total += done
  }
  return total
}

/** A value as either database takes it: truth comes as a number. */
function spelled(value: SqlValue, type: string | undefined): SqlValue {
  return type === 'Boolean' && value !== null ? Boolean(value) : value
}

/** Before the commit: what stands in the target is what stands in the source, and it is a log. */
async function verify(inside: Inside): Promise<Head> {
  const { source, on, tables, tell } = inside
  for (const table of tables) await expectSame(inside, table)
  const [theirs, ours] = [await readHead(source), await readHead(on)]
  if (theirs.size !== ours.size || !equalBytes(theirs.root, ours.root))
    throw new Refused('copy-differs', `the head of ${theirs.size} leaves arrived as one of ${ours.size}`)
  let findings = 0
  for await (const step of check(on)) {
    if (step.step === 'end') continue
    if (step.step === 'finding') findings++
    tell(step.step === 'progress' ? { ...step, what: 'checked' } : step)
  }
  if (findings > 0) throw new Refused('copy-differs', `${findings} findings`)
  return ours
}

/** Row by row and value by value: as many rows, and each as it was read. */
async function expectSame({ source, on }: Inside, table: Table): Promise<void> {
  const [there, here] = [await countRows(source, table), await countRows(on, table)]
  if (there !== here) throw new Refused('copy-differs', `${table.name} has ${there} rows, ${here} arrived`)
  const arrived = slicesOf(on, table)
  for await (const rows of slicesOf(source, table)) {
    const { value } = await arrived.next()
    const differs = rows.find((row, at) => !isSame(row, value?.[at]))
    if (differs) throw new Refused('copy-differs', `a row of ${table.name} arrived otherwise`)
  }
}

function isSame(row: Row, other: Row | undefined): boolean {
  return row.every((value, at) => {
    const arrived = other?.[at]
    if (value instanceof Uint8Array) return arrived instanceof Uint8Array && equalBytes(value, arrived)
    return value === arrived
  })
}

/** A log that went on meanwhile would go on in the database that is left behind. */
async function expectUnmoved({ from, source }: Copying): Promise<void> {
  const now = await openSnapshot(from)
  try {
    const [then, since] = [await readHead(source), await readHead(now)]
    const leaves = since.size - then.size
    if (leaves !== 0) throw new Refused('source-moved', `${leaves} leaves were recorded meanwhile`)
  } finally {
    await now.dispose()
  }
}
