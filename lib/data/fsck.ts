import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { ReplayCode } from '../audit/findings.ts'
import { startTidying } from '../audit/memory.ts'
import type { Prepared } from '../audit/reading.ts'
import { startAuditReplay } from '../audit/replay.ts'
import { openSnapshot } from './connection.ts'
import { compareBeside, compareRest, namesIn } from './fsck-beside.ts'
import { startIndexCheck } from './fsck-index.ts'
import { compareProjections, startDigests } from './fsck-projections.ts'
import { compareRow, type StoredRow } from './fsck-rules.ts'
import { startTreeCheck } from './fsck-tree.ts'
import { verifyGuards } from './guards.ts'
import { projectedSize } from './projected.ts'
import { bytesOf, marks, query, type Row } from './sql.ts'

/** Something that is not as the leaves say. `leaf`: the index of the leaf it is about, where there is one. */
export type Finding = { readonly code: FindingCode; readonly leaf?: number; readonly detail: string }

export type FindingCode =
  | 'leaf-missing'
  | 'leaf-altered'
  | 'leaf-column'
  | 'verdict-differs'
  | 'node-differs'
  | 'head-differs'
  | 'checkpoint-differs'
  | 'index-differs'
  | 'map-differs'
  | 'opening-wrong'
  | 'name-differs'
  | 'projection-differs'
  | 'guards-missing'
  | ReplayCode

/** How far it is, or something found. */
export type FsckStep =
  | { readonly step: 'progress'; readonly done: number; readonly of: number }
  | { readonly step: 'finding'; readonly finding: Finding }
  | { readonly step: 'end'; readonly leaves: number; readonly findings: number }

/** Leaves read at a time. */
const SLICE = 256
const AT_ONCE = 2000

/**
 * Derives everything in the database at `url` again from the leaf bytes and compares: hashes, chains, nodes, head, checkpoints' roots, the index,
 * signatures and rules with the whole log known, names, projections, openings. Reads only; needs no server and no key. Throws where there is
 * no database to read.
 */
export async function* fsck(url: string): AsyncGenerator<FsckStep> {
  // One snapshot: a server that goes on recording meanwhile changes nothing of what is compared here.
  const adapter = await openSnapshot(url)
  try {
    yield* check(adapter)
  } finally {
    await adapter.dispose()
  }
}

/** The same over what a connection or a transaction sees. */
export async function* check(adapter: SqlQueryable): AsyncGenerator<FsckStep> {
  const [last] = await query(adapter, 'SELECT MAX("leafIndex") FROM "Leaf"')
  const size = last?.[0] === null || last?.[0] === undefined ? 0 : Number(last[0]) + 1
  let findings = 0
  const told = (finding: Finding): FsckStep => {
    findings++
    return { step: 'finding', finding }
  }
  const sizes = await query(adapter, 'SELECT "size" FROM "Checkpoint" UNION SELECT "size" FROM "IndexLeaf"')
  const tree = startTreeCheck(new Set(sizes.map(row => Number(row[0]))))
  const index = startIndexCheck()
  const projected = await projectedSize(adapter)
  if (projected > size) {
    const detail = `lists speak of ${projected} leaves, there are ${size}`
    yield told({ code: 'projection-differs', detail })
  }
  const digests = startDigests()
  const leaves = { read: (indices: readonly number[]) => readBytes(adapter, indices) }
  const replay = startAuditReplay({ leaves, onLeave: digests.onLeave })
  const { world } = replay.states
  let names = 0
  const tidy = startTidying()
  if (projected === 0) digests.close(world)

  async function* settle({ rows, prepared }: Slice): AsyncGenerator<FsckStep> {
    const before = replay.counts.indexLeaves
    const taken = await replay.take(prepared)
    let indexSeq = before
    for (const [i, each] of taken.entries()) {
      const row = rows[i] as StoredRow
      for (const finding of tree.take({ ...row, hash: each.leafHash })) yield told(finding)
      for (const finding of compareRow(row, each, indexSeq)) yield told(finding)
      if (each.indexLeaf) indexSeq++
      index.take(each)
    }
    names += namesIn(taken)
    const [from, to] = [rows[0]?.leafIndex ?? 0, (rows.at(-1)?.leafIndex ?? 0) + 1]
    for await (const finding of compareBeside(adapter, { taken, from, to, world })) yield told(finding)
    if (to >= projected) digests.close(world)
    tidy(to)
    yield { step: 'progress', done: to, of: size }
  }

  let pending: Slice | undefined
  for await (const rows of slicesOf(adapter, { size, cut: projected })) {
    // While other threads check these signatures, the rules are asked about the slice before.
    const prepared = replay.prepare(
      rows.map(row => row.bytes),
      rows[0]?.leafIndex,
    )
    if (pending) yield* settle(pending)
    pending = { rows, prepared }
  }
  if (pending) yield* settle(pending)
  digests.close(world)
  for (const finding of await tree.compare(adapter, size)) yield told(finding)
  const isPromised = world.founding?.index === true
  for await (const finding of index.compare(adapter, { isPromised, rootAt: tree.rootAt })) yield told(finding)
  for await (const finding of compareRest(adapter, { size, names })) yield told(finding)
  const expected = { replay, digests: digests.digests, projected }
  for await (const finding of compareProjections(adapter, expected)) yield told(finding)
  try {
    await verifyGuards(adapter)
  } catch (error) {
    yield told({ code: 'guards-missing', detail: String(error) })
  }
  yield { step: 'end', leaves: size, findings }
}

type Slice = { readonly rows: readonly StoredRow[]; readonly prepared: Prepared }

/** Rows of `Leaf` in runs without a gap, {@link SLICE} at most, none of them across `cut`. */
async function* slicesOf(
  on: SqlQueryable,
  { size, cut }: { size: number; cut: number },
): AsyncGenerator<readonly StoredRow[]> {
  for (let at = 0; at < size; ) {
    const to = at < cut ? Math.min(at + SLICE, cut) : at + SLICE
    const sql = `SELECT ${COLUMNS} FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? ORDER BY "leafIndex"`
    let run: StoredRow[] = []
    for (const row of (await query(on, sql, [at, to])).map(storedRow)) {
      const before = run.at(-1)
      if (before && row.leafIndex > before.leafIndex + 1) {
        yield run
        run = []
      }
      run.push(row)
    }
    if (run.length > 0) yield run
    at = to
  }
}

const COLUMNS = '"leafIndex", "subject", "seq", "bytes", "leafHash", "recordedAt", "inEffect", "reason"'

function storedRow(row: Row): StoredRow {
  return {
    leafIndex: Number(row[0]),
    subject: String(row[1]),
    seq: Number(row[2]),
    bytes: bytesOf(row[3]),
    leafHash: bytesOf(row[4]),
    recordedAt: Number(row[5]),
    inEffect: Number(row[6]) === 1,
    reason: row[7] === null ? undefined : String(row[7]),
  }
}

/** Leaves that were taken before and are folded again. */
async function readBytes(on: SqlQueryable, indices: readonly number[]): Promise<Uint8Array[]> {
  const found = new Map<number, Uint8Array>()
  for (let at = 0; at < indices.length; at += AT_ONCE) {
    const some = indices.slice(at, at + AT_ONCE)
    const sql = `SELECT "leafIndex", "bytes" FROM "Leaf" WHERE "leafIndex" IN (${marks(some.length)})`
    for (const row of await query(on, sql, some)) found.set(Number(row[0]), bytesOf(row[1]))
  }
  return indices.map(index => found.get(index) as Uint8Array)
}
