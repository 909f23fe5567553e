import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder } from '../lib/data/folders.fixture.ts'
import { type RunningWitness, runWitness, startWitness } from '../lib/witness/witness.fixture.ts'
import { checkpointOf, recordMore } from './memory.fixture.ts'
import { startTold, type Told } from './server.fixture.ts'

/** A log and two witnesses, each a process of its own as its runner has it, one of which replays. */
export type Witnessed = {
  readonly told: Told
  readonly north: RunningWitness
  readonly south: RunningWitness
  /** The witness `south` again, on the address that the policy names. */
  restartSouth(): Promise<void>
  end(): Promise<void>
}

/** Tells the story, has two witnesses follow the log, and starts it again with a policy that takes both of them. */
export async function startWitnessed(): Promise<Witnessed> {
  const settings: Record<string, string> = {}
  const told = await startTold(settings)
  const [one, two] = [newFolder(), newFolder()]
  await runWitness(one, ['add-log', told.vkey, '--name', 'north.example/w1'])
  await runWitness(two, ['add-log', told.vkey, '--name', 'south.example/w1', '--url', `${told.url}/log`])
  const north = await startWitness(one)
  let south = await startWitness(two, ['--replay'])
  const lines = [
    `log ${told.vkey}`,
    north.policyLine,
    south.policyLine,
    'group both all north.example/w1 replaying/south.example/w1',
    'quorum both',
  ]
  settings.WITNESS_POLICY = join(one, 'policy')
  writeFileSync(settings.WITNESS_POLICY, `${lines.join('\n')}\n`)
  await told.restart()
  return {
    told,
    north,
    get south() {
      return south
    },
    async restartSouth() {
      south = await startWitness(two, ['--replay', '--port', new URL(south.url).port])
    },
    async end() {
      await Promise.all([north.stop(), south.stop(), told.end()])
    },
  }
}

/** Until the newest checkpoint carries so many cosignatures. */
export async function untilSigned(url: string, count: number): Promise<void> {
  const signed = await signedWithin(url, count, 30_000)
  if (signed !== count) throw new Error(`${signed} witnesses have signed`)
}

/**
 * Records until the newest checkpoint carries so many cosignatures: a witness that was too slow for one checkpoint, which on a busy machine it may be, is
 * asked again at the next.
 */
export async function recordUntilSigned(told: Told, count: number): Promise<void> {
  for (let round = 1; ; round++) {
    await recordMore(told, 1)
    const signed = await signedWithin(told.url, count, 5000)
    if (signed === count) return
    if (round === 8) throw new Error(`${signed} witnesses have signed`)
  }
}

/** How many have signed the newest checkpoint once it is `count`, or after so many milliseconds. */
async function signedWithin(url: string, count: number, milliseconds: number): Promise<number> {
  const until = Date.now() + milliseconds
  for (;;) {
    const { note } = await checkpointOf(url)
    const lines = note
      .slice(note.indexOf('\n\n') + 2)
      .trim()
      .split('\n')
    const signed = lines.length - 1
    if (signed === count || Date.now() > until) return signed
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
