import { parseSubject } from '../core/custody/event.ts'
import type { Held, KeyState, Role } from '../core/custody/state.ts'
import { type StoredLeaf, tryFoldChain } from '../core/evidence/fold.ts'
import { parseLeaf } from '../core/evidence/leaf.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { bytesOf, marks, query } from './sql.ts'

/** Where something stands in the log: leaf index and record time, unix milliseconds. */
export type Place = { readonly leafIndex: number; readonly recordedAt: number }

/** All that the log says of one key. Nothing personal: anyone may see it. */
export type KeyRecord = {
  /** 32 hex characters. */
  readonly key: string
  readonly role: Role
  readonly held: Held
  /** Enrolled by the operator rather than by an admin's key of the party. */
  readonly byOperator: boolean
  readonly until?: string
  readonly enrolled: Place
  readonly revoked?: Place & {
    readonly reason: 'left' | 'lost' | 'stolen'
    /** Leaf index since when its signatures are doubted. */
    readonly from?: number
    readonly byOperator: boolean
  }
  /** Event hash that a revocation names as `after`. */
  readonly head: string
}

/** Every key ever enrolled in the party's name, newest first: the chains of the log, not the projection, so that reasons and times are there. */
export async function keyRecords(party: string, on?: Log): Promise<readonly KeyRecord[]> {
  const log = on ?? (await database())
  const rows = await log.prisma.key.findMany({ where: { party }, orderBy: { enrolledAt: 'desc' } })
  const chains = await readSubjects(
    log,
    rows.map(row => `key/${row.key}`),
  )
  return rows.flatMap(({ key }) => {
    const folded = tryFoldChain(`key/${key}`, chains.get(`key/${key}`) ?? [])
    return folded?.about === 'key' ? [recordOf(folded.state)] : []
  })
}

function recordOf(state: KeyState): KeyRecord {
  const { key, party, role, held, byOperator, until, revoked, chain } = state
  const [enrolment, revocation] = chain.map(entry => entry.recorded)
  return {
    key,
    role,
    held,
    byOperator,
    ...(until !== undefined && { until }),
    enrolled: { leafIndex: enrolment?.index ?? 0, recordedAt: enrolment?.recordedAt ?? 0 },
    ...(revoked &&
      revocation && {
        revoked: {
          leafIndex: revoked.index,
          recordedAt: revocation.recordedAt,
          reason: revoked.reason,
          ...(revoked.from !== undefined && { from: revoked.from }),
          byOperator: revocation.event.by !== party,
        },
      }),
    head: (revocation ?? enrolment)?.hash ?? '',
  }
}

/** Leaves of whole chains, by subject, as they lie: a page comes for an altered database too. */
export async function readSubjects(log: Log, subjects: readonly string[]): Promise<ReadonlyMap<string, StoredLeaf[]>> {
  const chains = new Map<string, StoredLeaf[]>()
  if (subjects.length === 0) return chains
  const sql = `SELECT "subject", "leafIndex", "bytes", "reason" FROM "Leaf" WHERE "subject" IN (${marks(subjects.length)}) ORDER BY "leafIndex"`
  for (const row of await query(log.adapter, sql, subjects)) {
    const reason = row[3] === null ? undefined : (row[3] as NonNullable<StoredLeaf['reason']>)
    const leaf = { leafIndex: Number(row[1]), bytes: bytesOf(row[2]), reason }
    const chain = chains.get(String(row[0]))
    if (chain) chain.push(leaf)
    else chains.set(String(row[0]), [leaf])
  }
  return chains
}

/** One thing a key signed. */
export type Signing = Place & {
  readonly about: 'log' | 'party' | 'key' | 'consignment'
  readonly kind: string
  /** Reference of the consignment or party, name of the key; '' for the log. */
  readonly id: string
}

/** The newest `limit` records that `key` signed since it was enrolled at leaf `since`, newest first: by index, however long the log is. */
export async function signedBy(
  { key, since, limit }: { key: string; since: number; limit: number },
  on?: Log,
): Promise<readonly Signing[]> {
  const log = on ?? (await database())
  const sql = `SELECT l."leafIndex", l."subject", l."recordedAt", l."bytes" FROM "Signing" s JOIN "Leaf" l ON l."leafIndex" = s."leafIndex" WHERE s."key" = ? AND s."leafIndex" > ? ORDER BY s."leafIndex" DESC LIMIT ?`
  return (await query(log.adapter, sql, [key, since, limit])).flatMap(row => {
    const leaf = parseLeaf(bytesOf(row[3]))
    const signed = leaf.ok ? parseKnownEvent(leaf.value.note) : undefined
    const subject = parseSubject(String(row[1]))
    if (!signed?.ok || signed.value.event.key !== key || !subject) return []
    const { kind } = signed.value.event
    return [{ leafIndex: Number(row[0]), recordedAt: Number(row[2]), about: subject.about, id: subject.id, kind }]
  })
}
