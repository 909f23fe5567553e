import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { signFuture } from '../core/evidence/future.fixture.ts'
import { pairOf, type StoryLog } from '../core/evidence/story.fixture.ts'
import { rootOf } from '../core/ledger/merkle.ts'
import { IndexedLog, LINE, story } from './indexed-log.fixture.ts'
import { type LogReplay, startAuditReplay, type Taken } from './replay.ts'

const sourceOf = (leaves: readonly Uint8Array[]) => ({
  read: async (indices: readonly number[]) => indices.map(index => leaves[index] as Uint8Array),
})

async function replayed(
  leaves: readonly Uint8Array[],
  { by = 3, ...more }: { by?: number; saved?: Uint8Array; most?: number } = {},
): Promise<{ replay: LogReplay; taken: Taken[]; codes: string[] }> {
  const replay = startAuditReplay({ leaves: sourceOf(leaves), ...more })
  const taken: Taken[] = []
  while (replay.size < leaves.length) {
    taken.push(...(await replay.take(replay.prepare(leaves.slice(replay.size, replay.size + by)))))
  }
  return { replay, taken, codes: taken.flatMap(each => each.findings.map(({ code, leaf }) => `${leaf} ${code}`)) }
}

test('an honest log is replayed without a finding, to the root of its leaves', async () => {
  const { log, hand } = await story()
  await hand('one')
  await hand('two')
  log.index()
  const { replay, codes } = await replayed(log.leaves)
  expect(codes).toEqual([])
  expect(replay.root()).toEqual(rootOf(log.hashes))
  expect(replay.counts).toEqual({ events: 14, indexLeaves: 3, findings: 0 })
  expect(replay.endsInIndex).toBe(true)
  expect(replay.states.world.consignments.size).toBe(2)
})

test('a replay saved anywhere goes on to the same root, and to the same finding', async () => {
  const { log, hand } = await story()
  const subject = await hand('one')
  log.index()
  await hand('two')
  log.index()
  for (let size = 1; size < log.size; size++) {
    const first = await replayed(log.leaves.slice(0, size))
    const saved = first.replay.save()
    expect(saved).toBeDefined()
    const { replay, codes } = await replayed(log.leaves, { saved: saved as Uint8Array, by: 2 })
    expect(codes).toEqual([])
    expect(replay.root()).toEqual(rootOf(log.hashes))
    expect(replay.counts.events).toBe(14)
  }
  const half = await replayed(log.leaves)
  const lines = [{ ...LINE, quantity: '40' }]
  await log.act({ actor: log.operator, subject, kind: 'write-off', body: { lines, reason: 'expired' } })
  const again = await replayed(log.leaves, { saved: half.replay.save() as Uint8Array })
  expect(again.codes).toEqual([`${log.size - 1} rules-broken`])
})

test('an index leaf that commits to another map is found', async () => {
  const { log, hand } = await story()
  await hand('one')
  const before = log.map.root()
  await hand('two')
  log.index(before)
  const { codes } = await replayed(log.leaves)
  expect(codes).toEqual([`${log.size - 1} index-false`])
})

test('an index leaf in a log that promises none is found', async () => {
  const log = new IndexedLog({ origin: 'log.example.org' })
  await log.found()
  log.index()
  expect((await replayed(log.leaves)).codes).toEqual(['4 index-unpromised', '4 index-false'])
})

test('an index leaf recorded before the leaf in front of it is found', async () => {
  const { log, hand } = await story()
  await hand('one')
  log.clock -= 60_000
  log.index()
  expect((await replayed(log.leaves)).codes).toEqual([`${log.size - 1} chain-broken`])
})

test('an event that the log had to refuse is found, and what follows it is not blamed', async () => {
  const { log, donor, hand } = await story()
  const subject = await hand('one')
  const body = { lines: [{ ...LINE, quantity: '40' }], reason: 'expired' }
  await log.act({ actor: donor, subject, kind: 'write-off', body })
  await hand('two')
  log.index()
  const { codes } = await replayed(log.leaves)
  expect(codes).toEqual(['13 rules-broken'])
})

test('one altered byte is found at its leaf: in the statement, in the signature, in the first line', async () => {
  const { log, hand } = await story()
  await hand('one')
  log.index()
  const at = 11
  const text = new TextDecoder().decode(log.leaves[at])
  const altered = (from: string | RegExp, to: string) => log.leaves.with(at, utf8Encode(text.replace(from, to)))
  expect((await replayed(altered('"quantity":"40"', '"quantity":"41"'))).codes).toContain('11 event-wrong')
  expect((await replayed(altered(/leaf\/v1/, 'leaf/v9'))).codes).toContain('11 leaf-unreadable')
  expect((await replayed(altered(/^(throughline\/leaf\/v1 [0-9]+) 1 /, '$1 2 '))).codes).toContain('11 chain-broken')
})

test('a leaf left out breaks its chain, and the index after it is false', async () => {
  const { log, hand } = await story()
  await hand('one')
  log.index()
  const without = log.leaves.toSpliced(11, 1)
  const { codes } = await replayed(without)
  expect(codes).toContain('11 chain-broken')
  expect(codes).toContain(`${without.length - 1} index-false`)
})

test('an event of a kind that this program does not know is said to be unknown', async () => {
  const { log, donor, hand } = await story()
  const subject = await hand('one')
  log.append({ ...signFuture({ log, subject, actor: donor, kind: 'weigh' }), subject })
  log.index()
  expect((await replayed(log.leaves)).codes).toEqual(['13 event-unknown'])
})

test('a log that leaf 0 does not found is none', async () => {
  const { log } = await story()
  expect((await replayed(log.leaves.slice(1))).codes).toContain('0 founding-missing')
})

test('what is not in memory is read again: a replay that keeps nothing comes to the same', async () => {
  const { log, donor, hand } = await story()
  const names = ['one', 'two', 'three']
  const subjects: string[] = []
  for (const name of names) subjects.push(await hand(name))
  log.index()
  const taker = log.operator
  for (const subject of subjects) {
    const body = { lines: [{ ...LINE, quantity: '40' }], reason: 'expired' }
    // Not the holder's, and signed behind the head: recorded and not in effect.
    await log.act({ actor: donor, subject, kind: 'write-off', body, after: eventsOf(log, subject)[1] as string })
  }
  const late = pairOf('late')
  await log.enrol({ actor: taker, party: taker.party, pair: late })
  await log.act({ actor: taker, subject: `key/${late.key}`, kind: 'revoke', body: { reason: 'lost' } })
  log.index()
  const { replay, codes } = await replayed(log.leaves, { by: 1, most: 0 })
  expect(codes).toEqual([])
  expect(replay.root()).toEqual(rootOf(log.hashes))
  expect([...replay.states.reasons.values()]).toHaveLength(3)
  // Leaf 0 alone stays.
  expect([...replay.states.world.consignments.keys(), ...replay.states.world.keys.keys()]).toEqual([])
})

const eventsOf = (log: StoryLog, subject: string) =>
  [...log.subjects].flatMap(([hash, of]) => (of === subject ? [hash] : []))
