import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import type { Report } from '../core/evidence/report.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { submit } from './append.ts'
import { verifyNatively } from './ed25519.ts'
import { evidenceFile } from './evidence.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'
import { query } from './sql.ts'
import { tamper } from './tamper.fixture.ts'

async function handedOver() {
  const { live, log, donor, recipient, settings } = await foundedLog(undefined, { index: true })
  const packing = await live.packing(donor, 'tents')
  await submit(packing, log)
  live.append(packing)
  const { subject } = packing
  await publish(log)
  const lines = [{ line: '1', condition: 'sound', quantity: '40' }]
  const body = { to: { party: recipient.party }, lines }
  await live.act({ actor: donor, subject, kind: 'release', body })
  await publish(log)
  const key = `key/${donor.pair.key}`
  await live.enrol({ actor: donor, party: donor.party, pair: pairOf('next'), role: 'admin' })
  await live.act({ actor: donor, subject: key, kind: 'revoke', body: { reason: 'lost' } })
  await publish(log)
  return { log, settings, subject, key, reference: subject.slice('consignment/'.length) }
}

async function judged(log: Log, reference: string, size?: number): Promise<Report> {
  const file = await evidenceFile(reference, size === undefined ? {} : { size }, log)
  if (!file.ok) throw new Error(file.code)
  const trusted = { vkey: log.signer?.vkey }
  return verifyEvidence({ bytes: utf8Encode(file.value), trusted, verify: verifyNatively })
}

const failures = (report: Report) => report.checks.filter(check => check.outcome === 'fail').map(check => check.code)

test('evidence is complete at every size that was signed since, as the log was then', async () => {
  const { log, reference } = await handedOver()
  const rows = await query(log.adapter, 'SELECT "size" FROM "Checkpoint" WHERE "size" > 0 ORDER BY "size"')
  const told: number[] = []
  for (const [size] of rows) {
    const file = await evidenceFile(reference, { size: Number(size) }, log)
    if (!file.ok) continue
    const report = await judged(log, reference, Number(size))
    expect(failures(report), `size ${size}`).toEqual([])
    expect(report.checks.find(check => check.name === 'complete')?.outcome).toBe('pass')
    told.push(report.events ?? 0)
  }
  expect(told).toEqual([1, 2, 2])
  await closeLog(log)
})

for (const hidden of ['the newest record', 'the revocation of a key'] as const) {
  test(`a database in which ${hidden} is filed under another name does not get it past a reader`, async () => {
    const { log, settings, subject, key, reference } = await handedOver()
    const about = hidden === 'the newest record' ? subject : key
    const [row] = await query(log.adapter, 'SELECT MAX("leafIndex") FROM "Leaf" WHERE "subject" = ?', [about])
    await tamper(settings, `UPDATE "Leaf" SET "subject" = 'elsewhere' WHERE "leafIndex" = ${Number(row?.[0])}`)
    const report = await judged(log, reference)
    expect(failures(report)).toEqual(['map-count-differs'])
    expect(report.checks.find(check => check.name === 'complete')?.facts?.subject).toBe(about)
    await closeLog(log)
  })
}
