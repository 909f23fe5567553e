import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { hexEncode, sha256, utf8Decode } from '../bytes.ts'
import { checkpointOf, evidenceOf, fileOf, packed } from './evidence.fixture.ts'
import { EVIDENCE_CODES } from './evidence-codes.ts'
import { LEAF_CODES } from './leaf.ts'
import { CHECK_NAMES, FAIL_CODES, NOT_RUN_CODES, SENTENCES } from './report.ts'

const spec = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8')

test('every check, code and sentence of a report stands in SPEC.md', () => {
  const words = [
    ...CHECK_NAMES,
    'page-agrees',
    ...FAIL_CODES,
    ...NOT_RUN_CODES,
    ...SENTENCES,
    ...EVIDENCE_CODES,
    ...LEAF_CODES,
  ]
  expect(words.filter(word => !spec.includes(`\`${word}\``))).toEqual([])
})

test('the example in SPEC.md is what the program writes, byte for byte', async () => {
  const { log, subject } = await packed()
  const evidence = await evidenceOf(log, subject)
  const file = fileOf(evidence)
  expect(spec).toContain(`\`\`\`\n${utf8Decode(log.leaves[0] as Uint8Array)}\`\`\``)
  expect(spec).toContain(`\`\`\`\n${checkpointOf(log)}\`\`\``)
  expect(spec).toContain(`\`${hexEncode(log.hashes[0] as Uint8Array)}\``)
  expect(spec).toContain(`${file.length} bytes and the SHA-256 \`${hexEncode(sha256(file))}\``)
  expect(evidence.leaves.map(leaf => leaf.index)).toEqual([0, 1, 2, 4, 5, 8, 10])
  expect([evidence.proof.length, subject]).toEqual([3, 'consignment/52GKAG2H9R7'])
})

test('the example of a log with an index is what the program writes too', async () => {
  const { log, subject } = await packed('log.example.org', { index: true })
  const evidence = await evidenceOf(log, subject)
  const file = fileOf(evidence)
  expect(spec).toContain(`\`\`\`\n${utf8Decode(log.leaves[11] as Uint8Array)}\`\`\``)
  expect(spec).toContain(`${file.length} bytes and the SHA-256 \`${hexEncode(sha256(file))}\``)
  expect(evidence.leaves.map(leaf => leaf.index)).toEqual([0, 1, 2, 4, 5, 8, 10, 11])
  expect([evidence.map?.ends.length, evidence.map?.hashes.length]).toEqual([7, 7])
})
