import { expect, test } from '@playwright/test'
import { sha256, utf8Encode } from '../bytes.ts'
import { cosign } from '../ledger/cosign.ts'
import { publicKeyOf, verifyEd25519Fallback as verify } from '../ledger/ed25519.ts'
import { noteSignatureLine } from '../ledger/note.ts'
import { formatVkey, noteKey, TYPE_COSIGNATURE } from '../ledger/vkey.ts'
import { evidenceOf, fileOf, packed, vkeyOf } from './evidence.fixture.ts'
import { verifyEvidence } from './verify.ts'
import { checkWitnesses } from './witness-check.ts'

const seedOf = (name: string) => sha256(utf8Encode(`witness ${name}`))
const vkeyOfWitness = (name: string) =>
  formatVkey(noteKey({ name: `${name}.example`, type: TYPE_COSIGNATURE, publicKey: publicKeyOf(seedOf(name)) }))
const witnessLine = (name: string, title = name) => `witness ${title} ${vkeyOfWitness(name)}\n`
const TWO = `${witnessLine('a')}${witnessLine('b', 'replaying/b')}`

/** The report on an honest file whose checkpoint carries `by` as cosigners and `more` as lines. */
async function reported(policy: string | undefined, by: readonly string[], more: readonly string[] = []) {
  const { log, subject } = await packed()
  const evidence = await evidenceOf(log, subject)
  const text = evidence.checkpoint.slice(0, evidence.checkpoint.indexOf('\n\n') + 1)
  const lines = by.map(name =>
    noteSignatureLine(cosign({ name: `${name}.example`, seed: seedOf(name), time: 9n, text })),
  )
  const bytes = fileOf({ ...evidence, checkpoint: evidence.checkpoint + [...lines, ...more].join('') })
  const trusted = { vkey: vkeyOf(log.origin), policy }
  const report = await verifyEvidence({ bytes, trusted, verify, witnesses: checkWitnesses })
  return { report, check: report.checks.find(check => check.name === 'witnesses') }
}

test('enough witnesses are named and counted, and the verdict says that they saw it', async () => {
  const { report, check } = await reported(`${TWO}group q 2 a replaying/b\nquorum q\n`, ['a', 'b'])
  expect(check).toMatchObject({ outcome: 'pass', facts: { k: 2, n: 2, least: 2, names: 'a, b' } })
  expect([report.verdict, report.sentence]).toEqual(['verified', 'verified-witnessed'])
})

test('too few witnesses fail the file, however many strangers signed', async () => {
  const { report, check } = await reported(`${TWO}group q all a replaying/b\nquorum q\n`, ['a', 'c', 'd'])
  expect(check).toMatchObject({
    outcome: 'fail',
    code: 'witnesses-too-few',
    facts: { k: 1, n: 2, least: 2, names: 'a' },
  })
  expect(report.verdict).toBe('failed')
  expect((await reported(`${TWO}quorum replaying/b\n`, ['a'])).check?.code).toBe('witnesses-too-few')
})

test('a known witness’s line that is not over this checkpoint fails the file, whoever else signed', async () => {
  const text = 'log.example.org\n11\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
  const other = noteSignatureLine(cosign({ name: 'b.example', seed: seedOf('b'), time: 9n, text }))
  const { report, check } = await reported(`${TWO}quorum a\n`, ['a'], [other])
  expect(check).toMatchObject({ outcome: 'fail', code: 'witness-signature-invalid', detail: 'b' })
  expect(report.verdict).toBe('failed')
})

test('a policy of another log, or one that cannot be read, is no pass', async () => {
  const log = (origin: string) => `log ${vkeyOf(origin)}\n`
  const rest = `${TWO}quorum a\n`
  expect((await reported(log('log.example.org') + rest, ['a'])).check?.outcome).toBe('pass')
  expect((await reported(log('elsewhere.example') + rest, ['a'])).check?.code).toBe('policy-other-log')
  expect((await reported(rest.replace('quorum', 'quorums'), ['a'])).check?.code).toBe('policy-unusable')
})

test('where no witness is asked for none is missed, and who signed is still counted', async () => {
  expect((await reported(undefined, ['a'])).check).toMatchObject({ outcome: 'not-run', code: 'no-witness-policy' })
  expect((await reported(`${TWO}quorum none\n`, [])).check).toMatchObject({
    outcome: 'not-run',
    code: 'no-witness-asked',
  })
  expect((await reported(`${TWO}quorum none\n`, ['b'])).check).toMatchObject({ outcome: 'pass', facts: { k: 1 } })
})

test('a trusted policy without the check at hand fails, and is never passed over', async () => {
  const { log, subject } = await packed()
  const bytes = fileOf(await evidenceOf(log, subject))
  const report = await verifyEvidence({ bytes, trusted: { policy: `${TWO}quorum a\n` }, verify })
  expect(report.checks.find(check => check.name === 'witnesses')?.code).toBe('policy-unusable')
  expect(report.verdict).toBe('failed')
})

test('a witness that replays is told apart from one that only watches the tree', async () => {
  const { log, subject } = await packed()
  const evidence = await evidenceOf(log, subject)
  const text = evidence.checkpoint.slice(0, evidence.checkpoint.indexOf('\n\n') + 1)
  const line = noteSignatureLine(cosign({ name: 'b.example', seed: seedOf('b'), time: 9n, text }))
  const { replayedBy } = await checkWitnesses({
    checkpoint: evidence.checkpoint + line,
    vkey: evidence.vkey,
    policy: `${TWO}quorum none\n`,
    verify,
  })
  expect(replayedBy).toEqual(['b'])
})
