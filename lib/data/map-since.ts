import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { parseLeaf } from '../core/evidence/leaf.ts'
import { INDEX_SUBJECT, keysChangedBy, keysSubject, type MapLeaf, mapChanges } from '../core/evidence/map-changes.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { EMPTY_MAP_ROOT, type MapEntry, mapKey } from '../core/ledger/map.ts'
import { type MapTiles, readEntry } from '../core/ledger/map-tiles.ts'
import { bytesOf, marks, query } from './sql.ts'

/** The leaves do not say what the map needs, or the map is not what they come to: something in the database was changed. */
export class MapDamage extends Error {}

/** Leaf indices [from, to). */
type Between = { readonly from: number; readonly to: number }

/** Subjects in one statement. */
const AT_ONCE = 5000

/** What the map of `tiles`, which is that of the leaves before `from`, must hold differently after the leaves of `between`. */
export async function changesSince(on: SqlQueryable, tiles: MapTiles, between: Between): Promise<MapEntry[]> {
  const leaves = await leavesBetween(on, between)
  const counted = new Map<string, number>()
  for (const party of partiesIn(leaves)) counted.set(party, await countIn(tiles, keysSubject(party)))
  return mapChanges(leaves, counted)
}

/**
 * The other way round: what the map of `tiles`, which is that of the leaves before `to`, held otherwise before `from`; a count of 0 for a subject
 * that was not there.
 */
export async function changesBack(on: SqlQueryable, tiles: MapTiles, between: Between): Promise<MapEntry[]> {
  const leaves = await leavesBetween(on, between)
  const subjects = [...new Set(leaves.map(({ subject }) => subject))]
  const before = await endsBelow(on, subjects, between.from)
  const entries = subjects.map(subject => entryOf(subject, before.get(subject)))
  for (const party of partiesIn(leaves)) {
    const subject = keysSubject(party)
    const count = (await countIn(tiles, subject)) - leaves.filter(({ keysOf }) => keysOf === party).length
    const leafHash = count > 0 ? await lastKeyLeaf(on, party, between.from) : undefined
    entries.push(entryOf(subject, leafHash && { count, leafHash }))
  }
  return entries
}

function entryOf(subject: string, end: { count: number; leafHash: Uint8Array } | undefined): MapEntry {
  return { key: mapKey(subject), ...(end ?? { count: 0, leafHash: EMPTY_MAP_ROOT }) }
}

async function countIn(tiles: MapTiles, subject: string): Promise<number> {
  return (await readEntry(tiles, mapKey(subject)))?.count ?? 0
}

function partiesIn(leaves: readonly MapLeaf[]): Set<string> {
  return new Set(leaves.flatMap(({ keysOf }) => keysOf ?? []))
}

/** The leaves of a stretch as the map counts them, in log order. */
async function leavesBetween(on: SqlQueryable, { from, to }: Between): Promise<MapLeaf[]> {
  const sql =
    'SELECT "leafIndex", "subject", "seq", "leafHash" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? AND "subject" <> ? ORDER BY "leafIndex"'
  const leaves = (await query(on, sql, [from, to, INDEX_SUBJECT])).map(row => ({
    subject: String(row[1]),
    seq: Number(row[2]),
    leafHash: bytesOf(row[3]),
  }))
  const parties = await partiesOfKeys(
    on,
    leaves.flatMap(({ subject }) => (subject.startsWith('key/') ? subject : [])),
  )
  return leaves.map(leaf => ({ ...leaf, keysOf: parties.get(leaf.subject) }))
}

/** Party for which each key was enrolled, by subject, from the enrolments themselves. Throws {@link MapDamage} where one cannot be read. */
async function partiesOfKeys(on: SqlQueryable, subjects: readonly string[]): Promise<Map<string, string>> {
  const parties = new Map<string, string>()
  for (const some of slices([...new Set(subjects)])) {
    const sql = `SELECT "subject", "bytes" FROM "Leaf" WHERE "seq" = 0 AND "subject" IN (${marks(some.length)})`
    for (const [subject, bytes] of await query(on, sql, some)) {
      const leaf = parseLeaf(bytesOf(bytes))
      const signed = leaf.ok ? parseKnownEvent(leaf.value.note) : leaf
      const party = signed.ok ? keysChangedBy(signed.value.event, () => undefined) : undefined
      if (party === undefined) throw new MapDamage(`the first leaf of ${subject} enrols no key`)
      parties.set(String(subject), party)
    }
  }
  return parties
}

/** Where each chain ended before leaf `below`; subjects that had none are left out. */
export async function endsBelow(
  on: SqlQueryable,
  subjects: readonly string[],
  below: number,
): Promise<Map<string, { count: number; leafHash: Uint8Array }>> {
  const ends = new Map<string, { count: number; leafHash: Uint8Array }>()
  for (const some of slices(subjects)) {
    const wanted = some.map(() => '(?)').join(',')
    const sql = `WITH wanted("name") AS (VALUES ${wanted}) SELECT l."subject", l."seq", l."leafHash" FROM wanted JOIN "Leaf" l ON l."leafIndex" = (SELECT "leafIndex" FROM "Leaf" WHERE "subject" = wanted."name" AND "leafIndex" < ? ORDER BY "seq" DESC LIMIT 1)`
    for (const [subject, seq, leafHash] of await query(on, sql, [...some, below])) {
      ends.set(String(subject), { count: Number(seq) + 1, leafHash: bytesOf(leafHash) })
    }
  }
  return ends
}

/** Hash of the last leaf before `below` that enrols or revokes a key of `party`. */
async function lastKeyLeaf(on: SqlQueryable, party: string, below: number): Promise<Uint8Array | undefined> {
  const sql =
    'SELECT l."leafHash" FROM "Key" k JOIN "Leaf" l ON l."subject" = \'key/\' || k."key" WHERE k."party" = ? AND l."leafIndex" < ? ORDER BY l."leafIndex" DESC LIMIT 1'
  const [row] = await query(on, sql, [party, below])
  return row && bytesOf(row[0])
}

function* slices<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let at = 0; at < values.length; at += AT_ONCE) yield values.slice(at, at + AT_ONCE)
}
