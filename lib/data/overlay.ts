import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { neededBy } from '../core/custody/needs.ts'
import type { Refusal } from '../core/custody/refusals.ts'
import type { Subject } from '../core/custody/state.ts'
import { emptyWorld, keep, type World } from '../core/custody/world.ts'
import { foldChain, type StoredLeaf } from '../core/evidence/fold.ts'
import type { SignedEvent } from '../core/evidence/signed-event.ts'
import { hexOf } from './hash.ts'
import type { Log } from './log-state.ts'
import { isIntact } from './scrub.ts'
import { bytesOf, marks, query } from './sql.ts'

/** Something was found wrong on the way, and the log is read-only by now. */
export class NowReadOnly extends Error {}

/** Last leaf of a subject. `leafHash` lower-case hex. */
export type ChainHead = { readonly count: number; readonly leafHash: string; readonly leafIndex: number }

/** What one transaction sees: the database, and over it what this transaction has decided. Thrown away with it. */
export type Overlay = {
  readonly world: World
  readonly chains: Map<string, ChainHead>
}

const MOST_FOLDED = 4000

/** Loads everything that the rules may ask for these events, inside the transaction that will record them. */
export async function openOverlay(log: Log, on: SqlQueryable, events: readonly SignedEvent[]): Promise<Overlay> {
  const base = emptyWorld({ complete: false })
  const keysKnown = new Set<string>()
  const world: World = {
    ...base,
    // Append must know all keys of a party before the operator may enrol one; without them the rule would be waved through.
    keysOf: party => (keysKnown.has(party) ? [...base.keys.values()].filter(key => key.party === party) : undefined),
  }
  const needs = events.map(signed => neededBy(signed.event, signed.restated?.event))
  const subjects = new Set(needs.flatMap(need => need.subjects))
  const parties = [...new Set(needs.flatMap(need => need.keysOf))]
  for (const party of parties) keysKnown.add(party)
  const [keys, owners, quoted, chains] = await Promise.all([
    keysOf(on, parties),
    partiesOf(on, [...new Set(needs.flatMap(need => need.partyOf))]),
    subjectsOfEvents(on, [...new Set(needs.flatMap(need => need.events))]),
    readChains(on, [...subjects]),
  ])
  const more = [...keys.map(key => `key/${key}`), ...owners.map(party => `party/${party}`), ...quoted.values()]
  const unread = [...new Set(more.filter(subject => !subjects.has(subject)))]
  for (const [subject, end] of await readChains(on, unread)) chains.set(subject, end)
  for (const [hash, subject] of quoted) base.acts.set(hash, subject.slice('consignment/'.length))
  for (const subject of await foldSubjects(log, on, chains)) keep(world, subject)
  return { world, chains }
}

async function keysOf(on: SqlQueryable, parties: readonly string[]): Promise<string[]> {
  if (parties.length === 0) return []
  const rows = await query(on, `SELECT "key" FROM "Key" WHERE "party" IN (${marks(parties.length)})`, parties)
  return rows.map(row => String(row[0]))
}

async function partiesOf(on: SqlQueryable, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const rows = await query(on, `SELECT "party" FROM "Key" WHERE "key" IN (${marks(keys.length)})`, keys)
  return rows.map(row => String(row[0]))
}

/** Subject of the leaf that each event stands in, by either of its hashes; unknown ones are left out. */
export async function subjectsOfEvents(on: SqlQueryable, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map()
  const sql = `SELECT n."hash", l."subject" FROM "EventName" n JOIN "Leaf" l ON l."leafIndex" = n."leafIndex" WHERE n."hash" IN (${marks(hashes.length)})`
  const rows = await query(on, sql, hashes)
  return new Map(rows.map(row => [String(row[0]), String(row[1])]))
}

/** Where each subject's chain ends, by the unique index over (subject, seq); subjects without one are left out. */
export async function readChains(on: SqlQueryable, subjects: readonly string[]): Promise<Map<string, ChainHead>> {
  if (subjects.length === 0) return new Map()
  const wanted = subjects.map(() => '(?)').join(',')
  const sql = `WITH wanted("name") AS (VALUES ${wanted}) SELECT l."subject", l."seq", l."leafHash", l."leafIndex" FROM wanted JOIN "Leaf" l ON l."leafIndex" = (SELECT "leafIndex" FROM "Leaf" WHERE "subject" = wanted."name" ORDER BY "seq" DESC LIMIT 1)`
  const rows = await query(on, sql, subjects)
  return new Map(
    rows.map(row => [
      String(row[0]),
      { count: Number(row[1]) + 1, leafHash: hexOf(bytesOf(row[2])), leafIndex: Number(row[3]) },
    ]),
  )
}

/** States of these subjects: from memory where it is of exactly this last leaf, else folded anew, so that what another process appended is seen. */
export async function foldSubjects(
  log: Log,
  on: SqlQueryable,
  chains: ReadonlyMap<string, ChainHead>,
): Promise<Subject[]> {
  const states: Subject[] = []
  const missing: string[] = []
  for (const [subject, head] of chains) {
    const known = log.folded.get(subject)
    if (known?.leafHash === head.leafHash) states.push(known.subject)
    else missing.push(subject)
  }
  if (missing.length === 0) return states
  for (const [subject, leaves] of await readChainLeaves(log, on, missing)) {
    const state = foldChain(subject, leaves)
    remember(log, subject, { leafHash: chains.get(subject)?.leafHash ?? '', subject: state })
    states.push(state)
  }
  return states
}

/** Whole chains with their stored verdicts, each leaf re-hashed. Throws {@link NowReadOnly}, and the log is read-only, where one differs. */
async function readChainLeaves(
  log: Log,
  on: SqlQueryable,
  subjects: readonly string[],
): Promise<Map<string, StoredLeaf[]>> {
  const sql = `SELECT "subject", "leafIndex", "bytes", "leafHash", "reason" FROM "Leaf" WHERE "subject" IN (${marks(subjects.length)}) ORDER BY "leafIndex"`
  const chains = new Map<string, StoredLeaf[]>()
  for (const row of await query(on, sql, subjects)) {
    const leaf = { leafIndex: Number(row[1]), bytes: bytesOf(row[2]), leafHash: bytesOf(row[3]) }
    if (!isIntact(log, leaf)) throw new NowReadOnly(`leaf ${leaf.leafIndex}`)
    const stored = { ...leaf, reason: row[4] === null ? undefined : (row[4] as Refusal) }
    const chain = chains.get(String(row[0]))
    if (chain) chain.push(stored)
    else chains.set(String(row[0]), [stored])
  }
  return chains
}

/** Keeps a committed state; the oldest go first. */
export function remember(log: Log, subject: string, folded: { leafHash: string; subject: Subject }): void {
  log.folded.delete(subject)
  log.folded.set(subject, folded)
  if (log.folded.size <= MOST_FOLDED) return
  const [oldest] = log.folded.keys()
  if (oldest !== undefined) log.folded.delete(oldest)
}
