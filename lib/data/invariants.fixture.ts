import { expect } from '@playwright/test'
import { equalBytes, hexEncode, utf8Encode } from '../core/bytes.ts'
import { parseCheckpointText } from '../core/ledger/checkpoint.ts'
import { proveConsistency, rootOf, verifyConsistency } from '../core/ledger/merkle.ts'
import { parseNote } from '../core/ledger/note.ts'
import { readCheckpoint } from './checkpoints.ts'
import { readIfPresent } from './files.ts'
import { guardPath } from './guard-file.ts'
import { readHead } from './head.ts'
import type { Log } from './log-state.ts'
import { findingsOf } from './processes.fixture.ts'
import { bytesOf, execute, query } from './sql.ts'
import { readLeaves } from './tiles.ts'

/** What someone outside has seen of a log over its whole life, whatever happened to it meanwhile. */
export type Witnessed = {
  /** Index by event hash, as they were acknowledged. */
  readonly acknowledged: Map<string, number>
  /** Note by size, as they were published. */
  readonly published: Map<number, string>
}

export const witnessNothing = (): Witnessed => ({ acknowledged: new Map(), published: new Map() })

/** Looks at what the log publishes now, and holds it against the invariants I1 to I8 below and all that was seen before. */
export async function expectInvariants(log: Log, seen: Witnessed, when: string): Promise<void> {
  // What is being signed is signed before anything is looked at.
  while (log.publisher.running) await log.publisher.running.catch(() => {})
  const guard = readIfPresent(guardPath(log.settings))
  const newest = await readCheckpoint(log.adapter)
  const head = await readHead(log.adapter)
  // I1, I7: leaves, chains, nodes, head, names and lists derive again from the leaves' bytes.
  expect(await findingsOf(log.settings.databaseUrl), when).toEqual([])
  // I4: what was acknowledged stands where it was said to stand.
  const names = new Map((await query(log.adapter, 'SELECT "hash", "leafIndex" FROM "EventName"')) as [string, number][])
  for (const [hash, index] of seen.acknowledged) expect(names.get(hash), when).toBe(index)
  // I2, I5: nothing is signed that is not there, and what is published never shrinks.
  const largest = Math.max(0, ...seen.published.keys())
  expect(newest?.size ?? 0, when).toBeGreaterThanOrEqual(largest)
  expect(newest?.size ?? 0, when).toBeLessThanOrEqual(head.size)
  if (guard !== undefined) expect(sizeOf(guard), when).toBeLessThanOrEqual(head.size)
  // I3: one note for a size, for ever; each is consistent with all that came later.
  for (const row of await query(log.adapter, 'SELECT "size", "note" FROM "Checkpoint"')) {
    const [size, note] = [Number(row[0]), String(row[1])]
    expect(seen.published.get(size) ?? note, when).toBe(note)
    seen.published.set(size, note)
  }
  await expectConsistent(log, head.size, seen, when)
  // I6: the guards stand.
  for (const sql of ['UPDATE "Leaf" SET "seq" = 0', 'DELETE FROM "Checkpoint"', 'DELETE FROM "Leaf"']) {
    await expect(execute(log.adapter, sql), when).rejects.toThrow()
  }
  // I8: nothing was taken for a restored snapshot.
  expect(log.readOnly, when).toBeUndefined()
}

async function expectConsistent(log: Log, size: number, { published }: Witnessed, when: string): Promise<void> {
  const hashes = (await readLeaves(log.adapter, { from: 0, to: size })).map(leaf => bytesOf(leaf.leafHash))
  const newRoot = rootOf(hashes)
  for (const [oldSize, note] of published) {
    const oldRoot = rootIn(note)
    expect(hexEncode(oldRoot), when).toBe(hexEncode(rootOf(hashes.slice(0, oldSize))))
    const proof = proveConsistency({ leafHashes: hashes, oldSize })
    expect(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot, proof }), when).toBe(true)
  }
  const { root } = await readHead(log.adapter)
  expect(equalBytes(root, newRoot), when).toBe(true)
}

function textOf(note: string) {
  const parsed = parseNote(utf8Encode(note))
  const read = parsed.ok ? parseCheckpointText(parsed.value.text) : parsed
  if (!read.ok) throw new Error(`${read.code}: ${note}`)
  return read.value
}

const sizeOf = (note: string) => Number(textOf(note).size)
const rootIn = (note: string) => textOf(note).rootHash
