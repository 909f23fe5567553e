import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { copyDatabase } from './copy-database.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import type { Log, LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { findingsOf } from './processes.fixture.ts'
import { readTables } from './tables.ts'
import { storedRows, tamper } from './tamper.fixture.ts'

const onSqlite = (settings: LogSettings): LogSettings => ({
  ...settings,
  databaseUrl: `file:${join(settings.dataDir, 'throughline.db')}`,
})

/** A log with a full tile, people, drafts and what else stands beside it, closed; and the way to go on with it. */
async function fullLog(settings = onSqlite(freshSettings())) {
  const { live, log, donor } = await foundedLog(settings)
  const packings = await Promise.all(Array.from({ length: 300 }, (_, n) => live.packing(donor, `pack ${n}`)))
  await Promise.all(packings.map(packing => submit(packing, log)))
  await beside(log, donor.party)
  await closeLog(log)
  return { live, donor, settings }
}

async function beside({ prisma }: Log, party: string): Promise<void> {
  const [createdAt, updatedAt] = [new Date(Date.UTC(2026, 0, 1)), new Date(Date.UTC(2026, 6, 1, 12, 30, 15, 7))]
  const user = { id: 'ü', name: 'Ada “O’Hara” ?', email: 'ada@example.org', emailVerified: true, createdAt, updatedAt }
  await prisma.user.create({ data: user })
  await prisma.session.create({
    data: { id: 's', userId: 'ü', token: 't', expiresAt: updatedAt, createdAt, updatedAt },
  })
  await prisma.member.create({ data: { id: 'm', userId: 'ü', party, role: 'admin', createdAt: 1n } })
  await prisma.noticeSetting.create({ data: { userId: 'ü', party, kind: 'received', mail: false, push: true } })
  await prisma.refusalCount.create({ data: { day: '2026-11-22', code: 'storage', count: 3 } })
}

/** All that a database holds, as text. */
async function contentOf(settings: { databaseUrl: string }): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {}
  for (const { name, columns, keys } of await readTables()) {
    const sql = `SELECT ${columns.map(each => `"${each.name}"`).join(', ')} FROM "${name}" ORDER BY ${keys.map(key => `"${key}"`).join(', ')}`
    content[name] = (await storedRows(settings, sql)).map(row => Object.values(row).map(spelled))
  }
  return content
}
const spelled = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)

test('a log moves from SQLite to PostgreSQL and back with everything beside it, and goes on in both', async () => {
  const { live, donor, settings } = await fullLog()
  const postgresql = { ...settings, databaseUrl: freshSettings().databaseUrl }
  const steps: string[] = []
  const copied = await copyDatabase({ from: settings.databaseUrl, to: postgresql.databaseUrl }, step => {
    if (step.step === 'progress') steps.push(`${step.what} ${step.done}/${step.of}`)
  })
  const [size] = await storedRows(settings, 'SELECT "size" FROM "Head"')
  expect(copied).toMatchObject({ ok: true, value: { leaves: size?.size } })
  expect(steps).toContain('User 1/1')
  expect(await contentOf(postgresql)).toEqual(await contentOf(settings))
  expect(await findingsOf(postgresql.databaseUrl)).toEqual([])
  const log = await openLog(postgresql)
  expect(log.readOnly).toBeUndefined()
  expect(await submit(await live.packing(donor, 'on PostgreSQL'), log)).toMatchObject({ outcome: 'recorded' })
  expect((await log.prisma.session.findUnique({ where: { id: 's' } }))?.expiresAt.toISOString()).toBe(
    '2026-07-01T12:30:15.007Z',
  )
  await closeLog(log)
  const back = { ...settings, databaseUrl: `file:${join(settings.dataDir, 'back.db')}` }
  expect(await copyDatabase({ from: postgresql.databaseUrl, to: back.databaseUrl })).toMatchObject({ ok: true })
  expect(await contentOf(back)).toEqual(await contentOf(postgresql))
  const again = await openLog(back)
  expect(again.readOnly).toBeUndefined()
  expect(await submit(await live.packing(donor, 'on SQLite again'), again)).toMatchObject({ outcome: 'recorded' })
  await closeLog(again)
  expect(await findingsOf(back.databaseUrl)).toEqual([])
})

test('a database that holds something is not copied into, and one that lies is not copied', async () => {
  const { settings } = await fullLog()
  const { settings: other, log } = await foundedLog()
  await closeLog(log)
  const before = await contentOf(other)
  const [from, to] = [settings.databaseUrl, freshSettings().databaseUrl]
  expect(await copyDatabase({ from, to: other.databaseUrl })).toMatchObject({ ok: false, code: 'target-not-empty' })
  expect(await contentOf(other)).toEqual(before)
  expect(await copyDatabase({ from, to: from })).toMatchObject({ ok: false, code: 'same-database' })
  await tamper(settings, `UPDATE Leaf SET leafHash = zeroblob(32) WHERE leafIndex = 200`)
  const codes: string[] = []
  const copied = await copyDatabase({ from, to }, step => {
    if (step.step === 'finding') codes.push(step.finding.code)
  })
  expect(copied).toMatchObject({ ok: false, code: 'copy-differs' })
  expect(codes).toContain('leaf-altered')
  // Nothing of it stands: the same place takes a sound log afterwards.
  const sound = await fullLog()
  expect(await copyDatabase({ from: sound.settings.databaseUrl, to })).toMatchObject({ ok: true })
})

test('what is recorded while it is copied stops the copying', async () => {
  const { live, donor, settings } = await fullLog(freshSettings())
  const log = await openLog(settings)
  let recording: Promise<unknown> | undefined
  const packing = await live.packing(donor, 'meanwhile')
  const to = onSqlite(freshSettings()).databaseUrl
  const copied = await copyDatabase({ from: settings.databaseUrl, to }, () => {
    recording ??= submit(packing, log)
  })
  expect(await recording).toMatchObject({ outcome: 'recorded' })
  expect(copied).toMatchObject({ ok: false, code: 'source-moved' })
  await closeLog(log)
})

test('the command says what it copied, and exits with 1 where it refused and 2 where nothing answers', async () => {
  const { settings } = await fullLog()
  const run = (...args: string[]) =>
    spawnSync(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'lib/cli/migrate-database.ts', ...args],
      {
        encoding: 'utf8',
      },
    )
  const { databaseUrl } = freshSettings()
  const done = run(settings.databaseUrl, databaseUrl)
  expect(done.stderr).toBe('')
  expect(done).toMatchObject({ status: 0 })
  expect(done.stdout).toMatch(/^\d+ leaves in \d+ rows, verified in postgresql:/)
  expect(run(settings.databaseUrl, databaseUrl)).toMatchObject({ status: 1 })
  expect(run(settings.databaseUrl, 'postgresql://127.0.0.1:1/none')).toMatchObject({ status: 2 })
})
