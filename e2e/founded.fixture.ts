import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foundLog, joinParty } from '../lib/cli/founding.ts'
import { postTo } from '../lib/cli/post.ts'
import { type Actor, forgetfulMemory, openScribe, type Scribe } from '../lib/cli/scribe.ts'
import { vkeyFingerprint } from '../lib/core/ledger/vkey.ts'
import { random, type Server, startServer, untilSealed } from './server.fixture.ts'

/** The organisations of every story about people, by the part they play. */
export const NAMES = {
  operator: 'Relief Log Office',
  donor: 'Harbour Relief',
  carrierA: 'Northline Transport',
  carrierB: 'Seaway Freight',
  hospital: 'Valley District Hospital',
  clinic: 'Lakeside Clinic',
} as const

export type Part = keyof typeof NAMES

/** A production log, founded, its parties registered, each with one admin key that this process holds. */
export type Founded = Server & {
  readonly origin: string
  readonly vkey: string
  /** 26 characters, as on a label. */
  readonly fingerprint: string
  readonly scribe: Scribe
  readonly cast: Readonly<Record<Part, Actor>>
}

/** Starts a server as `npm start` does and founds its log over HTTP, as a first run in a browser would. `settings`: of its environment. */
export async function startFounded(settings: Readonly<Record<string, string>> = {}): Promise<Founded> {
  const server = await startServer({ demo: false, settings })
  const { url, dataDir } = server
  const origin = `relief-${randomBytes(4).toString('hex')}.example/log`
  const firstRunCode = readFileSync(join(dataDir, 'first-run.code'), 'utf8').trim()
  const post = postTo({ url, firstRunCode })
  const scribe = openScribe({ origin, post, clock: Date.now, random, memory: forgetfulMemory() })
  const registrant = (part: Part) => ({ name: NAMES[part], type: 'organisation', named: 'public' }) as const
  const operator = await foundLog(scribe, { mode: 'production', operator: registrant('operator') })
  const enter = (step: Exclude<Part, 'operator'>) => joinParty(scribe, { step, operator, registrant: registrant(step) })
  const cast = {
    operator,
    donor: await enter('donor'),
    carrierA: await enter('carrierA'),
    carrierB: await enter('carrierB'),
    hospital: await enter('hospital'),
    clinic: await enter('clinic'),
  }
  await untilSealed(url)
  const vkey = (await (await fetch(`${url}/log/vkey`)).text()).trim()
  return { ...server, origin, vkey, fingerprint: vkeyFingerprint(vkey), scribe, cast }
}
