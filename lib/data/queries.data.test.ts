import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { formatJson, type Json } from '../core/json.ts'
import { verifyTlogProof } from '../core/ledger/tlog-proof.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { submit } from './append.ts'
import { readCheckpoint } from './checkpoints.ts'
import { consignmentPage, recentConsignments } from './consignments.ts'
import { verifyNatively } from './ed25519.ts'
import { evidenceFile } from './evidence.ts'
import { hexOf } from './hash.ts'
import { readHead } from './head.ts'
import { foundedLog, ORIGIN } from './live-log.fixture.ts'
import { logSummary } from './log.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'
import { readiness } from './readiness.ts'
import { tlogProof } from './receipt.ts'
import { bytesOf, execute, query } from './sql.ts'
import { tamper } from './tamper.fixture.ts'

/** A packed, released and received consignment, signed. */
async function handedOver() {
  const { live, log, donor, recipient, settings } = await foundedLog()
  const packing = await live.packing(donor, 'tents')
  await submit(packing, log)
  live.append(packing)
  const { subject } = packing
  const lines = [{ line: '1', condition: 'sound', quantity: '40' }]
  const body = { to: { party: recipient.party }, lines }
  const release = await live.act({ actor: donor, subject, kind: 'release', body })
  const answered = [{ line: '1', condition: 'sound', received: '40' }]
  const receipt = await live.act({
    actor: recipient,
    subject,
    kind: 'receive',
    body: { release, lines: answered },
    sealed: { place: 'Dock 2' },
  })
  await publish(log)
  return { live, log, donor, recipient, settings, subject, reference: subject.slice('consignment/'.length), receipt }
}

test('the evidence of a consignment verifies, and its view is the one the page is rendered from', async () => {
  const { log, reference } = await handedOver()
  const summary = await logSummary(log)
  const { size = 0 } = (await readCheckpoint(log.adapter)) ?? {}
  const file = await evidenceFile(reference, { seen: 5 }, log)
  if (!file.ok) throw new Error(file.code)
  const report = await verifyEvidence({
    bytes: utf8Encode(file.value),
    trusted: { vkey: summary?.vkey },
    verify: verifyNatively,
  })
  expect(report.checks.filter(check => check.outcome === 'fail')).toEqual([])
  expect(report.verdict).toBe('verified')
  const page = await consignmentPage(reference, log)
  expect(formatJson(page?.view as unknown as Json)).toBe(formatJson(report.view as unknown as Json))
  expect(report.checks.find(check => check.name === 'complete')).toMatchObject({ outcome: 'pass' })
  expect(page).toMatchObject({ sealedSize: size, notSealed: [] })
  expect(page?.view.parties.map(party => party.name)).toContainEqual({ value: 'Nordic Relief' })
  await closeLog(log)
})

test('evidence for nobody’s reference, or ahead of everything signed, is refused', async () => {
  const { log, reference } = await handedOver()
  expect(await evidenceFile('00000000000', {}, log)).toMatchObject({ code: 'unknown-reference' })
  const { size = 0 } = (await readCheckpoint(log.adapter)) ?? {}
  expect(await evidenceFile(reference, { seen: size + 1 }, log)).toMatchObject({ code: 'seen-ahead' })
  expect((await evidenceFile(reference, { seen: size }, log)).ok).toBe(true)
  expect(await consignmentPage('00000000000', log)).toBeUndefined()
  await closeLog(log)
})

test('what is recorded and not yet sealed is shown apart', async () => {
  const { live, log, recipient, subject, reference } = await handedOver()
  // The next signature is a minute away.
  clearTimeout(log.publisher.timer)
  log.publisher.timer = undefined
  log.publisher.begunAt = performance.now() + 60_000
  const body = { lines: [{ line: '1', condition: 'sound', quantity: '3' }], reason: 'expired' }
  const hash = await live.act({ actor: recipient, subject, kind: 'write-off', body })
  const page = await consignmentPage(reference, log)
  expect(page?.view.events).toHaveLength(3)
  expect(page?.notSealed.map(event => [event.kind, event.hash])).toEqual([['write-off', hash]])
  expect(await tlogProof(hash, log)).toMatchObject({ code: 'not-sealed' })
  await publish(log)
  expect((await consignmentPage(reference, log))?.notSealed).toEqual([])
  await closeLog(log)
})

test('a page rendered before the newest record is proven as it was, and held against what its reader saw since', async () => {
  const { live, log, recipient, subject, reference } = await handedOver()
  const page = await consignmentPage(reference, log)
  const body = { lines: [{ line: '1', condition: 'sound', quantity: '3' }], reason: 'expired' }
  await live.act({ actor: recipient, subject, kind: 'write-off', body })
  await publish(log)
  const newest = await readCheckpoint(log.adapter)
  const file = await evidenceFile(reference, { size: page?.sealedSize, seen: newest?.size }, log)
  if (!file.ok || !newest) throw new Error('there is a file')
  const report = await verifyEvidence({
    bytes: utf8Encode(file.value),
    trusted: { vkey: (await logSummary(log))?.vkey },
    seen: { checkpointNote: newest.note },
    verify: verifyNatively,
  })
  expect(report).toMatchObject({ verdict: 'verified', checkpointSize: page?.sealedSize, events: 3 })
  expect(report.checkpointSize).toBeLessThan(newest.size)
  expect(report.checks.find(check => check.name === 'checkpoint-consistent')?.outcome).toBe('pass')
  expect(formatJson(report.view as unknown as Json)).toBe(formatJson(page?.view as unknown as Json))
  expect(await evidenceFile(reference, { size: 12_345 }, log)).toMatchObject({ code: 'unknown-size' })
  await closeLog(log)
})

test('the proof of an event convinces a reader who has its leaf and the key', async () => {
  const { log, receipt } = await handedOver()
  const proof = await tlogProof(receipt, log)
  if (!proof.ok) throw new Error(proof.code)
  const key = parseVkey((await logSummary(log))?.vkey ?? '')
  if (!key.ok) throw new Error(key.code)
  const [row] = await query(
    log.adapter,
    'SELECT l."bytes", l."leafIndex" FROM "EventName" n JOIN "Leaf" l ON l."leafIndex" = n."leafIndex" WHERE n."hash" = ?',
    [receipt],
  )
  const [leaf, leafIndex] = [bytesOf(row?.[0]), Number(row?.[1])]
  const args = { file: utf8Encode(proof.value), keys: [key.value], verify: verifyNatively }
  expect(await verifyTlogProof({ ...args, leaf })).toMatchObject({ ok: true, value: { leafIndex } })
  expect((await verifyTlogProof({ ...args, leaf: leaf.slice(1) })).ok).toBe(false)
  expect(await tlogProof('ab'.repeat(32), log)).toMatchObject({ code: 'unknown-event' })
  await closeLog(log)
})

test('the list shows the newest first, with names that are public', async () => {
  const { live, log, donor, reference } = await handedOver()
  await submit(await live.packing(donor, 'newer'), log)
  const cards = await recentConsignments(5, log)
  expect(cards).toHaveLength(2)
  expect(cards[1]).toMatchObject({
    reference,
    title: 'Family tent, 16 m2',
    lines: 1,
    quantity: 40,
    unit: 'tent',
    founder: { reference: donor.party, name: { value: 'Nordic Relief' } },
  })
  expect(await recentConsignments(1, log)).toHaveLength(1)
  await closeLog(log)
})

test('a name changed in the database is not shown, and the evidence says so', async () => {
  const { log, reference, donor } = await handedOver()
  await execute(log.adapter, `UPDATE "Opening" SET "value" = 'Evil Corp' WHERE "value" = 'Nordic Relief'`)
  log.views.clear()
  const page = await consignmentPage(reference, log)
  expect(page?.view.parties.find(party => party.reference === donor.party)?.name).toEqual({ absent: 'removed' })
  const file = await evidenceFile(reference, {}, log)
  const report = await verifyEvidence({ bytes: utf8Encode(file.ok ? file.value : ''), verify: verifyNatively })
  expect(report.checks).toContainEqual(expect.objectContaining({ outcome: 'fail', code: 'opening-mismatch' }))
  await closeLog(log)
})

test('an altered leaf is served as it lies: the page comes, the evidence fails, the log goes read-only', async () => {
  for (const at of ['header', 'statement', 'signature'] as const) {
    const { log, reference } = await handedOver()
    const first = [`consignment/${reference}`]
    const [row] = await query(log.adapter, 'SELECT "bytes" FROM "Leaf" WHERE "seq" = 0 AND "subject" = ?', first)
    const bytes = Buffer.from(bytesOf(row?.[0]))
    const place = at === 'header' ? 3 : at === 'statement' ? bytes.indexOf('"40"') + 1 : bytes.length - 20
    bytes[place] = (bytes[place] as number) ^ 1
    await tamper(log.settings, `UPDATE Leaf SET bytes = x'${hexOf(bytes)}' WHERE seq = 0 AND subject = '${first[0]}'`)
    log.views.clear()
    const file = await evidenceFile(reference, {}, log)
    const report = await verifyEvidence({ bytes: utf8Encode(file.ok ? file.value : ''), verify: verifyNatively })
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'leaves-included', outcome: 'fail' }))
    expect(log.readOnly?.code).toBe('leaf-altered')
    expect((await consignmentPage(reference, log))?.view.reference).toBe(reference)
    expect(await readiness(log)).toMatchObject({ isReady: false, reason: 'leaf-altered' })
    await closeLog(log)
  }
})

test('the summary says whose log it is and how far it is sealed', async () => {
  const { log } = await handedOver()
  const { size } = await readHead(log.adapter)
  expect(await logSummary(log)).toMatchObject({
    origin: ORIGIN,
    recorded: size,
    checkpoint: { size },
    founding: { mode: 'production' },
  })
  expect(await readiness(log)).toEqual({ isReady: true, recorded: size, sealed: size, waiting: 0 })
  await closeLog(log)
})
