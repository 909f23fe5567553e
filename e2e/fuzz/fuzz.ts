import { equalBytes } from '../../lib/core/bytes.ts'
import { seededNumbers } from '../../lib/core/evidence/damage.fixture.ts'
import { mutate } from './mutate.ts'
import type { Target } from './targets.ts'

/** An input that shows a fault of ours. `input`: in base64. */
export type Fault = {
  readonly target: string
  readonly what: 'throws' | 'hangs' | 'second spelling' | 'refuses its own sample'
  readonly detail: string
  readonly input: string
}

/** How many inputs each parser was given, how many of them it took, and the slowest. */
export type Tally = Record<string, { inputs: number; accepted: number; slowestMilliseconds: number }>

/** An input that takes longer, twice, counts as a hang: honest ones take well below a millisecond, the largest some ten. */
const LONGEST_MILLISECONDS = 2000

/** Gives `inputs` changed samples to the parsers, as `seed` says. Stops at the first hundred faults. */
export async function fuzz(args: {
  targets: readonly Target[]
  seed: number
  inputs: number
  progress?: (done: number) => void
}): Promise<{ faults: Fault[]; tally: Tally }> {
  const { targets, seed, inputs, progress } = args
  const next = seededNumbers(seed)
  const faults: Fault[] = []
  const tally: Tally = {}
  const others = targets.flatMap(target => target.samples)
  const drawn = targets.flatMap(target => Array<Target>(target.share).fill(target))
  for (const target of targets) {
    tally[target.name] = { inputs: 0, accepted: 0, slowestMilliseconds: 0 }
    for (const sample of target.samples) {
      // A path of a tile is none of a bundle: some samples are another's. One of each is its own.
      const fault = await ask(target, sample, tally)
      if (fault) faults.push(fault)
    }
    if (tally[target.name]?.accepted === 0) {
      faults.push({ target: target.name, what: 'refuses its own sample', detail: '', input: '' })
    }
  }
  for (let done = 0; done < inputs && faults.length < 100; done++) {
    const target = drawn[next() % drawn.length] as Target
    const sample = target.samples[next() % target.samples.length] as Uint8Array
    const fault = await ask(target, mutate(sample, next, others), tally)
    if (fault) faults.push(fault)
    if (done % 10_000 === 0) progress?.(done)
  }
  return { faults, tally }
}

async function ask(target: Target, input: Uint8Array, tally: Tally): Promise<Fault | undefined> {
  const counted = tally[target.name] as Tally[string]
  const fault = (what: Fault['what'], detail: string): Fault => ({
    target: target.name,
    what,
    detail,
    input: Buffer.from(input).toString('base64'),
  })
  counted.inputs++
  try {
    for (const isSecond of [false, true]) {
      const start = performance.now()
      const asking = target.read(input)
      const written = asking instanceof Promise ? await asking : asking
      const took = performance.now() - start
      // The machine may have been busy: only what is slow again is slow.
      if (took > LONGEST_MILLISECONDS && !isSecond) continue
      if (took > LONGEST_MILLISECONDS) return fault('hangs', `${Math.round(took)} ms for ${input.length} bytes`)
      counted.slowestMilliseconds = Math.max(counted.slowestMilliseconds, took)
      if (!written) return undefined
      counted.accepted++
      return equalBytes(written, input) ? undefined : fault('second spelling', Buffer.from(written).toString('utf8'))
    }
  } catch (error) {
    return fault('throws', String(error instanceof Error ? error.stack : error))
  }
  return undefined
}
