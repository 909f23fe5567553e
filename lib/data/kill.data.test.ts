import { expect, test } from '@playwright/test'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { acknowledged, ended, findingsOf, namesOf, startAppender } from './processes.fixture.ts'

test('kill -9 during appends, 20 rounds, or 200 by `npm run torture`: nothing acknowledged is lost and the root derives again', async () => {
  const rounds = test.info().project.name.startsWith('torture') ? 200 : 20
  test.setTimeout(rounds * 20_000)
  const { log, settings } = await foundedLog()
  await closeLog(log)
  const all: string[] = []
  for (let round = 0; round < rounds; round++) {
    const { child, lines } = startAppender(settings, `round ${round}`, 1_000_000)
    const over = ended(child)
    // A different moment each round: after so many acknowledgements, whatever the pump, the signer or the disk is doing then.
    await new Promise<void>(resolve => {
      child.stdout.on('data', () => {
        if (acknowledged(lines).length > (round % 50) * 7) resolve()
      })
      child.once('close', () => resolve())
    })
    child.kill('SIGKILL')
    await over
    expect(lines[0]).toBe('open ')
    expect(lines.filter(line => line.startsWith('refused'))).toEqual([])
    all.push(...acknowledged(lines))
  }
  const { readOnly, names } = await namesOf(settings)
  expect(readOnly).toBeUndefined()
  const stored = new Set(names)
  expect(all.filter(line => !stored.has(line))).toEqual([])
  expect(all.length).toBeGreaterThan(rounds)
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
})
