import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { submit } from '../data/append.ts'
import { evidenceFile } from '../data/evidence.ts'
import { freshSettings } from '../data/live-log.fixture.ts'
import type { Log } from '../data/log-state.ts'
import { closeLog, openLog } from '../data/open-log.ts'
import { publish } from '../data/publish.ts'
import { verifyNatively } from './ed25519.ts'
import { forgetfulMemory, type Post } from './scribe.ts'
import { tellStory } from './story.ts'

const ORIGIN = 'demo.invalid/story'
const random = (bytes: number) => new Uint8Array(randomBytes(bytes))

function postTo(log: Log): Post {
  return ({ note, openings }) => submit({ note: utf8Encode(note), openings, founding: true }, log)
}

async function openDemo(): Promise<Log> {
  return openLog({ ...freshSettings(), isDemo: true })
}

test('every event of the story is recorded, only the one signed offline is not in effect, and all evidence is verified', async () => {
  const log = await openDemo()
  const post = postTo(log)
  const stray: string[] = []
  const watched: Post = async posted => {
    const submission = await post(posted)
    if (submission.outcome !== 'refused' && !submission.inEffect) stray.push(submission.reason as string)
    return submission
  }
  const told = await tellStory({ origin: ORIGIN, post: watched, clock: Date.now, random })
  expect(told.consignments.map(each => each.name)).toEqual([
    'relay',
    'partLoad',
    'via',
    'waiting',
    'offline',
    'refused',
    'split',
    'openRelease',
  ])
  expect(stray).toEqual(['not-holder'])
  await publish(log)
  const { vkey } = log.signer as { vkey: string }
  for (const { reference } of told.consignments) {
    const file = await evidenceFile(reference, {}, log)
    const bytes = utf8Encode(file.ok ? file.value : '')
    const report = await verifyEvidence({ bytes, trusted: { vkey }, verify: verifyNatively })
    expect(report).toMatchObject({ verdict: 'verified', sentence: 'verified-no-witness', demo: true })
  }
  expect(log.founding).toMatchObject({ origin: ORIGIN, mode: 'demo', index: true })
  await closeLog(log)
})

test('a story cut short at any event is completed by a second run, and a third adds nothing', async () => {
  const log = await openDemo()
  const post = postTo(log)
  const memory = forgetfulMemory()
  const indices = new Set<number>()
  let budget = 0
  let isBefore = true
  const failing: Post = async posted => {
    if (budget-- <= 0) {
      // The answer, or the request, is lost: the log may have taken the event or not.
      isBefore = !isBefore
      if (!isBefore) await post(posted)
      throw new Error('cut')
    }
    const submission = await post(posted)
    if (submission.outcome !== 'refused') indices.add(submission.index)
    return submission
  }
  const tell = () => tellStory({ origin: ORIGIN, post: failing, clock: Date.now, random, memory })
  for (let cut = 1; cut < 100; cut += 7) {
    budget = cut
    await tell().catch(error => expect(String(error)).toContain('cut'))
  }
  budget = 1000
  const first = await tell()
  const size = indices.size
  // Each event once: the log holds no other, and index leaves have no name.
  expect(await log.prisma.eventName.count()).toBe(size)
  budget = 1000
  const second = await tell()
  expect(second.consignments).toEqual(first.consignments)
  expect(indices.size).toBe(size)
  await closeLog(log)
})
