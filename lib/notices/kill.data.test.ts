import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { closeLog, openLog } from '../data/open-log.ts'
import { deliveriesIn, endPosts, MINUTE, noticingLog } from './notices.fixture.ts'

const DELIVERER = fileURLToPath(new URL('deliverer.fixture.ts', import.meta.url))
const MEMBERS = 30
const ROUNDS = 8

test.afterAll(endPosts)

/** Delivers in a process of its own until it is idle, or until `isTime`, asked at every word of it and every letter, has it killed. */
async function deliverUntil(
  args: { dataDir: string; databaseUrl: string; url: string; ahead: number },
  isTime: (said: string) => boolean,
  onLetter: (look: () => void) => void,
): Promise<'killed' | 'idle'> {
  const { dataDir, databaseUrl, url, ahead } = args
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', DELIVERER, dataDir, databaseUrl, url, String(ahead)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const over = new Promise(resolve => child.once('close', resolve))
  let said = ''
  const look = () => {
    if (!said.includes('idle') && isTime(said)) child.kill('SIGKILL')
  }
  onLetter(look)
  child.stdout.on('data', chunk => {
    said += chunk
    look()
  })
  await over
  return child.signalCode === 'SIGKILL' ? 'killed' : 'idle'
}

test('kill -9 while letters are sent: none is lost, and one that comes twice has the same Message-ID', async () => {
  const { log, settings, smtp, member, recipient, hand, clock } = await noticingLog()
  for (let n = 0; n < MEMBERS; n++) await member(`Member${n}`, 'member', recipient.party)
  clock.now = Date.now() + MINUTE
  const handed = [await hand('one'), await hand('two'), await hand('three')].map(({ reference }) => reference)
  await closeLog(log)
  let look = () => {}
  const watch = setInterval(() => look(), 1)
  let kills = 0
  for (let round = 0; ; round++) {
    const before = smtp.letters().length
    // Other moments each round: before anything is addressed, while the server thinks, right after it took some.
    smtp.delay(round % 3 === 0 ? 20 : 0)
    const moments = [(said: string) => said.includes('open'), () => smtp.letters().length >= before + 1 + (round % 4)]
    const isTime = round >= ROUNDS ? () => false : (moments[round % 5 === 0 ? 0 : 1] as (said: string) => boolean)
    const { dataDir, databaseUrl } = settings
    const args = { dataDir, databaseUrl, url: smtp.url, ahead: (round + 1) * 10 * MINUTE }
    const end = await deliverUntil(args, isTime, each => {
      look = each
    })
    if (end === 'killed') kills++
    else if (round >= ROUNDS) break
  }
  clearInterval(watch)
  expect(kills).toBeGreaterThan(3)

  const reopened = await openLog(settings)
  const outcomes = await deliveriesIn(reopened)
  await closeLog(reopened)
  expect(outcomes.filter(outcome => outcome === 'coming mail: sent')).toHaveLength(MEMBERS * handed.length)
  const byId = new Map(smtp.letters().map(letter => [letter.id, letter]))
  for (let n = 0; n < MEMBERS; n++) {
    const theirs = [...byId.values()].filter(({ to }) => to.includes(`member${n}@example.org`))
    for (const reference of handed)
      expect(
        theirs.filter(({ text }) => text.includes(reference)),
        `member ${n}: ${reference}`,
      ).toHaveLength(1)
  }
  const doubled = smtp.letters().filter(({ id }, at, all) => all.findIndex(each => each.id === id) < at)
  // Each process that died had four letters under way at most.
  expect(doubled.length).toBeLessThanOrEqual(4 * kills)
  for (const letter of doubled) expect(letter.text).toBe(byId.get(letter.id)?.text)
})
