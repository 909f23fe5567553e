import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { base64Encode, utf8Decode, utf8Encode } from '../bytes.ts'
import { formatJson, type Json } from '../json.ts'
import type { MapProof } from '../ledger/map-proof.ts'
import { type Evidence, formatEvidence, MAX_EVIDENCE_BYTES, parseEvidence } from './bundle.ts'
import { evidenceOf, fileOf, packed } from './evidence.fixture.ts'
import { EVIDENCE_CODES } from './evidence-codes.ts'
import { CHECK_NAMES } from './report.ts'
import { verifyEvidence } from './verify.ts'

type File = Record<string, Json>
const never = () => {
  throw new Error('no signature of a malformed file is looked at')
}
const codeOf = (text: string) => {
  const read = parseEvidence(utf8Encode(text))
  return read.ok ? 'read' : read.code
}
const written = async (): Promise<File> => {
  const { log, subject } = await packed()
  const text = utf8Decode(fileOf(await evidenceOf(log, subject, { seen: 5 }))) as string
  return JSON.parse(text) as File
}
const spelled = (file: Json) => `${formatJson(file)}\n`

test('a file reads back as it was written, and only in its one spelling', async () => {
  const { log, subject } = await packed()
  const evidence = await evidenceOf(log, subject, { seen: 5 })
  const text = formatEvidence(evidence)
  const read = parseEvidence(utf8Encode(text))
  expect(read).toEqual({ ok: true, value: evidence })
  expect(read.ok && formatEvidence(read.value)).toBe(text)
  expect(codeOf(text.slice(0, -1))).toBe('evidence-unterminated')
  expect(codeOf(` ${text}`)).toBe('evidence-not-canonical')
  expect(codeOf(`${text}\n`)).toBe('evidence-not-canonical')
  expect(codeOf(text.replace('{"checkpoint"', '{"a":1,"a":1,"checkpoint"'))).toBe('evidence-not-canonical')
})

test('any file that can be written is read back, whatever its leaves hold', () => {
  const bytes = fc.uint8Array({ maxLength: 60 })
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const opening = fc.record({ salt: fc.string(), value: fc.string() }, { noNullPrototype: true })
  const fields = fc.dictionary(fc.string(), opening, { minKeys: 1, maxKeys: 2, noNullPrototype: true })
  const shape = fc.record({
    leaves: fc.uniqueArray(fc.tuple(fc.maxSafeNat(), bytes, fc.option(fields, { nil: undefined })), {
      minLength: 1,
      selector: ([index]) => index,
    }),
    proof: fc.array(hash),
    checkpoint: fc.string(),
    seen: fc.option(fc.record({ size: fc.maxSafeNat(), proof: fc.array(hash) }), { nil: undefined }),
    map: fc.option(
      fc.record({
        ends: fc.array(
          fc.record(
            {
              depth: fc.integer({ min: 0, max: 256 }),
              leaf: fc.record(
                { key: hash, count: fc.maxSafeNat(), leafHash: hash },
                { requiredKeys: ['count', 'leafHash'], noNullPrototype: true },
              ),
            },
            { requiredKeys: ['depth'], noNullPrototype: true },
          ),
        ),
        hashes: fc.array(hash),
      }),
      { nil: undefined },
    ),
  })
  fc.assert(
    fc.property(shape, ({ leaves: raw, proof, checkpoint, seen, map }) => {
      const rising = raw.sort(([a], [b]) => a - b)
      const evidence: Evidence = {
        subject: 'consignment/7K3Q9XMD2TK',
        checkpoint,
        vkey: 'log.example.org+00000000+AAAA',
        leaves: rising.map(([index, each]) => ({ index, bytes: Uint8Array.from(each) })),
        proof: proof.map(each => Uint8Array.from(each)),
        ...(map && { map: map as MapProof }),
        openings: new Map(rising.flatMap(([index, , opened]) => (opened ? [[index, opened]] : []))),
        ...(seen && { seen: { size: seen.size, proof: seen.proof.map(each => Uint8Array.from(each)) } }),
        omitted: [],
      }
      const text = formatEvidence(evidence)
      const read = parseEvidence(utf8Encode(text))
      expect(read.ok && formatEvidence(read.value)).toBe(text)
    }),
  )
})

/** A map proof in every other form than its own. */
function mapsMalformed(): Json[] {
  const hash = base64Encode(new Uint8Array(32))
  const end = { depth: 3, count: '7', leaf: hash }
  const wrong: Json[] = [
    { depth: '3' },
    { depth: 3, more: 1 },
    { ...end, count: 7 },
    { ...end, count: '07' },
    { depth: 3, count: '7' },
    { depth: 3, leaf: hash },
    { depth: 3, key: hash },
    { ...end, key: 'A' },
    { ...end, leaf: hash.replace('=', '') },
    [3],
    'end',
  ]
  return [
    {},
    [],
    'none',
    { ends: [], hashes: {} },
    { ends: {}, hashes: [] },
    { ends: [], hashes: [], more: [] },
    { ends: [end], hashes: ['*'] },
    { ends: [end], hashes: [7] },
    ...wrong.map(each => ({ ends: [each], hashes: [hash] })),
  ]
}

test('every way in which a file can be malformed has its code', async () => {
  const file = await written()
  const leaves = file.leaves as { index: string; bytes: string }[]
  const [first, second] = leaves as [{ index: string; bytes: string }, { index: string; bytes: string }]
  const openings = file.openings as Record<string, Json>
  const [opened] = Object.keys(openings) as [string]
  const salt = '00'.repeat(32)
  const { vkey: _, ...keyless } = file
  const cases: [string, string | Uint8Array][] = [
    ['evidence-not-utf8', Uint8Array.of(0x7b, 0xff, 0x7d, 0x0a)],
    ['evidence-too-large', new Uint8Array(MAX_EVIDENCE_BYTES + 1)],
    ['evidence-not-json', '{"format":\n'],
    ['evidence-not-json', `${'['.repeat(100_000)}${']'.repeat(100_000)}\n`],
    ['evidence-not-json', spelled(file).replace('"throughline/evidence/v1"', 'null')],
    ['evidence-member-type', '[]\n'],
    ['evidence-member-type', '"throughline/evidence/v1"\n'],
    ['evidence-format-unknown', spelled({ ...file, format: 'throughline/evidence/v2' })],
    ['evidence-member-missing', spelled(keyless)],
    ['evidence-member-unknown', spelled({ ...file, note: 'trust me' })],
    ['evidence-member-unknown', spelled(file).replace('{"checkpoint"', '{"__proto__":{},"checkpoint"')],
    ['evidence-member-type', spelled({ ...file, vkey: 7 })],
    ['evidence-member-type', spelled({ ...file, leaves: 'none' })],
    ['evidence-member-type', spelled({ ...file, proof: {} })],
    ['evidence-member-type', spelled({ ...file, leaves: [{ ...first, more: '' }] })],
    ['evidence-member-type', spelled({ ...file, seen: { size: '5' } })],
    ['evidence-subject-malformed', spelled({ ...file, subject: 'party/7K3Q9XMD2TK' })],
    ['evidence-subject-malformed', spelled({ ...file, subject: 'consignment/7K3Q9XMD2TJ' })],
    ['evidence-leaves-empty', spelled({ ...file, leaves: [] })],
    ['evidence-index-malformed', spelled({ ...file, leaves: [{ ...first, index: '00' }] })],
    ['evidence-index-malformed', spelled({ ...file, leaves: [{ ...first, index: '9007199254740992' }] })],
    ['evidence-index-malformed', spelled({ ...file, leaves: [{ index: 0, bytes: first.bytes }] })],
    ['evidence-leaves-order', spelled({ ...file, leaves: [second, first] })],
    ['evidence-leaves-order', spelled({ ...file, leaves: [first, first] })],
    ['evidence-base64-malformed', spelled({ ...file, leaves: [{ ...first, bytes: 'A' }] })],
    ['evidence-base64-malformed', spelled({ ...file, leaves: [{ ...first, bytes: 'AB==' }] })],
    ['evidence-hash-malformed', spelled({ ...file, proof: ['AAAA'] })],
    ['evidence-hash-malformed', spelled({ ...file, seen: { size: '5', proof: ['AAAA'] } })],
    ['evidence-size-malformed', spelled({ ...file, seen: { size: '05', proof: [] } })],
    ...mapsMalformed().map((map): [string, string] => ['evidence-map-malformed', spelled({ ...file, map })]),
    ['evidence-opening-malformed', spelled({ ...file, openings: {} })],
    ['evidence-opening-malformed', spelled({ ...file, openings: { [opened]: {} } })],
    ['evidence-opening-malformed', spelled({ ...file, openings: { [opened]: { name: { salt } } } })],
    ['evidence-opening-malformed', spelled({ ...file, openings: { [opened]: { name: { salt, value: 7 } } } })],
    ['evidence-opening-malformed', spelled({ ...file, openings: { '01': { name: { salt, value: 'x' } } } })],
    ['evidence-opening-stray', spelled({ ...file, openings: { 999: { name: { salt, value: 'x' } } } })],
    ['evidence-omitted-malformed', spelled({ ...file, omitted: [] })],
    [
      'evidence-omitted-malformed',
      spelled({ ...file, omitted: ['consignment/7K3Q9XMD2TK', 'consignment/00000000000'] }),
    ],
    ['evidence-omitted-malformed', spelled({ ...file, omitted: ['log'] })],
    ['evidence-unterminated', ''],
    ['evidence-not-canonical', `{"vkey":"","format":""}\n`],
  ]
  for (const [code, malformed] of cases) {
    const bytes = typeof malformed === 'string' ? utf8Encode(malformed) : malformed
    const report = await verifyEvidence({ bytes, verify: never })
    expect([code, report.unusable?.code], String(malformed.slice(0, 80))).toEqual([code, code])
    expect([report.verdict, report.sentence, report.checks.length]).toEqual(['failed', 'unusable', CHECK_NAMES.length])
    expect(report.checks.every(check => check.outcome === 'not-run' && check.code === 'file-unusable')).toBe(true)
  }
  expect([...new Set(cases.map(([code]) => code))].sort()).toEqual([...EVIDENCE_CODES].sort())
})

test('nothing that anyone could send makes the verifier throw', async () => {
  const file = await written()
  const json = fc.jsonValue() as fc.Arbitrary<Json>
  const member = fc.constantFrom(...Object.keys(file))
  const verify = () => false
  await fc.assert(
    fc.asyncProperty(member, json, async (name, value) => {
      const text = `${JSON.stringify({ ...file, [name]: value })}\n`
      const report = await verifyEvidence({ bytes: utf8Encode(text), verify })
      expect(report.verdict).toBe('failed')
    }),
    { numRuns: 300 },
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
      expect((await verifyEvidence({ bytes: Uint8Array.from(bytes), verify })).sentence).toBe('unusable')
    }),
  )
})
