import { createPublicKey, type KeyObject, verify as nodeVerify } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { VerifySignature } from '../ledger/ed25519.ts'
import {
  failuresOf,
  flipped,
  LEAF_DAMAGE,
  leafDamage,
  membersOf,
  misjudged,
  remembering,
  seededNumbers,
} from './damage.fixture.ts'
import { checkpointOf, evidenceOf, fileOf, longStory, sealed, vkeyOf } from './evidence.fixture.ts'
import { verifyEvidence } from './verify.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map<string, KeyObject>()
const verify: VerifySignature = remembering(({ publicKey, message, signature }) => {
  const id = Buffer.from(publicKey).toString('hex')
  const der = () => createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  const key = keys.get(id) ?? der()
  keys.set(id, key)
  return nodeVerify(null, message, key, signature)
})

const trusted = { vkey: vkeyOf('log.example.org') }
const isTorture = () => test.info().project.name === 'torture'

/** A file of `events` records that also brings a consistency proof, so that damage can be done to one. */
async function intact(events: number, options: { index?: boolean } = {}) {
  const { log, subject } = await longStory(events, options)
  const size = options.index ? await sealed(log) : log.size
  const evidence = await evidenceOf(log, subject, { seen: size - 7 })
  const seen = { checkpointNote: checkpointOf(log, { size: size - 7 }) }
  const judge = (bytes: Uint8Array) => verifyEvidence({ bytes, trusted, seen, verify })
  const file = fileOf(evidence)
  expect((await judge(file)).verdict).toBe('verified')
  return { log, subject, evidence, file, judge, members: membersOf(file) }
}

async function misjudgedFlips(
  { file, members, judge }: Awaited<ReturnType<typeof intact>>,
  places: Iterable<readonly [number, number]>,
): Promise<string[]> {
  const wrong: string[] = []
  for (const [at, bit] of places) {
    const said = misjudged(await judge(flipped(file, at, bit)), members[at] as string)
    if (said !== undefined) wrong.push(`byte ${at} bit ${bit}: ${said}`)
  }
  return wrong
}

function* everyByte(length: number, bits: (at: number) => readonly number[]): Generator<readonly [number, number]> {
  for (let at = 0; at < length; at++) for (const bit of bits(at)) yield [at, bit]
}

test('a file of 20 records with one bit turned in any byte is refused, and the check that finds it is named', async () => {
  const story = await intact(20)
  const next = seededNumbers(20)
  const bits = isTorture() ? () => [0, 1, 2, 3, 4, 5, 6, 7] : () => [next() % 8]
  expect(await misjudgedFlips(story, everyByte(story.file.length, bits))).toEqual([])
})

test('a file with an index with one bit turned in any byte is refused, and the check that finds it is named', async () => {
  const story = await intact(5, { index: true })
  const next = seededNumbers(5)
  const bits = isTorture() ? () => [0, 1, 2, 3, 4, 5, 6, 7] : () => [next() % 8]
  expect(await misjudgedFlips(story, everyByte(story.file.length, bits))).toEqual([])
})

test('a file of 200 records with any of 2,000 bits turned is refused, and the check that finds it is named', async () => {
  const story = await intact(200)
  const next = seededNumbers(200)
  const seeded = Array.from({ length: 2000 }, () => [next() % story.file.length, next() % 8] as const)
  const every = everyByte(story.file.length, () => [0, 1, 2, 3, 4, 5, 6, 7])
  expect(await misjudgedFlips(story, isTorture() ? every : seeded)).toEqual([])
})

for (const events of [20, 200]) {
  test(`every drop, duplicate, swap and truncation of leaves in a file of ${events} records is refused by its code`, async () => {
    const { evidence, judge } = await intact(events)
    const wrong: string[] = []
    let count = 0
    for (const { what, evidence: damaged } of leafDamage(evidence)) {
      const report = await judge(fileOf(damaged))
      const causes = report.unusable ? [report.unusable.code] : failuresOf(report)
      if (report.verdict !== 'failed' || !causes.some(cause => LEAF_DAMAGE.test(cause)))
        wrong.push(`${what}: ${causes}`)
      count++
    }
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(evidence.leaves.length * 6)
  })

  test(`a file of ${events} records proved anew without any one of its leaves is refused, but for the end of a chain`, async () => {
    const { log, subject } = await longStory(events)
    const chains = [...log.chains.values()]
    const own = log.chains.get(subject) as number[]
    for (const index of (await evidenceOf(log, subject)).leaves.map(leaf => leaf.index)) {
      const bytes = fileOf(await evidenceOf(log, subject, { without: [index] }))
      const report = await verifyEvidence({ bytes, trusted, verify })
      const complete = report.checks.find(check => check.name === 'complete')
      if (index === own.at(-1)) {
        // Nothing in the file can tell: only an index that the log promises would, as in the next test.
        expect([report.verdict, report.events]).toEqual(['verified', events - 1])
        expect([complete?.outcome, complete?.code]).toEqual(['not-run', 'index-not-promised'])
        continue
      }
      const isWholeChain = chains.some(chain => chain.length === 1 && chain[0] === index)
      const expected = isWholeChain
        ? /^(chain-unbroken leaf-zero-missing|events-signed key-unknown|custody-rules refusable)$/
        : /^chain-unbroken seq-gap$/
      expect(
        failuresOf(report).some(cause => expected.test(cause)),
        `without leaf ${index}: ${failuresOf(report)}`,
      ).toBe(true)
    }
  })

  test(`on a log with an index, a file of ${events} records proved anew without any one of its leaves is refused, the end of a chain too`, async () => {
    const { log, subject } = await longStory(events, { index: true })
    const size = await sealed(log)
    const refused: string[] = []
    for (const index of (await evidenceOf(log, subject)).leaves.map(leaf => leaf.index)) {
      const bytes = fileOf(await evidenceOf(log, subject, { without: [index] }))
      const report = await verifyEvidence({ bytes, trusted, verify })
      const found = failuresOf(report)
      const expected = index === size - 1 ? 'complete index-missing' : 'complete map-count-differs'
      if (index !== 0 && !found.includes(expected)) refused.push(`without leaf ${index}: ${found}`)
      if (report.verdict !== 'failed') refused.push(`without leaf ${index}: ${report.verdict}`)
      if (index === log.chains.get(subject)?.at(-1)) expect(found).toEqual([expected])
    }
    expect(refused).toEqual([])
  })
}
