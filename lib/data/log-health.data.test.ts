import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { measureLog } from './counting.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { LATE_MILLISECONDS, logHealth, newestCheckpoints } from './log-health.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish } from './publish.ts'
import { countRefusal, refusalCounts, writeRefusals } from './refusal-counts.ts'

const DAY = 24 * 60 * 60 * 1000

/** A founded log whose clock the test moves. */
async function logWithClock(start: number) {
  let now = start
  const { live, log, donor, settings } = await foundedLog({ ...freshSettings(), clock: () => now }, { index: false })
  const move = (milliseconds: number) => {
    now += milliseconds
  }
  return { live, log, donor, settings, move }
}

test('a record without a checkpoint is being sealed, and late after half a minute; with one all is well', async () => {
  const { live, log, donor, move } = await logWithClock(Date.now())
  await publish(log)
  expect(await logHealth(log)).toMatchObject({ state: 'well', recorded: 8, checkpoint: { size: 8 } })
  await submit(await live.packing(donor, 'tents'), log)
  // Not signed by itself in this test.
  clearTimeout(log.publisher.timer)
  expect(await logHealth(log)).toMatchObject({ state: 'sealing', recorded: 9, checkpoint: { size: 8 } })
  move(LATE_MILLISECONDS + 1)
  const late = await logHealth(log)
  expect(late).toMatchObject({ state: 'late', unsealedSince: (late?.now ?? 0) - LATE_MILLISECONDS - 1 })
  await measureLog(log)
  await publish(log)
  expect((await logHealth(log))?.state).toBe('well')
  expect((await newestCheckpoints(log)).map(({ size }) => size).slice(0, 2)).toEqual([9, 8])
  await closeLog(log)
})

test('refusals are counted by code and by day, before they are written and after, also over a restart', async () => {
  const midnight = Date.UTC(2026, 10, 22)
  const { log, settings, move } = await logWithClock(midnight - 1)
  countRefusal(log, 'key-unknown')
  move(1)
  countRefusal(log, 'key-unknown')
  countRefusal(log, 'note-malformed')
  const expected = [
    { code: 'key-unknown', today: 1, week: 2 },
    { code: 'note-malformed', today: 1, week: 1 },
  ]
  expect(await refusalCounts(log)).toEqual(expected)
  await writeRefusals(log)
  expect(await refusalCounts(log)).toEqual(expected)
  countRefusal(log, 'key-unknown')
  await closeLog(log)

  const again = await openLog({ ...settings, clock: () => midnight + 6 * DAY })
  expect(await refusalCounts(again)).toEqual([
    { code: 'key-unknown', today: 0, week: 2 },
    { code: 'note-malformed', today: 0, week: 1 },
  ])
  await closeLog(again)
})
