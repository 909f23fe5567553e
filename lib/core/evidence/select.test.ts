import { expect, test } from '@playwright/test'
import { base64Encode, hexEncode } from '../bytes.ts'
import { handOver, packed, sourceOf } from './evidence.fixture.ts'
import { selectLeaves } from './select.ts'
import { nonceOf, pairOf, type StoryLog } from './story.fixture.ts'

const LINES = [{ line: '1', condition: 'sound', quantity: '40' }]
const selected = async (log: StoryLog, subject: string, more: { treeSize?: number; mostQuoted?: number } = {}) => {
  const selection = await selectLeaves({ subject, source: sourceOf(log), treeSize: log.size, ...more })
  return { ...selection, indices: selection.leaves.map(leaf => leaf.index) }
}
const chain = (log: StoryLog, subject: string) => log.chains.get(subject) ?? []

test('a file holds whole chains: a key revoked and a party renamed later come along', async () => {
  const { log, subject, donor, carrier } = await packed()
  await log.act({ actor: donor, subject: `key/${donor.pair.key}`, kind: 'revoke', body: { reason: 'left' } })
  const body = { named: 'public' }
  await log.act({
    actor: carrier,
    subject: `party/${carrier.party}`,
    kind: 'update',
    body,
    sealed: { name: 'Red Truck' },
  })
  const { indices } = await selected(log, subject)
  expect(indices).toEqual([0, 1, 2, 4, 5, 8, 10, 11])
})

test('an admin who enrolled the signing key comes along, and whoever enrolled that admin', async () => {
  const { log, subject, donor, carrier } = await packed()
  const driver = pairOf('driver')
  await log.enrol({ actor: carrier, party: carrier.party, pair: driver, role: 'member' })
  await log.act({ actor: donor, subject, kind: 'release', body: { to: { party: carrier.party }, lines: LINES } })
  expect((await selected(log, subject)).indices).not.toContain(7)
  const release = log.heads.get(subject)
  const lines = [{ line: '1', condition: 'sound', received: '40' }]
  await log.act({ actor: { party: carrier.party, pair: driver }, subject, kind: 'receive', body: { release, lines } })
  const { indices } = await selected(log, subject)
  expect(indices).toEqual(
    expect.arrayContaining([...chain(log, `key/${driver.key}`), ...chain(log, `key/${carrier.pair.key}`)]),
  )
  expect(indices).not.toContain(9)
})

test('leaves that no checkpoint covers yet stay out', async () => {
  const story = await packed()
  const { log, subject } = story
  const treeSize = log.size
  await handOver(story, story.donor, story.carrier)
  expect((await selected(log, subject, { treeSize })).indices.at(-1)).toBe(10)
  expect((await selected(log, subject)).indices.at(-1)).toBe(12)
})

test('a leaf that was damaged where it lies is carried as it lies', async () => {
  const { log, subject } = await packed()
  const damaged = Uint8Array.from(log.leaves[10] as Uint8Array)
  damaged[30] = 0
  log.leaves[10] = damaged
  const { leaves, acting } = await selected(log, subject)
  expect(base64Encode(leaves.at(-1)?.bytes as Uint8Array)).toBe(base64Encode(damaged))
  expect([leaves.map(leaf => leaf.index), acting.has(10)]).toEqual([[0, 1, 2, 10], false])
})

test('a claim names nobody, and the taker comes along once it has signed', async () => {
  const { log, subject, donor } = await packed()
  const claim = hexEncode(pairOf('one-time key').publicKey)
  await log.act({ actor: donor, subject, kind: 'release', body: { to: { claim }, lines: LINES } })
  expect((await selected(log, subject)).indices).toEqual([0, 1, 2, 4, 5, 8, 10, 11])
})

test('quoted chains come along in turn, until they are too many', async () => {
  const { log, subject, donor } = await packed()
  const line = { id: '1', item: 'Family tent, 16 m2', unit: 'tent', quantity: '40' }
  let source = subject
  const subjects = [source]
  for (const name of ['second', 'third']) {
    const target = log.consignment({ actor: donor, name })
    const event = await log.act({ actor: donor, subject: source, kind: 'move', body: { to: target, lines: LINES } })
    const nonce = nonceOf(name)
    const from = { event, line: '1' }
    await log.act({ actor: donor, subject: target, kind: 'pack', body: { nonce, lines: [{ ...line, from }] } })
    subjects.push(target)
    source = target
  }
  const [first, second, third] = subjects as [string, string, string]
  const whole = await selected(log, third)
  expect(whole.indices).toEqual(
    expect.arrayContaining([...chain(log, first), ...chain(log, second), ...chain(log, third)]),
  )
  expect(whole.omitted).toEqual([])
  const cut = await selected(log, third, { mostQuoted: 3 })
  expect(cut.omitted).toEqual([first])
  expect(cut.indices).toEqual(expect.arrayContaining(chain(log, second)))
  expect(cut.indices).not.toContain(chain(log, first)[0])
})
