import { randomInt } from 'node:crypto'
import { fuzz } from './fuzz.ts'
import { makeSamples } from './samples.ts'
import { makeTargets } from './targets.ts'

const USAGE = 'npm run fuzz -- [INPUTS] [--seed N]'

/** Gives every parser changed samples, a million unless told otherwise. Exits with 1 where one threw, hung, or took a second spelling. */
async function main(words: readonly string[]): Promise<void> {
  const at = words.indexOf('--seed')
  const seed = at < 0 ? randomInt(2 ** 32) : Number(words[at + 1])
  const [count = '1000000'] = words.filter((_, place) => at < 0 || (place !== at && place !== at + 1))
  const inputs = Number(count)
  if (!Number.isSafeInteger(inputs) || !Number.isSafeInteger(seed)) throw new Error(USAGE)
  process.stderr.write(`seed ${seed}, ${inputs} inputs\n`)
  const start = performance.now()
  const { faults, tally } = await fuzz({
    targets: makeTargets(await makeSamples()),
    seed,
    inputs,
    progress: done => {
      if (done % 100_000 === 0 && done > 0) process.stderr.write(`${done}\n`)
    },
  })
  const seconds = Math.round((performance.now() - start) / 100) / 10
  const slowest = Object.fromEntries(
    Object.entries(tally).map(([name, { slowestMilliseconds, ...counts }]) => [
      name,
      { ...counts, slowestMilliseconds: Number(slowestMilliseconds.toFixed(1)) },
    ]),
  )
  process.stdout.write(
    `${JSON.stringify({ seed, inputs, seconds, ok: faults.length === 0, slowest, faults }, undefined, 2)}\n`,
  )
  process.exitCode = faults.length === 0 ? 0 : 1
}

await main(process.argv.slice(2))
