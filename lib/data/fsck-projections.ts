import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { findEntry } from '../core/custody/consignment.ts'
import { verifyOpenings } from '../core/custody/sealed.ts'
import type { Subject } from '../core/custody/state.ts'
import { isOpeningPublic } from '../core/evidence/openings.ts'
import type { Finding } from './fsck.ts'
import type { RulesCheck } from './fsck-rules.ts'
import { PROJECTIONS, rowsOf, SIGNING } from './projections.ts'
import { query, type Row, type SqlValue } from './sql.ts'

/** Names, projections and openings against what replaying the leaves came to. */
export async function* compareProjections(on: SqlQueryable, rules: RulesCheck): AsyncGenerator<Finding> {
  const { world, facts } = rules
  const names = [...facts].flatMap(([leafIndex, { hashes }]) => hashes.map((hash): Row => [hash, leafIndex]))
  yield* compareTable(on, {
    code: 'name-differs',
    table: 'EventName',
    columns: ['hash', 'leafIndex'],
    keys: 1,
    rows: names,
  })
  const rows = rowsOf(statesOf({ ...world, consignments: rules.projectedConsignments() }))
  for (const name of ['consignment', 'part', 'handoff', 'party', 'key'] as const) {
    yield* compareTable(on, { code: 'projection-differs', ...PROJECTIONS[name], rows: rows[name] })
  }
  const signings = [...facts].flatMap(([leafIndex, { key }]) => (key === undefined ? [] : [[leafIndex, key] as Row]))
  yield* compareTable(on, { code: 'projection-differs', ...SIGNING, rows: signings })
  yield* checkOpenings(on, rules)
}

function* statesOf({
  consignments,
  parties,
  keys,
}: Pick<RulesCheck['world'], 'consignments' | 'parties' | 'keys'>): Generator<Subject> {
  for (const state of consignments.values()) yield { about: 'consignment', state }
  for (const state of parties.values()) yield { about: 'party', state }
  for (const state of keys.values()) yield { about: 'key', state }
}

type Compared = {
  readonly code: Finding['code']
  readonly table: string
  readonly columns: readonly string[]
  /** So many of the columns are the primary key. */
  readonly keys: number
  readonly rows: readonly Row[]
}

async function* compareTable(
  on: SqlQueryable,
  { code, table, columns, keys, rows }: Compared,
): AsyncGenerator<Finding> {
  const stored = new Map<string, Row>()
  const keyOf = (row: Row) => row.slice(0, keys).join(' ')
  const names = columns.map(name => `"${name}"`).join(', ')
  for (const row of await query(on, `SELECT ${names} FROM "${table}"`)) stored.set(keyOf(row), row)
  for (const row of rows) {
    const key = keyOf(row)
    const other = stored.get(key)
    stored.delete(key)
    const at = columns.findIndex((_, i) => spelled(row[i]) !== spelled(other?.[i]))
    if (!other) yield { code, detail: `${table} lacks ${key}` }
    else if (at >= 0) {
      const leaf = columns.indexOf('leafIndex')
      const detail = `${table} ${key}: ${columns[at]} is ${spelled(row[at])}, stored as ${spelled(other[at])}`
      yield { code, ...(leaf >= 0 && { leaf: Number(row[leaf]) }), detail }
    }
  }
  for (const key of stored.keys()) yield { code, detail: `${table} has ${key}, which no leaf speaks of` }
}

/** One spelling for what the database and the program write differently. */
function spelled(value: SqlValue | undefined): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return value === true ? '1' : value === false ? '0' : String(value)
}

async function* checkOpenings(on: SqlQueryable, { world, facts }: RulesCheck): AsyncGenerator<Finding> {
  const rows = await query(on, 'SELECT "leafIndex", "field", "salt", "value", "isPublic" FROM "Opening"')
  for (const row of rows) {
    const [leaf, field] = [Number(row[0]), String(row[1])]
    const acting = facts.get(leaf)?.acting
    if (!acting) {
      yield { code: 'opening-wrong', leaf, detail: `${field}: there is no such event` }
      continue
    }
    const fits = verifyOpenings(acting, { [field]: { salt: String(row[2]), value: String(row[3]) } })
    const state = world.consignment(acting.id)
    const targetOf = () =>
      acting.kind === 'correct' && state ? findEntry(state, acting.body.event)?.acting : undefined
    if (!fits.ok) yield { code: 'opening-wrong', leaf, detail: `${field}: ${fits.code}` }
    else if (isOpeningPublic({ acting, field, targetOf }) !== (Number(row[4]) === 1)) {
      yield {
        code: 'opening-wrong',
        leaf,
        detail: `${field} is stored as ${Number(row[4]) === 1 ? 'public' : 'withheld'}`,
      }
    }
  }
}
