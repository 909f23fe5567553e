import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { sha256, utf8Encode } from '../bytes.ts'
import {
  formatPolicy,
  isQuorumMet,
  isReplaying,
  leastWitnesses,
  type Policy,
  parsePolicy,
  witnessTitle,
} from './policy.ts'
import { formatVkey, noteKey, TYPE_COSIGNATURE, TYPE_ED25519 } from './vkey.ts'

const vkey = (name: string, type = TYPE_COSIGNATURE) =>
  formatVkey(noteKey({ name, type, publicKey: sha256(utf8Encode(name)) }))
const witness = (name: string) => `witness ${name} ${vkey(`${name}.example`)}\n`
const log = `log ${vkey('log.example', TYPE_ED25519)}\n`
const read = (text: string): Policy => {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(parsed.detail)
  return parsed.value
}

test('the example of the specification asks for two of X and one of Y', () => {
  const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']
  const policy = read(
    `${log}\n# who is who\n${names.map(witness).join('')}\tgroup X-witnesses  2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3 \n  # both\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y`,
  )
  const met = (...signed: string[]) => isQuorumMet(policy, new Set(signed))
  expect(met('X1', 'X3', 'Y2')).toBe(true)
  expect(met(...names)).toBe(true)
  expect(met('X1', 'Y1', 'Y2', 'Y3')).toBe(false)
  expect(met('X1', 'X2', 'X3')).toBe(false)
  expect(met('X1', 'X2', 'Z1')).toBe(false)
  expect(met()).toBe(false)
  expect(leastWitnesses(policy)).toBe(3)
  expect(isQuorumMet(read('quorum none\n'), new Set())).toBe(true)
  expect(isQuorumMet(read(`${witness('W')}quorum W\n`), new Set())).toBe(false)
})

test('each way of spoiling a policy has its own code', () => {
  const end = 'quorum none\n'
  const cases: [string, string][] = [
    ['ok', end],
    ['ok', `\n \t\n#\n${log}${witness('a')}${end}`],
    ['policy-quorum-missing', ''],
    ['policy-quorum-missing', '# quorum none\n'],
    ['policy-quorum-repeated', `${end}${end}`],
    ['policy-character', `quorum none\r\n`],
    ['policy-character', `# \u0000\n${end}`],
    ['policy-line-unknown', `mirror ${vkey('m')}\n${end}`],
    ['policy-line-unknown', `Log ${vkey('m')}\n${end}`],
    ['policy-line-malformed', `log\n${end}`],
    ['policy-line-malformed', `log ${vkey('l', TYPE_ED25519)} https://l more\n${end}`],
    ['policy-line-malformed', `witness a\n${end}`],
    ['policy-line-malformed', `group g any\n${end}`],
    ['policy-line-malformed', 'quorum\n'],
    ['policy-line-malformed', 'quorum none none\n'],
    ['policy-vkey-malformed', `log ${vkey('l')}\n${end}`],
    ['policy-vkey-malformed', `witness a ${vkey('a', TYPE_ED25519)}\n${end}`],
    ['policy-vkey-malformed', `witness a ${vkey('a')}=\n${end}`],
    ['policy-key-repeated', `${log}${log}${end}`],
    ['policy-key-repeated', `${witness('a')}${witness('a').replace('a ', 'b ')}${end}`],
    ['policy-name-repeated', `${witness('a')}${witness('b').replace('witness b', 'witness a')}${end}`],
    ['policy-name-repeated', `${witness('none')}${end}`],
    ['policy-name-repeated', `${witness('a')}group a any a\n${end}`],
    ['policy-name-unknown', `group g any a\n${witness('a')}${end}`],
    ['policy-name-unknown', `group g any g\n${end}`],
    ['policy-name-unknown', `group g any none\n${end}`],
    ['policy-name-unknown', `quorum a\n${witness('a')}`],
    ['policy-member-repeated', `${witness('a')}group g any a a\n${end}`],
    ['policy-member-repeated', `${witness('a')}group g any a\ngroup h any a\n${end}`],
    ...['0', '2', '01', '+1', '1.0', 'ANY', '-1'].map(
      k => ['policy-threshold', `${witness('a')}group g ${k} a\n${end}`] as [string, string],
    ),
    ['policy-too-large', `${'#'.repeat(256 * 1024)}\n${end}`],
    ['policy-too-large', `${Array.from({ length: 257 }, (_, i) => witness(`w${i}`)).join('')}${end}`],
  ]
  for (const [code, text] of cases) {
    const parsed = parsePolicy(text)
    expect([text.slice(0, 300), parsed.ok ? 'ok' : parsed.code]).toEqual([text.slice(0, 300), code])
  }
})

test('a witness that replays says so by its name, and counts like any other', () => {
  const policy = read(`${witness('replaying/aid-watch')}${witness('b')}group q any replaying/aid-watch b\nquorum q\n`)
  expect(policy.witnesses.map(each => [isReplaying(each), witnessTitle(each)])).toEqual([
    [true, 'aid-watch'],
    [false, 'b'],
  ])
  expect(isQuorumMet(policy, new Set(['replaying/aid-watch']))).toBe(true)
})

/** Policies with groups of groups, each name in one group at most, as many witnesses as a reader has to take and more. */
const policies = fc
  .record({
    count: fc.integer({ min: 1, max: 40 }),
    picks: fc.array(fc.nat(1000), { maxLength: 32 }),
    last: fc.nat(1000),
  })
  .map(({ count, picks, last }) => {
    const free = Array.from({ length: count }, (_, i) => `w${i}`)
    const lines = free.map(witness)
    for (const [i, pick] of picks.entries()) {
      const members = free.splice(pick % free.length, 1 + (pick % 5))
      lines.push(`group g${i} ${1 + (pick % members.length)} ${members.join(' ')}\n`)
      free.push(`g${i}`)
    }
    return `${lines.join('')}quorum ${free[last % free.length]}\n`
  })

test('a policy written is the policy read, and another witness never makes a quorum fail', () => {
  fc.assert(
    fc.property(policies, fc.array(fc.nat(39), { maxLength: 40 }), fc.nat(39), (text, signers, more) => {
      const policy = read(text)
      expect(read(formatPolicy(policy))).toEqual(policy)
      const signed = new Set(signers.map(i => `w${i}`))
      const all = new Set(policy.witnesses.map(({ name }) => name))
      expect(isQuorumMet(policy, all)).toBe(true)
      expect(isQuorumMet(policy, new Set())).toBe(false)
      if (isQuorumMet(policy, signed)) {
        expect(isQuorumMet(policy, new Set([...signed, `w${more}`]))).toBe(true)
        expect([...signed].filter(name => all.has(name)).length).toBeGreaterThanOrEqual(leastWitnesses(policy))
      }
    }),
    { numRuns: 300 },
  )
})
