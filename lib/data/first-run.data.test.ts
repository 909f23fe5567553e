import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { hexEncode } from '../core/bytes.ts'
import { forgetBeginning, foundingState, isFirstRun, isProductionOrigin, prepareFirstRun } from './first-run.ts'
import { freshSettings, LiveLog } from './live-log.fixture.ts'
import { addMember } from './members.ts'
import { closeLog, openLog } from './open-log.ts'

test('until leaf 3 is recorded only who has the one-time code founds the log; then the code is gone', async () => {
  const settings = freshSettings()
  const log = await openLog(settings)
  await prepareFirstRun(log)
  const path = join(settings.dataDir, 'first-run.code')
  const code = readFileSync(path, 'utf8').trim()
  expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)
  expect(statSync(path).mode & 0o077).toBe(0)

  await prepareFirstRun(log)
  expect(readFileSync(path, 'utf8').trim()).toBe(code)
  expect(await isFirstRun(code, log)).toBe(true)
  expect(await isFirstRun(null, log)).toBe(false)
  expect(await isFirstRun('', log)).toBe(false)
  expect(await isFirstRun(`${code}0`, log)).toBe(false)
  expect(await isFirstRun(code.toLowerCase(), log)).toBe(false)

  await new LiveLog(log).found({ mode: 'production' })
  expect(existsSync(path)).toBe(false)
  expect(await isFirstRun(code, log)).toBe(false)
  await prepareFirstRun(log)
  expect(existsSync(path)).toBe(false)
  await closeLog(log)
})

test('how far a founding has come is known, and it can be begun again only before leaf 0', async () => {
  const log = await openLog(freshSettings())
  expect(await foundingState(log)).toEqual({ recorded: 0, isDemo: false })
  const at = new Date()
  const person = { id: 'ada', name: 'Ada Obi', email: 'ada@example.org', emailVerified: false }
  await log.prisma.user.create({ data: { ...person, createdAt: at, updatedAt: at } })
  await addMember({ userId: 'ada', party: '7K3Q9XMD2TK', role: 'admin' }, log)
  expect(await forgetBeginning(log)).toBe(true)
  expect([await log.prisma.user.count(), await log.prisma.member.count()]).toEqual([0, 0])

  const live = new LiveLog(log)
  const { operator, origin } = live
  const body = {
    origin,
    operator: operator.party,
    publicKey: hexEncode(operator.pair.publicKey),
    mode: 'production',
    index: true,
  }
  await live.act({ actor: operator, subject: 'log', kind: 'found', body })
  await log.prisma.user.create({ data: { ...person, createdAt: at, updatedAt: at } })
  expect(await foundingState(log)).toMatchObject({ recorded: 1, begunBy: { origin, operator: operator.party } })
  expect(await forgetBeginning(log)).toBe(false)
  expect(await log.prisma.user.count()).toBe(1)
  await closeLog(log)
})

test('a log for production has a name that fits a signature line and is no demonstration’s', () => {
  for (const origin of ['relief.example.org/log', 'localhost:3000/log', 'سجل/log']) {
    expect(isProductionOrigin(origin), origin).toBe(true)
  }
  for (const origin of ['', 'relief log', 'a+b', 'demo.invalid/7', ' log', 'log\n', 'x'.repeat(201)]) {
    expect(isProductionOrigin(origin), origin).toBe(false)
  }
})
