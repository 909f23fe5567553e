import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freshFolder, serveFolder, writeLog } from '../audit/served-log.fixture.ts'
import { sha256, utf8Encode } from '../core/bytes.ts'
import {
  checkpointOf,
  evidenceOf,
  fileOf,
  handOver,
  longStory,
  packed,
  vkeyOf,
} from '../core/evidence/evidence.fixture.ts'
import { nonceOf, pairOf } from '../core/evidence/story.fixture.ts'
import { signCheckpoint } from '../core/ledger/checkpoint.ts'
import { cosign } from '../core/ledger/cosign.ts'
import { publicKeyOf } from '../core/ledger/ed25519.ts'
import { proveInclusion, rootOf } from '../core/ledger/merkle.ts'
import { noteSignatureLine } from '../core/ledger/note.ts'
import { formatTlogProof } from '../core/ledger/tlog-proof.ts'
import { formatVkey, noteKey, TYPE_COSIGNATURE, vkeyFingerprint } from '../core/ledger/vkey.ts'

const ORIGIN = 'log.example.org'
const VKEY = vkeyOf(ORIGIN)
const SEED = pairOf('log key').seed
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

test('on a log with an index a file without its newest record, or without a revocation, fails: exit 1', async () => {
  const { log, subject, carrier } = await longStory(7, { index: true })
  const key = `key/${carrier.pair.key}`
  await log.act({ actor: carrier, subject: key, kind: 'revoke', body: { reason: 'stolen' } })
  const whole = verify(file('whole.json', fileOf(await evidenceOf(log, subject))), '--vkey', VKEY)
  expect([whole.status, whole.stdout]).toEqual([0, expect.stringContaining('on the operator’s word')])
  for (const about of [subject, key]) {
    const last = log.chains.get(about)?.at(-1) as number
    const path = file('withheld.json', fileOf(await evidenceOf(log, subject, { without: [last] })))
    const { status, stdout } = verify(path, '--vkey', VKEY)
    expect(status).toBe(1)
    expect(stdout).toMatch(/FAILED {3}Nothing newer is left out \(complete\)\n +why: map-count-differs: /)
    expect(stdout).toContain(about)
  }
})

test('what is no evidence file, no key, no policy or no file at all is unusable: exit 2, with a sentence', async () => {
  const good = file('good3.json', await delivered())
  const proof = file('proof.txt', 'c2sp.org/tlog-proof@v1\nindex 3\n')
  const unusable: [string[], RegExp][] = [
    [[file('empty.json', '')], /UNUSABLE/],
    [[file('other.json', '{}\n')], /evidence-/],
    [[proof], /give the record too/],
    [[join(folder, 'absent.json')], /cannot be read/],
    [[good, '--vkey', 'log.example.org+00000000+AAAA'], /--vkey is neither/],
    [[good, '--policy', file('policy.txt', 'witness north north+aa+bb\n')], /is no policy: policy-vkey-malformed/],
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
  const policy = file('empty.txt', '# no witnesses yet\n\nquorum none\n')
  expect(verify(file('good4.json', await delivered()), '--vkey', VKEY, '--policy', policy).status).toBe(0)
})

const witnessSeed = sha256(utf8Encode('witness north'))
const NORTH = formatVkey(
  noteKey({ name: 'north.example', type: TYPE_COSIGNATURE, publicKey: publicKeyOf(witnessSeed) }),
)
const POLICY = `log ${VKEY}\nwitness north ${NORTH}\nquorum north\n`
const cosigned = (note: string) => {
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  return note + noteSignatureLine(cosign({ name: 'north.example', seed: witnessSeed, time: 9n, text }))
}

test('a policy fails a file that too few witnesses signed, and its log line says whose log it is', async () => {
  const { log, subject } = await longStory(7)
  const evidence = await evidenceOf(log, subject)
  const policy = file('north.txt', POLICY)
  const good = verify(
    file('seen.json', fileOf({ ...evidence, checkpoint: cosigned(evidence.checkpoint) })),
    '--policy',
    policy,
  )
  expect(good.stdout).toContain('the same record was seen by an independent witness: north.')
  expect(good.status).toBe(0)
  const bare = verify(file('bare.json', fileOf(evidence)), '--policy', policy)
  expect(bare.stdout).toContain('witnesses-too-few (0 of 1 signed, at least 1 are asked for)')
  expect(bare.status).toBe(1)
})

test('a receipt is verified with its record: as a leaf, or as the note that its signer holds', async () => {
  const { log } = await longStory(7)
  const index = 9
  const leaf = log.leaves[index] as Uint8Array
  const checkpoint = checkpointOf(log)
  const proof = proveInclusion({ leafHashes: log.hashes, leafIndex: index })
  const extra = leaf.slice(0, leaf.indexOf(10))
  const receiptOf = (note: string) =>
    formatTlogProof({ extra, leafIndex: BigInt(index), proof, checkpoint: utf8Encode(note) })
  const receipt = file('receipt.tlog-proof', receiptOf(cosigned(checkpoint)))
  const bare = file('bare.tlog-proof', receiptOf(checkpoint))
  const [asLeaf, asNote] = [file('leaf', leaf), file('note', leaf.slice(leaf.indexOf(10) + 1))]
  const other = file('other', log.leaves[index - 1] as Uint8Array)
  const policy = file('receipt-policy.txt', POLICY)
  const cases: [number, string[], RegExp][] = [
    [0, [receipt, '--leaf', asLeaf, '--vkey', VKEY], /VERIFIED\. The record is leaf 9 of/],
    [0, [receipt, '--leaf', asNote, '--vkey', VKEY], /No witnesses were asked/],
    [0, [receipt, '--leaf', asNote, '--policy', policy], /Seen by 1 of 1 witnesses: north\./],
    [1, [bare, '--leaf', asNote, '--policy', policy], /witnesses-too-few\. 0 of 1 signed/],
    [1, [receipt, '--leaf', other, '--vkey', VKEY], /tlog-proof-not-included/],
    [1, [receipt, '--leaf', asLeaf, '--vkey', vkeyOf('other.example.org')], /FAILED\. /],
    [3, [receipt, '--leaf', asLeaf], /NOT VERIFIED\. /],
    [2, [receipt, '--vkey', VKEY], /--leaf FILE/],
  ]
  for (const [status, args, said] of cases) {
    const given = verify(...args)
    expect({ args, status: given.status, said: given.stdout + given.stderr }).toEqual({
      args,
      status,
      said: expect.stringMatching(said),
    })
  }
})

test('two histories are told by comparing checkpoints, and the file with both notes explains itself', async () => {
  const { log, subject } = await longStory(7)
  const evidence = file('one.json', fileOf(await evidenceOf(log, subject)))
  const other = await packed(ORIGIN)
  const same = file('same.txt', checkpointOf(log))
  const longer = await longStory(9)
  const forked = signCheckpoint({
    checkpoint: { origin: ORIGIN, size: BigInt(log.size), rootHash: rootOf([...other.log.hashes]) },
    seed: SEED,
    name: ORIGIN,
  })
  expect(verify(evidence, '--vkey', VKEY, '--compare', same).stdout).toContain('Same list of')
  const open = verify(evidence, '--vkey', VKEY, '--compare', file('longer.txt', checkpointOf(longer.log)))
  expect([open.status, open.stdout]).toEqual([3, expect.stringContaining('is not shown here')])
  const caught = verify(evidence, '--vkey', VKEY, '--compare', file('fork.txt', forked))
  expect(caught.status).toBe(1)
  expect(caught.stdout).toContain('TWO HISTORIES')
  const kept = caught.stdout.slice(caught.stdout.indexOf('throughline/contradiction/v1'))
  const explained = verify(file('kept.txt', kept), '--vkey', VKEY)
  expect([explained.status, explained.stdout]).toEqual([
    1,
    expect.stringMatching(/PROVEN: TWO HISTORIES[\s\S]*key that you named/),
  ])
  expect(verify(file('cut.txt', kept.slice(0, -10)), '--vkey', VKEY).status).toBe(2)
})

/** {@link verify} beside a server of this process. */
function verifyBeside(...args: string[]): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/verify.ts', ...args])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (said += text))
  return new Promise(resolve => child.on('close', status => resolve({ status, said })))
}

test('compared with the address of a log: the same history, a longer one, another one, or none that can be told', async () => {
  const story = await packed(ORIGIN)
  const { log, subject, donor, carrier, recipient } = story
  await handOver(story, donor, carrier)
  const evidence = file('address.json', fileOf(await evidenceOf(log, subject)))
  await using folder = await freshFolder()
  await using site = await serveFolder(folder.path)
  const compare = (where: string) => verifyBeside(evidence, '--vkey', VKEY, '--compare', where)

  await writeLog(folder.path, log, SEED)
  expect(await compare(site.url)).toMatchObject({ status: 0, said: expect.stringContaining('Same list of') })
  expect((await compare(`${site.url}/checkpoint`)).status).toBe(0)

  const size = log.size
  await handOver(story, carrier, recipient)
  await writeLog(folder.path, log, SEED)
  const longer = `The list of ${log.size} records leads on from that of ${size}.`
  expect(await compare(`${site.url}/`)).toMatchObject({ status: 0, said: expect.stringContaining(longer) })

  const forged = await packed(ORIGIN)
  for (let times = 0; times < 3; times++) await handOver(forged, forged.donor, forged.carrier, '12')
  await writeLog(folder.path, forged.log, SEED)
  const caught = await compare(site.url)
  expect(caught).toMatchObject({ status: 1, said: expect.stringContaining('TWO HISTORIES') })
  const kept = file('address.txt', caught.said.slice(caught.said.indexOf('throughline/contradiction/v1')))
  expect(verify(kept, '--vkey', VKEY)).toMatchObject({ status: 1, stdout: expect.stringContaining('PROVEN') })

  // A log that keeps its tiles to itself proves nothing, either way.
  for (const name of ['tile/0', 'tile/1']) rmSync(join(folder.path, name), { recursive: true, force: true })
  expect(await compare(site.url)).toMatchObject({ status: 3, said: expect.stringContaining('is not shown here') })
  expect((await compare(`${site.url}/elsewhere`)).status).toBe(2)
  await writeLog(folder.path, log)
  expect(await compare(site.url)).toMatchObject({ status: 2, said: expect.stringContaining('is not by this log') })
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
