import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { abandon, type Fault, type Faults, withFaults } from './faults.fixture.ts'
import { expectInvariants, type Witnessed, witnessNothing } from './invariants.fixture.ts'
import { foundedLog, type LiveLog } from './live-log.fixture.ts'
import type { Log, LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { caughtUp } from './projected.ts'
import { publish } from './publish.ts'

type Donor = Awaited<ReturnType<typeof foundedLog>>['donor']
type Bench = {
  readonly live: LiveLog
  readonly donor: Donor
  readonly settings: LogSettings
  readonly seen: Witnessed
  log: Log
  faults: Faults
}

// A step that fails, whether it took place all the same, and whether the process lives on: the three columns of the table.
const TABLE = [
  { when: 'before', next: 'goes on', of: 'all' },
  { when: 'before', next: 'starts anew', of: 'writes' },
  { when: 'after', next: 'goes on', of: 'writes' },
  { when: 'after', next: 'starts anew', of: 'writes' },
] as const

async function bench(): Promise<Bench> {
  const { live, log, donor, settings } = await foundedLog()
  return { live, log, donor, settings, seen: witnessNothing(), faults: withFaults(log) }
}

async function restart(on: Bench): Promise<void> {
  await abandon(on.log)
  on.log = await openLog(on.settings)
  on.faults = withFaults(on.log)
}

/** Every place where `act` can fail, in turn, until it has no more: after each the log must be as it promises, and go on. */
async function failEverywhere(on: Bench, act: (fault: Fault, name: string) => Promise<void>): Promise<string[]> {
  const steps: string[] = []
  for (const { when, next, of } of TABLE) {
    for (let at = 0; ; at++) {
      const name = `step ${at} fails ${when} it is done, the process ${next}`
      await act({ at, when, of }, name)
      const fired = on.faults.disarm()
      if (fired === undefined) break
      steps.push(fired)
      if (next === 'starts anew') await restart(on)
      await expectInvariants(on.log, on.seen, `${name}: ${fired}`)
    }
  }
  return steps
}

/** Signing of its own accord would mix its steps with those that are counted. */
function quiet({ log }: Bench): void {
  for (const part of [log.publisher, log.projector]) {
    clearTimeout(part.timer)
    part.timer = undefined
  }
}

test('whichever step of recording fails, done or not: nothing acknowledged is lost, and what was not is recorded when sent again', async () => {
  test.setTimeout(20 * 60_000)
  const on = await bench()
  let lost: Awaited<ReturnType<LiveLog['packing']>>[] = []
  const send = async () => {
    const all = await Promise.all(lost.map(packing => submit(packing, on.log)))
    for (const [n, each] of all.entries()) {
      if (each.outcome === 'refused') continue
      expect(on.seen.acknowledged.get(each.eventHash) ?? each.index).toBe(each.index)
      on.seen.acknowledged.set(each.eventHash, each.index)
      expect(each.eventHash).toBe(lost[n]?.hash)
    }
    return all
  }
  const steps = await failEverywhere(on, async (fault, name) => {
    // What the round before did not get recorded is sent again, as outboxes do.
    expect((await send()).map(each => each.outcome)).not.toContain('refused')
    await publish(on.log)
    lost = await Promise.all(['a', 'b', 'c'].map(each => on.live.packing(on.donor, `${name} ${each}`)))
    quiet(on)
    on.faults.arm(fault)
    const codes = (await send()).map(each => (each.outcome === 'refused' ? each.code : each.outcome))
    expect(['recorded', 'storage'], name).toEqual(expect.arrayContaining(codes))
    quiet(on)
  })
  for (const written of ['INSERT INTO "Leaf"', 'INSERT INTO "EventName"', 'UPDATE "Head"', 'COMMIT']) {
    expect(steps.filter(step => step.startsWith(written)).length, written).toBeGreaterThanOrEqual(2)
  }
  await closeLog(on.log)
})

test('whichever step of signing fails, done or not: the same size is signed to the same bytes, or a later one', async () => {
  test.setTimeout(20 * 60_000)
  const on = await bench()
  const steps = await failEverywhere(on, async (fault, name) => {
    await publish(on.log)
    const submission = await submit(await on.live.packing(on.donor, name), on.log)
    if (submission.outcome === 'refused') throw new Error(`${submission.code}: ${submission.detail}`)
    on.seen.acknowledged.set(submission.eventHash, submission.index)
    quiet(on)
    on.faults.arm(fault)
    // It says so and is tried again, soon; what signing can do without, it does without.
    await publish(on.log).catch(() => {})
    quiet(on)
  })
  expect(steps.filter(step => step.startsWith('INSERT INTO "Checkpoint"')).length).toBeGreaterThanOrEqual(2)
  await publish(on.log)
  await expectInvariants(on.log, on.seen, 'at the end')
  await closeLog(on.log)
})

test('whichever step of bringing lists up to the log fails: they are behind and not wrong, and catch up', async () => {
  test.setTimeout(20 * 60_000)
  const on = await bench()
  const steps = await failEverywhere(on, async (fault, name) => {
    const submission = await submit(await on.live.packing(on.donor, name), on.log)
    if (submission.outcome === 'refused') throw new Error(`${submission.code}: ${submission.detail}`)
    quiet(on)
    on.faults.arm(fault)
    // A page that asks for lists is served what they hold.
    await caughtUp(on.log)
  })
  for (const written of ['INSERT INTO "Consignment"', 'INSERT INTO "Part"', 'INSERT INTO "Projected"', 'COMMIT']) {
    expect(steps.filter(step => step.startsWith(written)).length, written).toBeGreaterThanOrEqual(2)
  }
  await closeLog(on.log)
})
