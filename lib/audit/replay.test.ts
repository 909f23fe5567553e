import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { signFuture } from '../core/evidence/future.fixture.ts'
import { type Actor, nonceOf, pairOf, StoryLog } from '../core/evidence/story.fixture.ts'
import { formatIndexLeaf } from '../core/ledger/index-leaf.ts'
import { leafHash, rootOf } from '../core/ledger/merkle.ts'
import { openMapReplay } from './map-replay.ts'
import { type LogReplay, startAuditReplay, type Taken } from './replay.ts'

const LINE = { line: '1', condition: 'sound' }

/** A log that promises an index, honest unless a test makes it otherwise, with the map its leaves come to. */
class IndexedLog extends StoryLog {
  readonly map = openMapReplay()
  readonly #counts = new Map<string, number>()

  override append(args: Parameters<StoryLog['append']>[0]): number {
    const index = super.append(args)
    const count = (this.#counts.get(args.subject) ?? 0) + 1
    this.#counts.set(args.subject, count)
    this.map.change(args.subject, { count, leafHash: this.hashes[index] as Uint8Array })
    return index
  }

  override async act(act: Parameters<StoryLog['act']>[0]): Promise<string> {
    const hash = await super.act(act)
    if (act.kind === 'revoke') this.map.changeKeys(act.actor.party, this.hashes.at(-1) as Uint8Array)
    return hash
  }

  override async enrol(args: Parameters<StoryLog['enrol']>[0]): Promise<string> {
    const hash = await super.enrol(args)
    this.map.changeKeys(args.party, this.hashes.at(-1) as Uint8Array)
    return hash
  }

  index(mapRoot = this.map.root()): void {
    this.clock += 1000
    const bytes = formatIndexLeaf({ at: this.clock, mapRoot })
    this.leaves.push(bytes)
    this.hashes.push(leafHash(bytes))
  }
}

async function story(): Promise<{ log: IndexedLog; donor: Actor; taker: Actor; hand(name: string): Promise<string> }> {
  const log = new IndexedLog({ origin: 'log.example.org' })
  await log.found({ index: true })
  log.index()
  const donor = await log.join('donor', 'Nordic Relief')
  const taker = await log.join('taker', 'Hilltop Hospital')
  log.index()
  const hand = async (name: string) => {
    const subject = log.consignment({ actor: donor, name })
    const lines = [{ id: '1', item: 'Tents', unit: 'piece', quantity: '40' }]
    await log.act({ actor: donor, subject, kind: 'pack', body: { nonce: nonceOf(name), lines } })
    const to = { to: { party: taker.party }, lines: [{ ...LINE, quantity: '40' }] }
    const release = await log.act({ actor: donor, subject, kind: 'release', body: to })
    await log.act({
      actor: taker,
      subject,
      kind: 'receive',
      body: { release, lines: [{ ...LINE, received: '40' }] },
    })
    return subject
  }
  return { log, donor, taker, hand }
}

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
