import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { evidenceOf, fileOf, longStory, packed, vkeyOf } from '../core/evidence/evidence.fixture.ts'
import { nonceOf } from '../core/evidence/story.fixture.ts'
import { vkeyFingerprint } from '../core/ledger/vkey.ts'

const ORIGIN = 'log.example.org'
const VKEY = vkeyOf(ORIGIN)
let folder: string

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-verify-'))
})
test.afterAll(() => rmSync(folder, { recursive: true }))

function verify(...args: string[]) {
  const command = ['--import', 'tsx', 'lib/cli/verify.ts', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const delivered = async () => {
  const { log, subject } = await longStory(7)
  return fileOf(await evidenceOf(log, subject))
}

async function reported() {
  const { log, donor } = await packed(ORIGIN)
  const subject = log.consignment({ actor: donor, name: 'old shipment' })
  const lines = [{ id: '1', item: 'Rapid test', unit: 'pack', quantity: '12' }]
  await log.act({ actor: donor, subject, kind: 'report', body: { nonce: nonceOf('old shipment'), lines } })
  return fileOf(await evidenceOf(log, subject))
}

test('an intact file with the key from elsewhere is verified: exit 0, and every check says what it does not prove', async () => {
  const path = file('good.json', await delivered())
  const byKey = verify(path, '--vkey', VKEY)
  expect(byKey.stderr).toBe('')
  expect(byKey.status).toBe(0)
  expect(byKey.stdout).toContain('VERIFIED. The record is intact')
  expect(byKey.stdout.match(/does not prove:/g)).toHaveLength(byKey.stdout.match(/^passed/gm)?.length ?? -1)
  expect(verify(path, '--vkey', vkeyFingerprint(VKEY)).status).toBe(0)
})

test('without a key, nothing failed and nothing is verified: exit 3, with the reason', async () => {
  const { status, stdout } = verify(file('nokey.json', await delivered()))
  expect(status).toBe(3)
  expect(stdout).toContain('whose log this is was not checked')
})

test('a reported history is not verified, whoever’s key is given: exit 3', async () => {
  const { status, stdout } = verify(file('reported.json', await reported()), '--vkey', VKEY)
  expect(status).toBe(3)
  expect(stdout).toContain('a history as one party tells it')
})

test('a changed record and another log’s key each fail: exit 1, and the check is named', async () => {
  const { log, subject } = await longStory(7)
  const evidence = await evidenceOf(log, subject)
  const leaves = evidence.leaves.map((leaf, i) => (i === 12 ? { ...leaf, bytes: flipped(leaf.bytes) } : leaf))
  const changed = verify(file('changed.json', fileOf({ ...evidence, leaves })), '--vkey', VKEY, '--json')
  expect(changed.status).toBe(1)
  const report = JSON.parse(changed.stdout)
  expect(report.checks.filter((check: { outcome: string }) => check.outcome === 'fail')).toEqual([
    expect.objectContaining({ name: 'leaves-included', code: 'root-mismatch' }),
  ])
  const other = verify(file('good2.json', await delivered()), '--vkey', vkeyOf('other.example.org'))
  expect(other.status).toBe(1)
  expect(other.stdout).toMatch(/FAILED {3}It is the log you named \(log-key\)\n.*log-key-other/)
})

test('what is no evidence file, no key, no policy or no file at all is unusable: exit 2, with a sentence', async () => {
  const good = file('good3.json', await delivered())
  const proof = file('proof.txt', 'c2sp.org/tlog-proof@v1\nindex 3\n')
  const unusable: [string[], RegExp][] = [
    [[file('empty.json', '')], /UNUSABLE/],
    [[file('other.json', '{}\n')], /evidence-/],
    [[proof], /reads evidence files/],
    [[join(folder, 'absent.json')], /cannot be read/],
    [[good, '--vkey', 'log.example.org+00000000+AAAA'], /--vkey is neither/],
    [[good, '--policy', file('policy.txt', 'witness north north+aa+bb\n')], /cannot check them/],
    [[good, '--polcy', 'x'], /npm run verify/],
    [[], /npm run verify/],
  ]
  for (const [args, sentence] of unusable) {
    const { status, stdout, stderr } = verify(...args)
    expect({ args, status }).toEqual({ args, status: 2 })
    expect(stdout + stderr).toMatch(sentence)
  }
})

test('a policy that names nobody asks for no witness', async () => {
  const policy = file('empty.txt', '# no witnesses yet\n\n')
  expect(verify(file('good4.json', await delivered()), '--vkey', VKEY, '--policy', policy).status).toBe(0)
})

test('nothing in a file reaches the terminal as a control sequence', () => {
  const { status, stdout } = verify(file('escape.json', '{"\\u001b[2J":1,"\u001b[31m":2}\n'))
  expect(status).toBe(2)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
})

function flipped(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[bytes.length - 20] = (changed[bytes.length - 20] as number) ^ 1
  return changed
}
