import { join } from 'node:path'
import { test } from '@playwright/test'
import { TENTS } from '../core/evidence/evidence.fixture.ts'
import type { Act } from '../core/evidence/story.fixture.ts'
import { nonceOf, StoryLog } from '../core/evidence/story.fixture.ts'
import { submit } from './append.ts'
import { newFolder } from './folders.fixture.ts'
import type { Log, LogSettings } from './log-state.ts'
import { openLog } from './open-log.ts'
import { freshPostgresql } from './postgresql-server.fixture.ts'
import { readLeaves } from './tiles.ts'
import type { Submission } from './waiting.ts'

export const ORIGIN = 'log.example.org'

/** A fresh folder with nothing in it, and settings that put everything there; it goes with this process. */
export function freshSettings(): LogSettings {
  const dataDir = newFolder()
  const databaseUrl = onPostgresql() ? freshPostgresql() : `file:${join(dataDir, 'throughline.db')}`
  return { dataDir, databaseUrl, isDemo: false }
}

/** Whether the test that runs is one of the project that takes PostgreSQL. */
export function onPostgresql(): boolean {
  try {
    return test.info().project.name.endsWith('-postgresql')
  } catch {
    return false
  }
}

/** The story's log, written through `submit` into a real database. */
export class LiveLog extends StoryLog {
  log: Log

  constructor(log: Log, origin = ORIGIN) {
    super({ origin })
    this.log = log
  }

  /** Signs and submits; what is refused is thrown as `<code>: <detail>`. */
  override async act(act: Act): Promise<string> {
    const signed = await this.sign(act)
    const submission = await submit({ ...signed, founding: this.size < 4 }, this.log)
    if (submission.outcome === 'refused') throw new Error(`${submission.code}: ${submission.detail}`)
    await this.catchUp(submission.index)
    const index = this.append({ ...signed, subject: act.subject })
    if (index !== submission.index) throw new Error(`leaf ${submission.index} was to be leaf ${index}`)
    return signed.hash
  }

  /** Takes over what was recorded meanwhile and not through `act`: index leaves come whenever something is signed. */
  private async catchUp(to: number): Promise<void> {
    if (this.size >= to) return
    for (const { bytes, leafHash } of await readLeaves(this.log.adapter, { from: this.size, to })) {
      this.leaves.push(bytes)
      this.hashes.push(leafHash)
    }
  }

  /** Signs and submits, keeping no account. */
  async try(act: Act): Promise<Submission> {
    return submit(await this.sign(act), this.log)
  }

  /** A signed `pack` that founds the consignment `name`, not submitted. */
  async packing(actor: Parameters<StoryLog['consignment']>[0]['actor'], name: string) {
    const subject = this.consignment({ actor, name })
    const body = { nonce: nonceOf(name), lines: [TENTS] }
    return { subject, ...(await this.sign({ actor, subject, kind: 'pack', body, sealed: { place: `Depot ${name}` } })) }
  }
}

/**
 * A founded log with a donor and a recipient: eight leaves, and index leaves among and after them as they come. Without `index`, a log that promises
 * none, where a leaf is an event: for what counts leaves.
 */
export async function foundedLog(settings: LogSettings = freshSettings(), { index = true } = {}) {
  const live = new LiveLog(await openLog(settings))
  await live.found({ mode: settings.isDemo ? 'demo' : 'production', index })
  const donor = await live.join('donor', 'Nordic Relief')
  const recipient = await live.join('recipient', 'Hilltop Hospital')
  return { settings, live, log: live.log, donor, recipient }
}
