import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { handOver, packed, type Story } from './evidence.fixture.ts'
import { failures, LINES, visitor } from './judge.fixture.ts'
import type { Report } from './report.ts'
import { nonceOf, pairOf } from './story.fixture.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const { judgeLog } = visitor(({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
})

function expectForged(report: Report, ...codes: string[]) {
  expect(failures(report)).toEqual(codes)
  expect([report.verdict, report.sentence]).toEqual(['failed', 'failed'])
}

test('two leaves with one place in one chain are refused', async () => {
  const { log, subject, donor, carrier, recipient } = await packed()
  const after = log.heads.get(subject) as string
  const release = (to: string) => ({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { party: to }, lines: LINES },
    after,
    seq: 1,
  })
  await log.act(release(carrier.party))
  await log.act(release(recipient.party))
  expectForged(await judgeLog({ log, subject }), 'chain-unbroken seq-repeated')
})

test('a record time that goes back is refused', async () => {
  const story = await packed()
  const { log, subject, donor, carrier } = story
  const body = { to: { party: carrier.party }, lines: LINES }
  await log.act({ actor: donor, subject, kind: 'release', body, recordedAt: log.clock - 1 })
  expectForged(await judgeLog(story), 'chain-unbroken time-decreases')
})

test('a record that is left out of a chain leaves a gap, at its start and in its middle', async () => {
  const story = await packed()
  await handOver(story, story.donor, story.carrier)
  const [first, second] = story.log.chains.get(story.subject) as [number, number]
  const headless = await judgeLog(story, { without: [first] })
  expect([headless.verdict, ...failures(headless)]).toEqual(['failed', 'chain-unbroken seq-gap'])
  expectForged(await judgeLog(story, { without: [second] }), 'chain-unbroken seq-gap')
  expect(failures(await judgeLog(story, { without: [0] }))).toContain('chain-unbroken leaf-zero-missing')
  const without = story.log.chains.get(story.subject) as number[]
  expectForged(await judgeLog(story, { without }), 'chain-unbroken subject-missing')
})

test('a leaf that names another leaf before it is refused', async () => {
  const story = await packed()
  const { log, subject } = story
  const spare = log.hashes[4] as Uint8Array
  const real = log.hashes[10] as Uint8Array
  log.hashes[10] = spare
  const { note, hash } = await log.sign({
    actor: story.donor,
    subject,
    kind: 'release',
    body: { to: { party: story.carrier.party }, lines: LINES },
  })
  log.append({ note, subject, hash })
  log.hashes[10] = real
  expectForged(await judgeLog(story), 'chain-unbroken previous-mismatch')
})

test('a record after one that the chain does not have, or recorded twice, is refused', async () => {
  const story = await packed()
  const { log, subject, donor, carrier } = story
  const act = { actor: donor, subject, kind: 'release', body: { to: { party: carrier.party }, lines: LINES } }
  const { note, hash } = await log.sign(act)
  log.append({ note, subject, hash })
  log.append({ note, subject, hash })
  expectForged(await judgeLog(story), 'chain-unbroken event-repeated')
  const other = await packed()
  await other.log.act({ ...act, after: 'ab'.repeat(32) })
  expectForged(await judgeLog(other), 'chain-unbroken after-unknown')
})

test('an act after the key was revoked, past its limit, or while its party is suspended, is refused', async () => {
  const act = ({ subject, donor, carrier }: Story) => ({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { party: carrier.party }, lines: LINES },
  })
  const revoked = await packed()
  await revoked.log.act({
    actor: revoked.donor,
    subject: `key/${revoked.donor.pair.key}`,
    kind: 'revoke',
    body: { reason: 'lost' },
  })
  await revoked.log.act(act(revoked))
  expectForged(await judgeLog(revoked), 'events-signed key-revoked')

  const suspended = await packed()
  const { log, donor } = suspended
  await log.act({ actor: log.operator, subject: `party/${donor.party}`, kind: 'suspend', body: { reason: 'misuse' } })
  await log.act(act(suspended))
  expectForged(await judgeLog(suspended), 'events-signed party-suspended')
  const chain = log.chains.get(`party/${donor.party}`) as number[]
  const hidden = await judgeLog(suspended, { without: chain })
  expect(failures(hidden)).toContain('events-signed key-unknown')

  const expired = await packed()
  const pair = pairOf('short-lived')
  await expired.log.enrol({
    actor: expired.donor,
    party: expired.donor.party,
    pair,
    until: '2026-03-01T08:00:00+00:00',
  })
  await expired.log.act({
    ...act(expired),
    actor: { party: expired.donor.party, pair },
    at: '2026-03-01T08:30:00+00:00',
  })
  expectForged(await judgeLog(expired), 'events-signed key-expired')
})

test('a receipt for more than was released had to be refused, and fails', async () => {
  const story = await packed()
  const { log, subject, donor, carrier } = story
  const release = await log.act({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { party: carrier.party }, lines: LINES },
  })
  const lines = [{ line: '1', condition: 'sound', received: '41' }]
  await log.act({ actor: carrier, subject, kind: 'receive', body: { release, lines } })
  expectForged(await judgeLog(story), 'custody-rules refusable receipt-sum')
})

test('a record signed offline and overtaken is not in effect, which is a state and not a failure', async () => {
  const story = await packed()
  const { log, subject, donor, carrier, recipient } = story
  const after = log.heads.get(subject) as string
  await handOver(story, donor, carrier)
  await log.act({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { party: recipient.party }, lines: LINES },
    after,
  })
  const report = await judgeLog(story)
  expect([report.verdict, report.view?.events.at(-1)?.notInEffect]).toEqual(['verified', 'not-holder'])
  expect(report.checks.find(each => each.name === 'custody-rules')?.facts).toEqual({
    events: 4,
    inEffect: 3,
    notInEffect: 1,
  })
})

test('a hand-over on a reported history had to be refused', async () => {
  const { log, donor, carrier } = await packed()
  const subject = log.consignment({ actor: donor, name: 'report' })
  const lines = [{ id: '1', item: 'HIV test kit', unit: 'kit', quantity: '40' }]
  await log.act({ actor: donor, subject, kind: 'report', body: { nonce: nonceOf('report'), lines } })
  await log.act({ actor: donor, subject, kind: 'release', body: { to: { party: carrier.party }, lines: LINES } })
  expectForged(await judgeLog({ log, subject }), 'custody-rules refusable report-only')
})
