import { spawnSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { formatLeaf } from '../core/evidence/leaf.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { submit } from './append.ts'
import { fsck } from './fsck.ts'
import { hexOf } from './hash.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import type { LogSettings } from './log-state.ts'
import { closeLog } from './open-log.ts'
import { findingsOf } from './processes.fixture.ts'
import { copyDatabase, storedRows, tamper } from './tamper.fixture.ts'

/** A closed log of 300 leaves and a handoff, so that there is a full tile, a correction and openings. */
async function longLog(): Promise<LogSettings> {
  const { live, log, donor, recipient, settings } = await foundedLog(freshSettings(), { index: false })
  const packings = await Promise.all(Array.from({ length: 300 }, (_, n) => live.packing(donor, `pack ${n}`)))
  await Promise.all(packings.map(packing => submit(packing, log)))
  const first = packings[0] as (typeof packings)[number]
  live.heads.set(first.subject, first.hash)
  const try_ = async (kind: string, actor: typeof donor, body: object) => {
    const signed = await live.sign({ actor, subject: first.subject, kind, body, sealed: { place: `Place of ${kind}` } })
    const submission = await submit(signed, log)
    if (submission.outcome === 'refused') throw new Error(submission.detail)
    live.heads.set(first.subject, signed.hash)
    return signed.hash
  }
  const lines = [{ line: '1', condition: 'sound', quantity: '40' }]
  const release = await try_('release', donor, { to: { party: recipient.party }, lines })
  await try_('receive', recipient, { release, lines: [{ line: '1', condition: 'sound', received: '40' }] })
  await try_('correct', donor, { event: release })
  await closeLog(log)
  return settings
}

/** What someone who holds the database file may do to it, and what must be said of it. */
const TAMPERINGS: { what: string; sql: string; expected: { code: string; leaf?: number } }[] = [
  {
    what: 'a byte of a leaf',
    sql: `UPDATE Leaf SET bytes = CAST(substr(bytes, 1, length(bytes) - 20) || x'41' || substr(bytes, length(bytes) - 18) AS BLOB) WHERE leafIndex = 100`,
    expected: { code: 'leaf-altered', leaf: 100 },
  },
  {
    what: 'the first word of a leaf',
    sql: `UPDATE Leaf SET bytes = x'0102' WHERE leafIndex = 7`,
    expected: { code: 'leaf-unreadable', leaf: 7 },
  },
  {
    what: 'the last record of a consignment, which nobody can read any more',
    sql: `UPDATE Leaf SET bytes = x'0102' WHERE leafIndex = (SELECT MAX(leafIndex) FROM Leaf)`,
    expected: { code: 'leaf-unreadable', leaf: 310 },
  },
  {
    what: 'a stored leaf hash',
    sql: `UPDATE Leaf SET leafHash = zeroblob(32) WHERE leafIndex = 200`,
    expected: { code: 'leaf-altered', leaf: 200 },
  },
  {
    what: 'the last leaf deleted',
    sql: 'DELETE FROM Leaf WHERE leafIndex = (SELECT MAX(leafIndex) FROM Leaf)',
    expected: { code: 'head-differs' },
  },
  {
    what: 'a leaf deleted from the middle',
    sql: 'DELETE FROM Leaf WHERE leafIndex = 50',
    expected: { code: 'leaf-missing', leaf: 50 },
  },
  {
    what: 'a stored verdict',
    sql: `UPDATE Leaf SET inEffect = FALSE, reason = 'not-holder' WHERE leafIndex = 60`,
    expected: { code: 'verdict-differs', leaf: 60 },
  },
  {
    what: 'a leaf filed under another subject',
    sql: `UPDATE Leaf SET subject = 'consignment/00000000000' WHERE leafIndex = 61`,
    expected: { code: 'leaf-column', leaf: 61 },
  },
  { what: 'a node of the tree', sql: 'UPDATE Node SET hash = zeroblob(32)', expected: { code: 'node-differs' } },
  { what: 'the head', sql: 'UPDATE Head SET root = zeroblob(32), size = size + 1', expected: { code: 'head-differs' } },
  {
    what: 'a checkpoint',
    sql: 'UPDATE Checkpoint SET root = zeroblob(32) WHERE size = (SELECT MAX(size) FROM Checkpoint)',
    expected: { code: 'checkpoint-differs' },
  },
  {
    what: 'the name of an event',
    sql: 'UPDATE EventName SET leafIndex = 62 WHERE leafIndex = 63',
    expected: { code: 'name-differs', leaf: 63 },
  },
  {
    what: 'the value of an opening',
    sql: `UPDATE Opening SET value = 'elsewhere' WHERE leafIndex = 64`,
    expected: { code: 'opening-wrong', leaf: 64 },
  },
  {
    what: 'a withheld opening made public',
    sql: `UPDATE Opening SET isPublic = NOT isPublic WHERE leafIndex = 65`,
    expected: { code: 'opening-wrong', leaf: 65 },
  },
  {
    what: 'a consignment’s row',
    sql: `UPDATE Consignment SET stage = 'delivered' WHERE leafIndex = 70`,
    expected: { code: 'projection-differs', leaf: 70 },
  },
  {
    what: 'what a consignment asks of a party',
    sql: 'UPDATE Part SET toSign = 1, toSignSince = 1 WHERE leafIndex = 70',
    expected: { code: 'projection-differs', leaf: 70 },
  },
  { what: 'a part deleted', sql: 'DELETE FROM Part WHERE leafIndex = 71', expected: { code: 'projection-differs' } },
  {
    what: 'a part that no leaf gives',
    sql: `INSERT INTO Part (consignment, party, holds, free, founded, awaits, stage, toSign, waiting, differences, leafIndex) SELECT consignment, '00000000000', TRUE, TRUE, FALSE, FALSE, stage, 0, 0, 0, leafIndex FROM Part WHERE leafIndex = 72`,
    expected: { code: 'projection-differs' },
  },
  {
    what: 'a handoff that differed, told as one that did not',
    sql: 'UPDATE Handoff SET differs = NOT differs',
    expected: { code: 'projection-differs' },
  },
  { what: 'a handoff taken away', sql: 'DELETE FROM Handoff', expected: { code: 'projection-differs' } },
  {
    what: 'a record put down to another key',
    sql: `UPDATE Signing SET key = 'ab' WHERE leafIndex = 80`,
    expected: { code: 'projection-differs', leaf: 80 },
  },
  { what: 'a party’s row', sql: 'UPDATE Party SET suspended = TRUE', expected: { code: 'projection-differs' } },
  {
    what: 'a key that no leaf enrols',
    sql: `INSERT INTO "Key" VALUES ('ab', 'cd', 'x', 'admin', 'device', NULL, FALSE, 5, NULL)`,
    expected: { code: 'projection-differs' },
  },
]

test('a log that nobody touched has no findings; each thing changed in its database is named', async () => {
  test.setTimeout(10 * 60_000)
  const settings = await longLog()
  const steps = []
  for await (const step of fsck(settings.databaseUrl)) steps.push(step)
  expect(steps.filter(step => step.step === 'finding')).toEqual([])
  expect(steps.at(-1)).toEqual({ step: 'end', leaves: 311, findings: 0 })
  for (const [n, { what, sql, expected }] of TAMPERINGS.entries()) {
    const databaseUrl = await copyDatabase(settings, `.${n}`)
    await tamper({ databaseUrl }, sql)
    const findings = await findingsOf(databaseUrl)
    expect(findings, what).toContainEqual(expect.objectContaining(expected))
  }
})

test('the command says what differs and where, and exits with 1; with 0 where nothing does; with 2 without a database', async () => {
  const { log, settings } = await foundedLog(freshSettings(), { index: false })
  await closeLog(log)
  const path = settings.databaseUrl
  const run = (file: string) =>
    spawnSync(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/cli/fsck.ts', file], {
      encoding: 'utf8',
    })
  expect(run(path)).toMatchObject({ status: 0, stdout: '8 leaves, nothing differs\n' })
  await tamper(settings, 'UPDATE Leaf SET leafHash = zeroblob(32) WHERE leafIndex = 6', { isSeen: true })
  const altered = run(path)
  expect(altered.status).toBe(1)
  expect(altered.stdout).toContain('leaf 6: leaf-altered')
  expect(altered.stdout).toContain('guards-missing')
  expect(run(`${path}.none`).status).toBe(2)
})

test('a record that the log had to refuse is named, although every hash fits', async () => {
  const { live, log, donor, recipient, settings } = await foundedLog(freshSettings(), { index: false })
  const packing = await live.packing(donor, 'goods')
  await submit(packing, log)
  live.append(packing)
  await closeLog(log)
  const { subject } = packing
  const lines = [{ line: '1', condition: 'sound', quantity: '41' }]
  const body = { to: { party: recipient.party }, lines }
  const tooMuch = await live.sign({ actor: donor, subject, kind: 'release', body })
  const stranger = { party: donor.party, pair: recipient.pair }
  const stolen = await live.sign({ actor: stranger, subject, kind: 'release', body })
  const [last] = await storedRows(settings, 'SELECT leafHash, recordedAt FROM Leaf WHERE leafIndex = 8')
  const recordedAt = Number(last?.recordedAt)
  const lastHash = hexOf(last?.leafHash as Uint8Array)
  /** Writes the ninth leaf as an operator without scruples would, and says what is found at it. */
  const forge = async (note: Uint8Array, previous = lastHash) => {
    const bytes = formatLeaf({ recordedAt, seq: 1, previous, note })
    const [leaf, hash] = [hexOf(bytes), hexOf(leafHash(bytes))]
    await tamper(
      settings,
      `INSERT INTO Leaf VALUES (9, '${subject}', 1, x'${leaf}', x'${hash}', ${recordedAt}, TRUE, NULL)`,
    )
    const found = (await findingsOf(settings.databaseUrl)).filter(finding => finding.leaf === 9)
    await tamper(settings, 'DELETE FROM Leaf WHERE leafIndex = 9')
    return found.map(({ code, detail }) => `${code}: ${detail}`).join('\n')
  }
  expect(await forge(tooMuch.note)).toContain('rules-broken: quantity-not-free')
  expect(await forge(stolen.note)).toContain('event-wrong: key-party')
  expect(await forge(tooMuch.note, 'ab'.repeat(32))).toContain('chain-broken: previous-mismatch')
})
