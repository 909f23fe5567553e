import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { verifyEd25519Fallback } from '../ledger/ed25519.ts'
import { parseVkey, vkeyFingerprint } from '../ledger/vkey.ts'
import {
  checkpointOf,
  evidenceOf,
  fileOf,
  handOver,
  longStory,
  packed,
  type Served,
  sealed,
  vkeyOf,
} from './evidence.fixture.ts'
import { signFuture } from './future.fixture.ts'
import type { Trusted } from './log-checks.ts'
import { CHECK_NAMES, type CheckName, type Report } from './report.ts'
import { nonceOf, pairOf, StoryLog } from './story.fixture.ts'
import { verifyEvidence } from './verify.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verify: VerifySignature = ({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
}

const trusted = { vkey: vkeyOf('log.example.org') }
const check = (report: Report, name: CheckName) => report.checks.find(each => each.name === name)
const outcome = (report: Report, name: CheckName) => `${check(report, name)?.outcome} ${check(report, name)?.code}`

async function reportOf(
  { log, subject }: { log: StoryLog; subject: string },
  more: Served & { trusted?: Trusted; seenNote?: string } = {},
): Promise<Report> {
  const bytes = fileOf(await evidenceOf(log, subject, more))
  const seen = more.seenNote === undefined ? undefined : { checkpointNote: more.seenNote }
  return verifyEvidence({ bytes, trusted: more.trusted ?? trusted, seen, verify })
}

for (const events of [20, 200]) {
  test(`an honest consignment of ${events} records is verified, with every check named`, async () => {
    const report = await reportOf(await longStory(events))
    expect(report.checks.filter(each => each.outcome === 'fail')).toEqual([])
    expect([report.verdict, report.sentence, report.events]).toEqual(['verified', 'verified-no-witness', events])
    expect(report.checks.map(each => each.name)).toEqual([...CHECK_NAMES])
    expect(report.checks.filter(each => each.outcome === 'not-run').map(each => `${each.name} ${each.code}`)).toEqual([
      'checkpoint-consistent nothing-seen',
      'witnesses no-witness-policy',
      'complete index-not-promised',
      'attachments no-attachments',
    ])
    expect(report.view?.events.length).toBe(events)
    expect(report.view?.lines[0]?.balance?.balanced).toBe(true)
  })
}

test('the fallback without native signatures comes to the same report', async () => {
  const { log, subject } = await longStory(20)
  const bytes = fileOf(await evidenceOf(log, subject))
  const native = await verifyEvidence({ bytes, trusted, verify })
  expect(await verifyEvidence({ bytes, trusted, verify: verifyEd25519Fallback })).toEqual(native)
})

test('without a key from elsewhere a record is consistent, and not verified', async () => {
  const report = await reportOf(await packed(), { trusted: {} })
  expect([report.verdict, report.sentence]).toEqual(['not-verified', 'consistent-key-not-checked'])
  expect(outcome(report, 'log-key')).toBe('not-run nothing-trusted')
})

test('the fingerprint on a label is enough to verify, and a wrong one fails', async () => {
  const story = await packed()
  const fingerprint = vkeyFingerprint(trusted.vkey)
  expect((await reportOf(story, { trusted: { fingerprint } })).verdict).toBe('verified')
  const other = vkeyFingerprint(vkeyOf('log.example.org', pairOf('another log key')))
  const report = await reportOf(story, { trusted: { fingerprint: other } })
  expect([report.verdict, outcome(report, 'log-key')]).toEqual(['failed', 'fail log-key-other'])
})

test('a trusted origin alone vouches for nothing, and another origin fails', async () => {
  const story = await packed()
  const same = await reportOf(story, { trusted: { origin: 'log.example.org' } })
  expect(outcome(same, 'log-key')).toBe('not-run nothing-trusted')
  const other = await reportOf(story, { trusted: { ...trusted, origin: 'other.example.org' } })
  expect(outcome(other, 'log-key')).toBe('fail origin-other')
})

test('the report carries the view, the founding and the checkpoint of a demonstration, which says so', async () => {
  const story = await packed('demo.invalid/k3', { mode: 'demo' })
  const report = await reportOf(story, { trusted: { vkey: vkeyOf('demo.invalid/k3') } })
  expect([report.verdict, report.demo, report.view?.demo, report.founding?.mode]).toEqual([
    'verified',
    true,
    true,
    'demo',
  ])
  expect(report.checkpointNote).toBe(checkpointOf(story.log))
  expect(report.checkpointSize).toBe(11)
  expect(parseVkey(report.vkey ?? '').ok).toBe(true)
})

test('a checkpoint seen before is linked to a newer one by the proof in the file, and to an older one the other way', async () => {
  const story = await packed()
  const early = checkpointOf(story.log)
  await handOver(story, story.donor, story.carrier)
  const late = checkpointOf(story.log)
  const grown = await reportOf(story, { seen: 11, seenNote: early })
  expect([grown.verdict, outcome(grown, 'checkpoint-consistent')]).toEqual(['verified', 'pass ok'])
  const same = await reportOf(story, { seenNote: late })
  expect(outcome(same, 'checkpoint-consistent')).toBe('pass ok')
  const older = await reportOf(story, { size: 11, seen: 13, seenNote: late })
  expect([older.verdict, outcome(older, 'checkpoint-consistent')]).toEqual(['verified', 'pass ok'])
  const unlinked = await reportOf(story, { seenNote: early })
  expect([unlinked.verdict, outcome(unlinked, 'checkpoint-consistent')]).toEqual([
    'verified',
    'not-run no-consistency-proof',
  ])
})

test('a history rewritten since it was seen fails, at the same size and at another', async () => {
  const story = await packed()
  const other = await packed()
  await handOver(story, story.donor, story.carrier)
  await handOver(other, other.donor, other.recipient)
  const seenNote = checkpointOf(other.log)
  expect(outcome(await reportOf(story, { seenNote }), 'checkpoint-consistent')).toBe('fail checkpoint-forked')
  await handOver(story, story.carrier, story.recipient)
  const rewritten = await reportOf(story, { seenNote, seen: 13 })
  expect([rewritten.verdict, outcome(rewritten, 'checkpoint-consistent')]).toEqual([
    'failed',
    'fail checkpoint-inconsistent',
  ])
})

test('a checkpoint of another log, or none at all, is nothing to compare with', async () => {
  const story = await packed()
  const other = checkpointOf(await new StoryLog({ origin: 'other.example.org' }).found())
  expect(outcome(await reportOf(story, { seenNote: other }), 'checkpoint-consistent')).toBe('not-run seen-other-log')
  expect(outcome(await reportOf(story, { seenNote: 'nothing' }), 'checkpoint-consistent')).toBe('not-run seen-unusable')
})

test('a log that carries the last checkpoint of the trusted one is no failure, and is not trusted by that', async () => {
  const old = await packed()
  const seenNote = checkpointOf(old.log)
  const log = new StoryLog({ origin: 'new.example.org' })
  await log.found({ previous: Buffer.from(seenNote).toString('base64') })
  const donor = await log.join('donor', 'Nordic Relief')
  const subject = log.consignment({ actor: donor, name: 'soap' })
  const body = { nonce: nonceOf('soap'), lines: [{ id: '1', item: 'Soap', unit: 'piece', quantity: '9' }] }
  await log.act({ actor: donor, subject, kind: 'pack', body })
  const pinned = { ...trusted, origin: 'log.example.org' }
  const report = await reportOf({ log, subject }, { trusted: pinned, seenNote })
  expect([report.verdict, outcome(report, 'log-key')]).toEqual(['not-verified', 'not-run log-succeeds-trusted'])
  await handOver(old, old.donor, old.carrier)
  const older = await reportOf({ log, subject }, { trusted: pinned, seenNote: checkpointOf(old.log) })
  expect([older.verdict, outcome(older, 'log-key')]).toEqual(['failed', 'fail origin-other'])
})

test('a log that promises an index and shows none fails', async () => {
  const story = await packed('log.example.org', { index: true })
  const size = await sealed(story.log)
  const report = await reportOf(story, { without: [size - 1], map: () => undefined })
  expect([report.verdict, outcome(report, 'complete')]).toEqual(['failed', 'fail index-missing'])
})

test('a history as one party reports it is consistent and never the verified seal', async () => {
  const { log, donor } = await packed()
  const subject = log.consignment({ actor: donor, name: 'report' })
  const body = { nonce: nonceOf('report'), lines: [{ id: '1', item: 'HIV test kit', unit: 'kit', quantity: '50' }] }
  await log.act({ actor: donor, subject, kind: 'report', body, sealed: { vendor: 'Aurobindo' } })
  const report = await reportOf({ log, subject })
  expect([report.verdict, report.sentence]).toEqual(['not-verified', 'reported-not-witnessed'])
  expect(outcome(report, 'custody-rules')).toBe('not-run reported-not-witnessed')
  expect(outcome(report, 'balance')).toBe('not-run reported-not-witnessed')
  expect((await reportOf({ log, subject }, { trusted: {} })).sentence).toBe('reported-key-not-checked')
})

test('goods that come from another consignment bring its chain; beyond the limit it is named and the rules are not run', async () => {
  const { log, subject, donor, recipient } = await packed()
  const target = log.consignment({ actor: donor, name: 'repacked' })
  const lines = [{ line: '1', condition: 'sound', quantity: '15' }]
  const event = await log.act({ actor: donor, subject, kind: 'move', body: { to: target, lines } })
  const from = { event, line: '1' }
  const goods = { id: '1', item: 'Family tent, 16 m2', unit: 'tent', quantity: '15', from }
  const body = { nonce: nonceOf('repacked'), lines: [goods], consignee: recipient.party }
  await log.act({ actor: donor, subject: target, kind: 'pack', body })
  const whole = await reportOf({ log, subject: target })
  expect([whole.verdict, whole.events]).toEqual(['verified', 1])
  const evidence = await evidenceOf(log, target, { mostQuoted: 1 })
  expect(evidence.omitted).toEqual([subject])
  const cut = await reportOf({ log, subject: target }, { mostQuoted: 1 })
  expect([cut.verdict, cut.sentence]).toEqual(['not-verified', 'quoted-beyond-limit'])
  expect(outcome(cut, 'custody-rules')).toBe('not-run quoted-beyond-limit')
})

test('a record of a kind from the future is still checked for its signature, its place and its chain', async () => {
  const { log, subject, donor } = await packed()
  const { note, hash } = signFuture({ log, subject, actor: donor, kind: 'drone-drop' })
  log.append({ note, subject, hash })
  const report = await reportOf({ log, subject })
  expect([report.verdict, report.sentence]).toEqual(['not-verified', 'newer-than-this-verifier'])
  expect(outcome(report, 'events-signed')).toBe('pass ok')
  expect(outcome(report, 'chain-unbroken')).toBe('pass ok')
  expect(outcome(report, 'custody-rules')).toBe('not-run newer-than-this-verifier')
  const forged = signFuture({ log, subject, actor: { ...donor, pair: pairOf('thief') }, kind: 'drone-drop' })
  log.append({ note: forged.note, subject, hash: forged.hash })
  const refused = await reportOf({ log, subject })
  expect([refused.verdict, outcome(refused, 'events-signed')]).toEqual(['failed', 'fail key-unknown'])
})
