import { expect, test } from '@playwright/test'
import type { ConsignmentView } from '../../core/custody/views.ts'
import type { Evidence } from '../../core/evidence/bundle.ts'
import { checkpointOf, evidenceOf, fileOf, longStory, packed } from '../../core/evidence/evidence.fixture.ts'
import { failures, OURS } from '../../core/evidence/judge.fixture.ts'
import { verifyEvidence } from '../../core/evidence/verify.ts'
import { verifyEd25519Fallback } from '../../core/ledger/ed25519.ts'
import { type Bench, isOffered, layOut, namesIn, OFFERS, type Offer, quantityIn, tamper, type Wish } from './offers.ts'
import { putTogether, takeApart, textAt } from './records.ts'
import { narrowProof, rootOfShown } from './tree.ts'
import { type HeldTo, tryOut } from './try.ts'

const SEED = new Uint8Array(32).fill(7)
const verify = verifyEd25519Fallback

/** A bench on which lies the evidence of an honest log of `events` own records, and what a visitor of its label holds it to. */
async function laidOut(events: number, options: { index?: boolean } = {}): Promise<{ bench: Bench; held: HeldTo }> {
  const { log, subject } = await longStory(events, options)
  const evidence = await evidenceOf(log, subject)
  const held = { trusted: OURS, seen: { checkpointNote: checkpointOf(log) }, verify }
  const report = await verifyEvidence({ bytes: fileOf(evidence), ...held })
  const bench = layOut(evidence, report.view as ConsignmentView)
  if (!bench) throw new Error('nothing lies on the bench')
  return { bench, held }
}

/** What somebody fills in who changes what the form shows first. */
function wishFor({ own, view, ...bench }: Bench, offer: Offer): Wish {
  const [first, second] = own
  const record = (offer === 'drop-middle' ? second : offer === 'taker' ? own[1] : first)?.index ?? -1
  const named = [...namesIn({ own, view, ...bench })][0]?.[0] ?? -1
  switch (offer) {
    case 'taker':
      return { record, value: view.founder }
    case 'date':
      return { record, value: '2020-01-01T00:00:00+00:00' }
    case 'name':
      return { record: named, value: 'Someone else' }
    case 'byte':
      return { record, place: 200 }
    case 'page':
      return { value: 'Two family tents' }
    default:
      return { record, value: '39' }
  }
}

async function failing(bench: Bench, held: HeldTo, offer: Offer, wish = wishFor(bench, offer)): Promise<string[]> {
  const done = tamper({ bench, offer, wish, seed: SEED })
  if (!done) throw new Error(`${offer} cannot be done`)
  return failures(await tryOut(done, held))
}

test('each offer is caught by the check that it breaks, and by no other', async () => {
  const { bench, held } = await laidOut(7)
  const root = ['leaves-included root-mismatch']
  expect(await failing(bench, held, 'quantity')).toEqual(root)
  expect(await failing(bench, held, 'taker')).toEqual(root)
  expect(await failing(bench, held, 'date')).toEqual(root)
  expect(await failing(bench, held, 'byte')).toEqual(root)
  expect(await failing(bench, held, 'signature')).toEqual(root)
  expect(await failing(bench, held, 'swap')).toEqual(root)
  expect(await failing(bench, held, 'name')).toEqual(['events-signed opening-mismatch'])
  expect(await failing(bench, held, 'drop-middle')).toEqual(['chain-unbroken seq-gap'])
  expect(await failing(bench, held, 'checkpoint')).toEqual(['log-key log-key-other'])
  expect(await failing(bench, held, 'page')).toEqual(['page-agrees page-differs'])
})

test('every record but the newest is missed when it is left out; the newest is not, without an index', async () => {
  const { bench, held } = await laidOut(7)
  for (const { index } of bench.own.slice(1, -1))
    expect(await failing(bench, held, 'drop-middle', { record: index }), `record ${index}`).toEqual([
      'chain-unbroken seq-gap',
    ])
  expect(await failing(bench, held, 'drop-last')).toEqual([])
})

test('on a log with an index the newest record is missed too, and every offer fails the same checks as before', async () => {
  const { bench, held } = await laidOut(7, { index: true })
  expect(await failing(bench, held, 'drop-last')).toEqual(['complete map-count-differs'])
  expect(await failing(bench, held, 'drop-middle')).toEqual(['chain-unbroken seq-gap', 'complete map-count-differs'])
  expect(await failing(bench, held, 'name')).toEqual(['events-signed opening-mismatch'])
  expect(await failing(bench, held, 'checkpoint')).toEqual(['log-key log-key-other'])
  expect(await failing(bench, held, 'page')).toEqual(['page-agrees page-differs'])
  for (const offer of ['quantity', 'taker', 'date', 'byte', 'signature', 'swap'] as const) {
    expect(await failing(bench, held, offer), offer).toEqual(['leaves-included root-mismatch'])
  }
})

test('who forges everything with keys of their own gets every hash right and the keys wrong', async () => {
  for (const index of [false, true]) {
    const { bench, held } = await laidOut(7, { index })
    const done = tamper({ bench, offer: 'own-log', wish: wishFor(bench, 'own-log'), seed: SEED })
    const report = await tryOut(done as NonNullable<typeof done>, held)
    const outcome = Object.fromEntries(report.checks.map(check => [check.name, check.outcome]))
    expect(outcome).toMatchObject({
      'log-key': 'fail',
      'checkpoint-signed': 'pass',
      'leaves-included': 'pass',
      'events-signed': 'fail',
      complete: index ? 'pass' : 'not-run',
    })
  }
})

test('a visitor with nothing from elsewhere does not notice another log’s seal', async () => {
  const { bench, held } = await laidOut(5)
  expect(await failing(bench, { ...held, trusted: {}, seen: undefined }, 'checkpoint')).toEqual([])
})

test('every bit of a record that is turned over is noticed', async () => {
  const { bench, held } = await laidOut(3)
  const record = bench.own[1]?.index ?? -1
  const length = bench.evidence.leaves.find(leaf => leaf.index === record)?.bytes.length ?? 0
  for (let place = 1; place <= length; place += 37)
    expect(await failing(bench, held, 'byte', { record, place }), `byte ${place}`).toEqual([
      'leaves-included root-mismatch',
    ])
})

test('the bench itself is never changed: what lies on it verifies as before', async () => {
  const { bench, held } = await laidOut(5)
  const before = fileOf(bench.evidence)
  for (const offer of OFFERS) tamper({ bench, offer, wish: wishFor(bench, offer), seed: SEED })
  expect(fileOf(bench.evidence)).toEqual(before)
  expect(failures(await tryOut({ file: before }, held))).toEqual([])
})

test('what would change nothing is not done, and what has no place is not offered', async () => {
  const { bench } = await laidOut(5)
  const first = bench.own[0]
  const was = first && textAt(first.event, quantityIn(first) ?? [])
  expect(
    tamper({ bench, offer: 'quantity', wish: { record: first?.index ?? -1, value: was ?? '' }, seed: SEED }),
  ).toBeUndefined()
  expect(
    tamper({ bench, offer: 'byte', wish: { record: first?.index ?? -1, place: 100_000 }, seed: SEED }),
  ).toBeUndefined()
  expect(tamper({ bench, offer: 'quantity', wish: { record: 0, value: '1' }, seed: SEED })).toBeUndefined()
  const { log, subject } = await packed()
  const alone = layOut(await evidenceOf(log, subject), bench.view)
  expect(alone && OFFERS.filter(offer => !isOffered(alone, offer))).toEqual([
    'taker',
    'drop-middle',
    'drop-last',
    'swap',
  ])
})

test('a record taken apart and put together again is the same, byte for byte', async () => {
  const { bench } = await laidOut(5)
  for (const leaf of bench.evidence.leaves) {
    const taken = takeApart(leaf)
    expect(taken && putTogether(taken)).toEqual(leaf)
  }
  expect(takeApart({ index: 0, bytes: new Uint8Array([1, 2, 3]) })).toBeUndefined()
})

test('the proof of fewer leaves, worked out from the proof of more, is the one that the log would give', async () => {
  const { log, subject } = await longStory(7)
  const whole: Evidence = await evidenceOf(log, subject)
  for (const { index } of whole.leaves.slice(1)) {
    const less = await evidenceOf(log, subject, { without: [index] })
    const tree = { size: log.size, leaves: whole.leaves, proof: whole.proof }
    expect(narrowProof({ tree, kept: less.leaves })).toEqual(less.proof)
  }
  const head = checkpointOf(log).split('\n')[2]
  const root = rootOfShown({ size: log.size, leaves: whole.leaves, proof: whole.proof })
  expect(Buffer.from(root).toString('base64')).toBe(head)
})
