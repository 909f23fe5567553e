import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { newServer } from './postgresql-server.fixture.ts'
import { findingsOf, namesOf } from './processes.fixture.ts'

/** Twenty rounds every time; `npm run torture` has patience. */
const rounds = () => (test.info().project.name.startsWith('torture') ? 200 : 20)

test('kill -9 of PostgreSQL during appends, again and again: nothing acknowledged is lost, and the same process goes on', async () => {
  test.setTimeout(60 * 60_000)
  const server = newServer()
  const settings = { ...freshSettings(), databaseUrl: server.url('kill') }
  const { live, log, donor } = await foundedLog(settings)
  const recorded: string[] = []
  const refused: string[] = []
  for (let round = 0; round < rounds(); round++) {
    let isOver = false
    let count = 0
    let reached = () => {}
    const soon = new Promise<void>(resolve => {
      reached = resolve
    })
    const caller = async (name: string) => {
      for (let n = 0; !isOver; n++) {
        const packing = await live.packing(donor, `${name} ${n}`)
        // As an outbox does: what was not acknowledged is sent again until it is.
        for (;;) {
          const submission = await submit(packing, log)
          if (submission.outcome === 'refused') {
            refused.push(submission.code)
            if (isOver) return
            continue
          }
          recorded.push(`${submission.index} ${submission.eventHash}`)
          // A different moment each round: whatever pump, signer and server are at then.
          if (++count > 10 + 7 * (round % 20)) reached()
          break
        }
      }
    }
    const callers = Array.from({ length: 8 }, (_, n) => caller(`round ${round} ${n}`))
    await soon
    server.kill()
    server.restart()
    isOver = true
    await Promise.all(callers)
  }
  expect(log.readOnly).toBeUndefined()
  await expect
    .poll(async () => (await submit(await live.packing(donor, `last ${Math.random()}`), log)).outcome)
    .toBe('recorded')
  await closeLog(log)
  const { readOnly, names } = await namesOf(settings)
  expect(readOnly).toBeUndefined()
  const stored = new Set(names)
  expect(recorded.filter(line => !stored.has(line))).toEqual([])
  expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['storage'] : []))
  expect(recorded.length).toBeGreaterThan(10 * rounds())
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
  server.stop()
})
