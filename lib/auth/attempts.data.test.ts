import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { prepareFirstRun } from '../data/first-run.ts'
import { foundedLog, freshSettings } from '../data/live-log.fixture.ts'
import type { Log } from '../data/log-state.ts'
import { closeLog, openLog } from '../data/open-log.ts'
import { LIMITS } from '../data/standing.ts'
import { admitTry, holdsFirstRunCode, type Try, tryHeld } from './attempts.ts'

async function tries(log: Log, count: number, tried: Try): Promise<number> {
  let admitted = 0
  for (let at = 0; at < count; at++) if ((await admitTry(tried, log)).ok) admitted++
  return admitted
}

test('ten tries at one account from one address, however it is spelled, and no other address or account is stopped', async () => {
  const { log } = await foundedLog()
  expect(await tries(log, 12, { caller: '1', account: 'a@x' })).toBe(10)
  expect(await tries(log, 2, { caller: '1', account: ' A@X ' })).toBe(0)
  expect(await tries(log, 1, { caller: '1', account: 'b@x' })).toBe(1)
  expect(await tries(log, 1, { caller: '2', account: 'a@x' })).toBe(1)
  await closeLog(log)
})

test('a hundred tries from one address, whatever the accounts, passkeys among them', async () => {
  const { log } = await foundedLog()
  for (let at = 0; at < 99; at++) expect(await tries(log, 1, { caller: '1', account: `${at}@x` })).toBe(1)
  expect(await tries(log, 2, { caller: '1', account: '' })).toBe(1)
  expect(await tries(log, 1, { caller: '2', account: '' })).toBe(1)
  await closeLog(log)
})

test('a hundred failures at one account in an hour, whatever the addresses', async () => {
  const { log } = await foundedLog()
  let admitted = 0
  for (let at = 0; at < 130; at++) admitted += await tries(log, 1, { caller: String(at), account: 'a@x' })
  expect(admitted).toBe(100)
  await closeLog(log)
})

test('a code that is tried too often is not looked at any more, were it the right one', async () => {
  const log = await openLog(freshSettings())
  await prepareFirstRun(log)
  const code = readFileSync(join(log.settings.dataDir, 'first-run.code'), 'utf8').trim()
  const isRight = (tried: string, caller: string) => holdsFirstRunCode({ code: tried, caller }, log)
  expect(await isRight(code, '1')).toBe(true)
  for (let at = 0; at < LIMITS.link.most; at++) expect(await isRight(`AAAAA-${at}`, '1')).toBe(false)
  expect(await isRight(code, '1')).toBe(false)
  expect(await isRight(code, '2')).toBe(true)
  await closeLog(log)
})

test('who gets in at last starts again with ten, and signing in often stops nobody', async () => {
  const { log } = await foundedLog()
  const who = { caller: '1', account: 'a@x' }
  expect(await tries(log, 9, who)).toBe(9)
  await tryHeld(who, log)
  expect(await tries(log, 12, who)).toBe(10)
  for (let at = 0; at < 150; at++) {
    const other = { caller: '3', account: `${at}@x` }
    expect(await tries(log, 1, other)).toBe(1)
    await tryHeld(other, log)
  }
  await closeLog(log)
})
