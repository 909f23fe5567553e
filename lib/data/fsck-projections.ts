import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { startTidying } from '../audit/memory.ts'
import type { LogReplay } from '../audit/replay.ts'
import { statesOf } from '../audit/states.ts'
import { sha256 } from '../core/bytes.ts'
import type { ConsignmentState, Subject } from '../core/custody/state.ts'
import { foldChain } from '../core/evidence/fold.ts'
import type { Finding } from './fsck.ts'
import { compareRows, spelled } from './fsck-beside.ts'
import { PROJECTIONS, rowsOf } from './projections.ts'
import { bytesOf, query, type Row } from './sql.ts'

const CODE = 'projection-differs'
const OF_CONSIGNMENTS = ['consignment', 'part', 'handoff'] as const
type Rows = Readonly<Record<(typeof OF_CONSIGNMENTS)[number], readonly Row[]>>

/**
 * What the projections of consignments must be, sixteen bytes for each consignment: their states do not all fit in memory. They are those of
 * the first `projected` leaves: from then on nothing is taken in any more.
 */
export function startDigests() {
  const digests = new Map<string, string>()
  let isClosed = false
  return {
    digests,
    /** A state that leaves the memory. */
    onLeave(subject: Subject): void {
      if (!isClosed && subject.about === 'consignment')
        digests.set(subject.state.reference, digestOf(rowsOf([subject])))
    },
    /** All that is in memory now; nothing counts that comes after. */
    close(world: LogReplay['states']['world']): void {
      if (isClosed) return
      for (const state of world.consignments.values()) this.onLeave({ about: 'consignment', state })
      isClosed = true
    },
  }
}

export type Digests = ReturnType<typeof startDigests>

/** Lists of consignments, parties and keys against what the leaves come to. */
export async function* compareProjections(
  on: SqlQueryable,
  { replay, digests, projected }: { replay: LogReplay; digests: Digests['digests']; projected: number },
): AsyncGenerator<Finding> {
  const tidy = startTidying()
  let seen = 0
  for await (const [reference, rows] of storedConsignments(on)) {
    // The rows of one take about as much as twenty leaves do.
    seen += 20
    tidy(seen)
    const own = digests.get(reference)
    digests.delete(reference)
    if (own === digestOf(rows)) continue
    const state = own === undefined ? undefined : await stateAt(on, { replay, reference, size: projected })
    const expected = rowsOf(state ? [{ about: 'consignment', state }] : [])
    for (const name of OF_CONSIGNMENTS) {
      yield* compareRows({ code: CODE, ...PROJECTIONS[name], rows: expected[name], stored: rows[name] })
    }
  }
  for (const reference of digests.keys()) yield { code: CODE, detail: `Consignment lacks ${reference}` }
  for (const name of ['party', 'key'] as const) {
    const rows: Row[] = []
    const subjects = replay.states.places.subjects.filter(subject => subject.startsWith(`${name}/`))
    for (let at = 0; at < subjects.length; at += PAGE) {
      const some = new Set(subjects.slice(at, at + PAGE))
      await replay.states.load(some)
      const states = [...statesOf(replay.states.world)].filter(each => some.has(subjectOf(each)))
      rows.push(...rowsOf(states)[name])
      replay.states.shed()
    }
    const { table, columns } = PROJECTIONS[name]
    const stored = await query(on, `SELECT ${names(columns)} FROM "${table}"`)
    yield* compareRows({ code: CODE, ...PROJECTIONS[name], rows, stored })
  }
}

const PAGE = 500
const names = (columns: readonly string[]) => columns.map(name => `"${name}"`).join(', ')

function subjectOf(subject: Subject): string {
  if (subject.about === 'log') return 'log'
  return `${subject.about}/${subject.about === 'key' ? subject.state.key : subject.state.reference}`
}

/** What is stored about each consignment that any of the three tables names, in the order of the database. */
async function* storedConsignments(on: SqlQueryable): AsyncGenerator<[string, Rows]> {
  for (let after = ''; ; ) {
    const page = await query(
      on,
      `SELECT ${names(PROJECTIONS.consignment.columns)} FROM "Consignment" WHERE "reference" > ? ORDER BY "reference" LIMIT ?`,
      [after, PAGE],
    )
    const last = page.length < PAGE ? undefined : String(page.at(-1)?.[0])
    const found = new Map<string, { consignment: Row[]; part: Row[]; handoff: Row[] }>()
    const at = (reference: string) => {
      const rows = found.get(reference) ?? { consignment: [], part: [], handoff: [] }
      found.set(reference, rows)
      return rows
    }
    for (const row of page) at(String(row[0])).consignment.push(row)
    for (const name of ['part', 'handoff'] as const) {
      const { table, columns } = PROJECTIONS[name]
      const until = last === undefined ? '' : 'AND "consignment" <= ?'
      const sql = `SELECT ${names(columns)} FROM "${table}" WHERE "consignment" > ? ${until}`
      const place = (columns as readonly string[]).indexOf('consignment')
      for (const row of await query(on, sql, last === undefined ? [after] : [after, last])) {
        at(String(row[place]))[name].push(row)
      }
    }
    yield* found
    if (last === undefined) return
    after = last
  }
}

/** Rows of each table in the order of their text, so that neither database's order matters. */
function digestOf(rows: Rows): string {
  const text = OF_CONSIGNMENTS.map(name =>
    rows[name]
      .map(row => JSON.stringify(row.map(spelled)))
      .sort()
      .join('\n'),
  ).join('\n\n')
  return Buffer.from(sha256(Buffer.from(text)).subarray(0, 16)).toString('latin1')
}

/** The state that a consignment had at `size` leaves, as far as they can be read: of those that cannot, nobody knows the subject. */
async function stateAt(
  on: SqlQueryable,
  { replay, reference, size }: { replay: LogReplay; reference: string; size: number },
): Promise<ConsignmentState | undefined> {
  const subject = `consignment/${reference}`
  const sql = 'SELECT "leafIndex", "bytes" FROM "Leaf" WHERE "subject" = ? AND "leafIndex" < ? ORDER BY "leafIndex"'
  const { reasons, lost, world, places } = replay.states
  if (lost.has(subject)) return world.consignment(reference)
  const known = new Set(places.of(subject))
  const rows = (await query(on, sql, [subject, size])).filter(row => known.has(Number(row[0])))
  const leaves = rows.map(row => {
    const leafIndex = Number(row[0])
    return { leafIndex, bytes: bytesOf(row[1]), reason: reasons.get(leafIndex) }
  })
  const folded = leaves.length > 0 ? foldChain(subject, leaves) : undefined
  return folded?.about === 'consignment' ? folded.state : undefined
}
