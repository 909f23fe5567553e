import { expect, test } from '@playwright/test'
import { measures } from '../monitor/measures.ts'
import { submit } from './append.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish } from './publish.ts'
import { measureWitnesses } from './witness-measures.ts'
import { LocalWitness, withPolicy } from './witnesses.fixture.ts'

/** Named, current, needed. */
async function measured(log: Log): Promise<(number | undefined)[]> {
  await measureWitnesses(log)
  const { witnesses, witnessesCurrent, witnessesNeeded } = measures()
  const gauges = await Promise.all([witnesses.get(), witnessesCurrent.get(), witnessesNeeded.get()])
  return gauges.map(({ values }) => values[0]?.value)
}

test('a monitor sees how many witnesses have signed lately, how many there are, and how many it takes', async () => {
  let later = 0
  const { log: unwitnessed, live, donor, settings } = await foundedLog()
  expect(await measured(unwitnessed)).toEqual([0, 0, 0])
  const vkey = unwitnessed.signer?.vkey as string
  await closeLog(unwitnessed)
  const [north, south] = [await new LocalWitness('north').start(), await new LocalWitness('south').start()]
  north.follow(vkey)
  const policy = `log ${vkey}\n${north.line('north')}${south.line('south')}group all 2 north south\nquorum all\n`
  const log = await openLog({ ...withPolicy(settings, policy), clock: () => Date.now() + later })
  await submit(await live.packing(donor, 'a'), log)
  await publish(log)
  const settled = () => Promise.all((log.witnessing?.asked ?? []).map(({ running }) => running))
  await settled()
  expect(await measured(log)).toEqual([2, 1, 2])
  later = 21 * 60_000
  expect(await measured(log)).toEqual([2, 0, 2])
  await closeLog(log)
  await Promise.all([north.stop(), south.stop()])
})
