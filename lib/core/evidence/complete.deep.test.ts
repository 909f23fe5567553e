import { expect, test } from '@playwright/test'
import { sha256, utf8Encode } from '../bytes.ts'
import { verifyEd25519Fallback } from '../ledger/ed25519.ts'
import { EMPTY_MAP_ROOT } from '../ledger/map.ts'
import { remembering } from './damage.fixture.ts'
import {
  checkpointOf,
  evidenceOf,
  fileOf,
  handOver,
  mapOf,
  packed,
  type Served,
  type Story,
  sealed,
  TENTS,
} from './evidence.fixture.ts'
import { failures, OURS, visitor } from './judge.fixture.ts'
import type { Report } from './report.ts'
import { nonceOf, pairOf } from './story.fixture.ts'
import { verifyEvidence } from './verify.ts'

const verify = remembering(verifyEd25519Fallback)
const { judge, judgeLog } = visitor(verify)
const indexed = () => packed('log.example.org', { index: true })
const complete = (report: Report) => report.checks.find(check => check.name === 'complete')

/** The failures of a log's evidence, all of them. */
const faults = async (story: Pick<Story, 'log' | 'subject'>, served?: Served) => failures(await judgeLog(story, served))

test('on a log with an index the whole of a file is verified, and complete on the operator’s word', async () => {
  const story = await indexed()
  await handOver(story, story.donor, story.carrier)
  const report = await judgeLog(story)
  expect([report.verdict, report.sentence]).toEqual(['verified', 'verified-no-witness'])
  const at = story.log.clock
  expect(complete(report)).toMatchObject({ outcome: 'pass', code: 'ok', facts: { at, subjects: 9 } })
  expect(complete(report)?.facts?.by).toBeUndefined()
})

test('who replayed the log before signing confirms that nothing is left out', async () => {
  const story = await indexed()
  const bytes = fileOf(await evidenceOf(story.log, story.subject))
  const check = { name: 'witnesses', outcome: 'pass', code: 'ok', detail: '' } as const
  const witnesses = async () => ({ check, replayedBy: ['witness.example', 'other.example'] })
  const report = await verifyEvidence({ bytes, trusted: { ...OURS, policy: 'quorum none\n' }, verify, witnesses })
  expect(complete(report)?.facts?.by).toBe('witness.example, other.example')
})

test('a file proved anew without any one of its leaves fails, the last of a chain too', async () => {
  const story = await indexed()
  const { log, subject, donor, carrier, recipient } = story
  await handOver(story, donor, carrier)
  await log.enrol({ actor: carrier, party: carrier.party, pair: pairOf('second driver'), role: 'member' })
  await handOver(story, carrier, recipient)
  await log.act({ actor: carrier, subject: `key/${carrier.pair.key}`, kind: 'revoke', body: { reason: 'stolen' } })
  const size = await sealed(log)
  const whole = await evidenceOf(log, subject)
  expect(failures(await judge(whole))).toEqual([])
  const chains = [...log.chains.values()]
  for (const { index } of whole.leaves) {
    const found = await faults(story, { without: [index] })
    const isLast = chains.some(chain => chain.at(-1) === index && chain.length > 1)
    if (index === size - 1) expect(found).toEqual(['complete index-missing'])
    else if (isLast) expect(found, `leaf ${index}`).toEqual(['complete map-count-differs'])
    else expect(found, `leaf ${index}`).not.toEqual([])
  }
})

test('a revocation that the server keeps back is missed, and said by whom', async () => {
  const story = await indexed()
  const { log, carrier, donor } = story
  await handOver(story, donor, carrier)
  const subject = `key/${carrier.pair.key}`
  await log.act({ actor: carrier, subject, kind: 'revoke', body: { reason: 'stolen' } })
  const last = log.size - 1
  const report = await judgeLog(story, { without: [last] })
  expect(failures(report)).toEqual(['complete map-count-differs'])
  expect(complete(report)?.facts).toEqual({ subject, map: 2, file: 1 })
})

test('a withheld end of a quoted consignment is missed as well', async () => {
  const story = await indexed()
  const { log, donor, subject: first } = story
  const lines = [{ line: '1', condition: 'sound', quantity: '30' }]
  const subject = log.consignment({ actor: donor, name: 'onward' })
  const event = await log.act({ actor: donor, subject: first, kind: 'move', body: { to: subject, lines } })
  const packed = [{ ...TENTS, quantity: '30', from: { event, line: '1' } }]
  await log.act({ actor: donor, subject, kind: 'pack', body: { nonce: nonceOf('onward'), lines: packed } })
  await log.act({
    actor: donor,
    subject: first,
    kind: 'adjust',
    body: { lines: [{ line: '1', condition: 'sound', change: '-1', reason: 'recount' }] },
  })
  const last = log.size - 1
  expect(await faults({ log, subject })).toEqual([])
  const report = await judgeLog({ log, subject }, { without: [last] })
  expect(failures(report)).toEqual(['complete map-count-differs'])
  expect(complete(report)?.facts?.subject).toBe(first)
})

test('a log that promises an index must show it: at the last place, well-formed, with its proof', async () => {
  const story = await indexed()
  const { log } = story
  expect(await faults(story, { map: () => undefined })).toEqual(['complete map-proof-missing'])
  // An event stands where the index must: the newest record is sealed without one.
  await handOver(story, story.donor, story.carrier)
  expect(await faults(story, { size: log.size })).toEqual(['complete index-missing'])
  log.seal({ mapRoot: EMPTY_MAP_ROOT, bytes: utf8Encode('throughline/index/v1 1\n') })
  const malformed = await judgeLog(story, { size: log.size })
  expect(failures(malformed)).toEqual(['chain-unbroken index-malformed', 'complete index-malformed'])
  expect(complete(malformed)?.leaf).toBe(log.size - 1)
})

test('a proof of another map, or in another form, proves nothing', async () => {
  const story = await indexed()
  const { log } = story
  expect(await faults(story, { map: ({ ends, hashes }) => ({ ends: ends.slice(1), hashes }) })).toEqual([
    'complete map-proof-malformed',
  ])
  expect(await faults(story, { map: ({ ends, hashes }) => ({ ends, hashes: [...hashes, EMPTY_MAP_ROOT] }) })).toEqual([
    'complete map-proof-malformed',
  ])
  log.seal({ mapRoot: sha256(EMPTY_MAP_ROOT) })
  expect(await faults(story)).toEqual(['complete map-root-mismatch'])
})

test('an index that counts wrongly or names another last record fails, whoever signed it', async () => {
  const { log, subject } = await indexed()
  const chain = log.chains.get(subject) as number[]
  log.chains.set(subject, [...chain, 0])
  const counted = await mapOf(log, log.size)
  log.chains.set(subject, [0])
  const other = await mapOf(log, log.size)
  log.chains.set(subject, chain)
  for (const [map, code] of [
    [counted, 'map-count-differs'],
    [other, 'map-leaf-differs'],
  ] as const) {
    log.seal({ mapRoot: map.root })
    const honest = await evidenceOf(log, subject)
    const lying = await evidenceOf(log, subject, { tiles: map.tiles })
    expect(failures(await judge(honest))).toEqual(['complete map-root-mismatch'])
    expect(failures(await judge(lying))).toEqual([`complete ${code}`])
  }
})

test('an index leaf recorded before the events that it counts fails the chain', async () => {
  const story = await indexed()
  const { log } = story
  const { root } = await mapOf(log, log.size)
  log.seal({ mapRoot: root, at: log.clock - 60_000 })
  expect(await faults(story)).toEqual(['chain-unbroken time-decreases'])
  const later = await indexed()
  later.log.seal({ mapRoot: (await mapOf(later.log, later.log.size)).root, at: later.log.clock + 60_000 })
  const early = later.log.size - 1
  await handOver(later, later.donor, later.carrier)
  expect(await faults(later, { with: [early] })).toEqual(['chain-unbroken time-decreases'])
})

test('older index leaves and other subjects in a file do no harm while they are whole', async () => {
  const story = await indexed()
  const { log } = story
  const early = (await sealed(log)) - 1
  await handOver(story, story.donor, story.carrier)
  expect(await faults(story, { with: [early, 3] })).toEqual([])
})

test('a log that promises no index is not asked for one, and a proof that it shows all the same is checked', async () => {
  const story = await packed()
  expect(complete(await judgeLog(story))).toMatchObject({ outcome: 'not-run', code: 'index-not-promised' })
  const evidence = await evidenceOf(story.log, story.subject)
  const shown = await judge({ ...evidence, map: { ends: [{ depth: 0 }], hashes: [] } })
  expect(failures(shown)).toEqual(['complete map-without-index'])
  expect(checkpointOf(story.log)).toBe(evidence.checkpoint)
})
