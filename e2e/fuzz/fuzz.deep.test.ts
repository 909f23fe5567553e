import { expect, test } from '@playwright/test'
import { fuzz } from './fuzz.ts'
import { makeSamples } from './samples.ts'
import { makeTargets } from './targets.ts'

test('50,000 changed inputs: no parser throws, none hangs, none takes a second spelling', async () => {
  test.setTimeout(10 * 60_000)
  const targets = makeTargets(await makeSamples())
  // Another seed each day, so that many days try more than one does; it stands in the report.
  const seed = Math.floor(Date.now() / 86_400_000)
  test.info().annotations.push({ type: 'seed', description: String(seed) })
  const { faults, tally } = await fuzz({ targets, seed, inputs: 50_000 })
  expect(faults).toEqual([])
  // Every parser had its share, and changes that mean nothing were among them: each took something.
  for (const { name, share } of targets) {
    expect(tally[name]?.inputs, name).toBeGreaterThan(share * 50)
    expect(tally[name]?.accepted, name).toBeGreaterThan(0)
  }
})
