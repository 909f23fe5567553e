import { expect, test } from '@playwright/test'
import { verifyEd25519Fallback } from '../ledger/ed25519.ts'
import { failuresOf, remembering, seededNumbers } from './damage.fixture.ts'
import { evidenceOf, handOver, packed, type Story, sealed, TENTS } from './evidence.fixture.ts'
import { visitor } from './judge.fixture.ts'
import { nonceOf, pairOf } from './story.fixture.ts'

const { judge } = visitor(remembering(verifyEd25519Fallback))

/** A consignment whose goods moved on from another, with a party that was named and signed nothing, and keys that came and went. */
async function wandering(): Promise<Pick<Story, 'log' | 'subject'> & { first: string }> {
  const story = await packed('log.example.org', { index: true })
  const { log, donor, carrier, recipient, subject: first } = story
  const second = { party: donor.party, pair: pairOf('second') }
  await log.enrol({ actor: donor, party: donor.party, pair: second.pair, role: 'member' })
  await sealed(log)
  const subject = log.consignment({ actor: donor, name: 'onward' })
  const lines = [{ line: '1', condition: 'sound', quantity: '30' }]
  const event = await log.act({ actor: second, subject: first, kind: 'move', body: { to: subject, lines } })
  const body = { nonce: nonceOf('onward'), lines: [{ ...TENTS, quantity: '30', from: { event, line: '1' } }] }
  await log.act({ actor: donor, subject, kind: 'pack', body: { ...body, consignee: recipient.party } })
  await sealed(log)
  await handOver({ log, subject }, donor, carrier, '30')
  await log.act({ actor: donor, subject: `key/${second.pair.key}`, kind: 'revoke', body: { reason: 'lost' } })
  const update = { named: 'public' }
  const sealedName = { name: 'Hilltop Clinic' }
  await log.act({
    actor: recipient,
    subject: `party/${recipient.party}`,
    kind: 'update',
    body: update,
    sealed: sealedName,
  })
  const recounted = [{ line: '1', condition: 'sound', change: '-5', reason: 'recount' }]
  await log.act({ actor: donor, subject: first, kind: 'adjust', body: { lines: recounted } })
  await sealed(log)
  return { log, subject, first }
}

test('whichever leaves a file leaves out, the rest proved anew, it fails', async () => {
  const { log, subject } = await wandering()
  const whole = await evidenceOf(log, subject)
  const honest = await judge(whole)
  expect(honest.checks.filter(check => check.outcome === 'fail')).toEqual([])
  const next = seededNumbers(11)
  const unnoticed: string[] = []
  for (let round = 0; round < 150; round++) {
    const most = 1 + (next() % 5)
    const gone = whole.leaves.map(leaf => leaf.index).filter(() => next() % whole.leaves.length < most)
    if (gone.length === 0 || gone.length === whole.leaves.length) continue
    const report = await judge(await evidenceOf(log, subject, { without: gone }))
    if (report.verdict !== 'failed') unnoticed.push(`without ${gone}: ${report.verdict}`)
    // With the proof of the whole, as a cheat has it who changes a copy.
    const copied = await judge({
      ...(await evidenceOf(log, subject, { without: gone })),
      map: whole.map ?? { ends: [], hashes: [] },
    })
    if (copied.verdict !== 'failed') unnoticed.push(`a copy without ${gone}: ${copied.verdict}`)
  }
  expect(unnoticed).toEqual([])
})

test('every whole chain that is left out is missed: of a key, a party, a quoted consignment, and of a party that signed nothing', async () => {
  const { log, subject } = await wandering()
  const shown = new Set((await evidenceOf(log, subject)).leaves.map(leaf => leaf.index))
  const chains = [...log.chains].filter(([, chain]) => chain.every(index => shown.has(index)))
  expect(chains.length).toBeGreaterThan(10)
  for (const [about, chain] of chains) {
    const found = failuresOf(await judge(await evidenceOf(log, subject, { without: chain })))
    expect(found, about).not.toEqual([])
    if (about.startsWith('party/')) expect(found, about).toContain('complete map-count-differs')
  }
})

test('a file that names the quoted consignment as left out still shows all of what it has of it', async () => {
  const { log, subject, first } = await wandering()
  const chain = log.chains.get(first) as number[]
  const evidence = await evidenceOf(log, subject, { without: chain.slice(-1) })
  expect(failuresOf(await judge({ ...evidence, omitted: [first] }))).toEqual(['complete map-count-differs'])
  const own = await evidenceOf(log, subject, { without: (log.chains.get(subject) as number[]).slice(-1) })
  expect(failuresOf(await judge({ ...own, omitted: [subject] }))).toEqual(['complete map-count-differs'])
})
