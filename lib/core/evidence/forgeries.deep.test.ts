import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { hexEncode, utf8Decode, utf8Encode } from '../bytes.ts'
import type { Openings } from '../custody/sealed.ts'
import { checkpointOf, evidenceOf, packed, type Story, vkeyOf } from './evidence.fixture.ts'
import { failures, LINES, OURS, visitor } from './judge.fixture.ts'
import type { CheckName, Report } from './report.ts'
import { comparePage } from './seal-view.ts'
import { claimOf, nonceOf, pairOf, StoryLog } from './story.fixture.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const { judge, judgeLog } = visitor(({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
})

const outcomeOf = (report: Report, name: CheckName) => report.checks.find(check => check.name === name)?.outcome

function expectForged(report: Report, ...codes: string[]) {
  expect(failures(report)).toEqual(codes)
  expect([report.verdict, report.sentence]).toEqual(['failed', 'failed'])
}

test('the evidence of another log is refused by its key and its name', async () => {
  const { log, subject } = await packed('other.example.org')
  const theirs = await evidenceOf(log, subject, { pair: pairOf('their log key') })
  expectForged(await judge(theirs), 'log-key origin-other')
  expectForged(await judge(theirs, { vkey: OURS.vkey }), 'log-key log-key-other')
})

test('a log that somebody made under our names is refused by its key alone: all else in it is in order', async () => {
  const { log, subject } = await packed()
  expectForged(await judge(await evidenceOf(log, subject, { pair: pairOf('impostor') })), 'log-key log-key-other')
})

test('a log that somebody made and shows with our verifier key is refused by the signature', async () => {
  const { log, subject } = await packed()
  const forged = { ...(await evidenceOf(log, subject, { pair: pairOf('impostor') })), vkey: OURS.vkey }
  expectForged(await judge(forged), 'checkpoint-signed note-signer-unknown')
  const checkpoint = checkpointOf(log).replace(/\n11\n/, '\n12\n')
  const stretched = await judge({ ...(await evidenceOf(log, subject)), checkpoint })
  expect(failures(stretched)).toEqual(['checkpoint-signed note-signature-invalid', 'leaves-included malformed-proof'])
})

test('an act in the name of a party by the key of another is refused', async () => {
  const { log, subject, donor, carrier } = await packed()
  const actor = { party: donor.party, pair: carrier.pair }
  await log.act({ actor, subject, kind: 'release', body: { to: { party: carrier.party }, lines: LINES } })
  expectForged(await judgeLog({ log, subject }), 'events-signed key-party')
})

test('a signature by another key than the one that is named is refused', async () => {
  const { log, subject, donor, carrier } = await packed()
  const act = { actor: donor, subject, kind: 'release', body: { to: { party: carrier.party }, lines: LINES } }
  const honest = await log.sign(act)
  const other = await log.sign({ ...act, at: '2026-03-02T09:00:00+01:00' })
  const [text, line] = [utf8Decode(honest.note)?.split('\n\n')[0], utf8Decode(other.note)?.split('\n\n')[1]]
  log.append({ note: utf8Encode(`${text}\n\n${line}`), subject, hash: honest.hash })
  expectForged(await judgeLog({ log, subject }), 'events-signed signature-wrong')
})

test('an enrolment copied from another log is refused: the key did not sign for itself here', async () => {
  const { log, subject, donor } = await packed()
  const elsewhere = await new StoryLog({ origin: 'other.example.org' }).found()
  const pair = pairOf('copied')
  await elsewhere.enrol({ actor: elsewhere.operator, party: donor.party, pair })
  const leaf = utf8Decode(elsewhere.leaves.at(-1) as Uint8Array)?.split('\n')[3] ?? ''
  const body = (JSON.parse(leaf) as { body: object }).body
  await log.act({ actor: donor, subject: `key/${pair.key}`, kind: 'enrol', body })
  await log.act({
    actor: { party: donor.party, pair },
    subject,
    kind: 'correct',
    body: { event: log.heads.get(subject), at: '2026-03-01T10:00:00+01:00' },
  })
  const report = await judgeLog({ log, subject })
  expect(failures(report)).toContain('events-signed key-unknown')
  const enrolment = await judgeEnrolment({ log, subject }, pair.key)
  expectForged(enrolment, 'custody-rules refusable key-proof')
})

/** The evidence of a consignment as it was before its last record, with the chain of a key that is not asked for put in. */
async function judgeEnrolment({ log, subject }: Pick<Story, 'log' | 'subject'>, key: string): Promise<Report> {
  const last = log.chains.get(subject)?.at(-1) as number
  const evidence = await evidenceOf(log, subject, { without: [last], with: log.chains.get(`key/${key}`) ?? [] })
  return judge(evidence)
}

test('a key that is enrolled a second time, for another party, is refused', async () => {
  const { log, subject, donor, carrier } = await packed()
  await log.enrol({ actor: log.operator, party: carrier.party, pair: donor.pair })
  expectForged(await judgeLog({ log, subject }), 'custody-rules refusable key-enrolled')
})

test('a leaf 0 that was changed in the file is not in the tree', async () => {
  const { log, subject } = await packed()
  const demo = await packed('log.example.org', { mode: 'demo' })
  const evidence = await evidenceOf(log, subject)
  const leaves = [{ index: 0, bytes: demo.log.leaves[0] as Uint8Array }, ...evidence.leaves.slice(1)]
  const report = await judge({ ...evidence, leaves })
  expectForged(report, 'leaves-included root-mismatch')
  expect([report.view, report.founding, outcomeOf(report, 'events-signed')]).toEqual([undefined, undefined, 'not-run'])
})

test('a leaf 0 of another log, put under the key of ours, is refused by the name that it was signed for', async () => {
  const { log, subject } = await packed('other.example.org')
  const checkpoint = await evidenceOf(Object.assign(log, { origin: 'log.example.org' }), subject)
  expectForged(await judge(checkpoint), 'events-signed origin-mismatch')
})

test('a leaf 0 that names a first key which did not sign it is refused', async () => {
  const log = new StoryLog({ origin: 'log.example.org' })
  const { party, pair } = log.operator
  const body = {
    origin: log.origin,
    operator: party,
    publicKey: hexEncode(pairOf('thief').publicKey),
    mode: 'production',
    index: false,
  }
  await log.act({ actor: { party, pair }, subject: 'log', kind: 'found', body })
  const donor = await log.join('donor', 'Nordic Relief')
  const subject = log.consignment({ actor: donor, name: 'tents' })
  const tents = [{ id: '1', item: 'Tent', unit: 'tent', quantity: '4' }]
  await log.act({ actor: donor, subject, kind: 'pack', body: { nonce: nonceOf('tents'), lines: tents } })
  expectForged(await judgeLog({ log, subject }), 'events-signed key-unknown')
})

test('a demonstration cannot be shown as production: not by its page, not by its name', async () => {
  const { log, subject } = await packed('demo.invalid/k3', { mode: 'demo' })
  const report = await judge(await evidenceOf(log, subject), { vkey: vkeyOf('demo.invalid/k3') })
  const honest = JSON.stringify(report.view, sorted)
  expect(failures(comparePage({ report, pageView: honest }))).toEqual([])
  const page = comparePage({ report, pageView: honest.replace('"demo":true', '"demo":false') })
  expect([page.verdict, ...failures(page)]).toEqual(['failed', 'page-agrees page-differs'])

  expectForged(await judgeLog(await packed('log.example.org', { mode: 'demo' })), 'custody-rules demo-origin')
  const unmarked = await packed('demo.invalid/k3')
  const dressed = await judge(await evidenceOf(unmarked.log, unmarked.subject), { vkey: vkeyOf('demo.invalid/k3') })
  expectForged(dressed, 'custody-rules demo-origin')
})

const sorted = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

const withOpenings = async ({ log, subject }: Story, change: (openings: Map<number, Openings>) => void) => {
  const evidence = await evidenceOf(log, subject)
  const openings = new Map(evidence.openings)
  change(openings)
  return judge({ ...evidence, openings })
}

test('a name that was changed in the database does not fit what was signed', async () => {
  const story = await packed()
  const report = await withOpenings(story, openings => {
    const [index, fields] = [...openings].find(([, each]) => each.name?.value === 'Nordic Relief') as [number, Openings]
    openings.set(index, { name: { salt: fields.name?.salt as string, value: 'Nordic Relief Group' } })
  })
  expectForged(report, 'events-signed opening-mismatch')
  expect(report.view?.parties.find(each => each.reference === story.donor.party)?.name).toEqual({ absent: 'removed' })
})

test('an opening that was moved to another field or another record does not fit there', async () => {
  const story = await packed()
  const packing = story.log.chains.get(story.subject)?.[0] as number
  const place = story.log.openings.get(packing)?.place as Openings['place']
  const toField = await withOpenings(story, openings => openings.set(packing, { order: place } as Openings))
  expectForged(toField, 'events-signed opening-mismatch')
  const toEvent = await withOpenings(story, openings => {
    const [a, b] = [...openings.keys()] as [number, number]
    const [first, second] = [openings.get(a) as Openings, openings.get(b) as Openings]
    openings.set(a, second)
    openings.set(b, first)
  })
  expectForged(toEvent, 'events-signed opening-mismatch')
  const toNowhere = await withOpenings(story, openings => openings.set(packing, { waybill: place } as Openings))
  expectForged(toNowhere, 'events-signed opening-unknown')
})

test('an opening that is not for everyone does not belong into a file', async () => {
  const story = await packed()
  const packing = story.log.chains.get(story.subject)?.[0] as number
  const order = story.log.openings.get(packing)?.order as Openings['order']
  expectForged(
    await withOpenings(story, openings => openings.set(packing, { order } as Openings)),
    'events-signed opening-not-public',
  )
})

test('a receipt with a claim that was copied from another receipt is refused', async () => {
  const { log, subject, donor, carrier, recipient } = await packed()
  const once = pairOf('one-time key')
  const release = await log.act({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { claim: hexEncode(once.publicKey) }, lines: LINES },
  })
  const claim = claimOf({ pair: once, release, taker: carrier })
  const lines = [{ line: '1', condition: 'sound', received: '40' }]
  const size = log.size
  await log.act({ actor: recipient, subject, kind: 'receive', body: { release, lines, claim } })
  expectForged(await judgeLog({ log, subject }), 'custody-rules refusable claim-wrong')
  const honest = await packed()
  expect(honest.log.size + 1).toBe(size)
  await honest.log.act({
    actor: donor,
    subject,
    kind: 'release',
    body: { to: { claim: hexEncode(once.publicKey) }, lines: LINES },
  })
  await honest.log.act({ actor: carrier, subject, kind: 'receive', body: { release, lines, claim } })
  expect((await judgeLog(honest)).verdict).toBe('verified')
})
