import { expect } from '@playwright/test'
import { type Answer, bodyOf, packing, send, sign } from './events.fixture.ts'
import { runCommand } from './report.fixture.ts'
import { health, untilSealed } from './server.fixture.ts'
import { test } from './story.fixture.ts'

const ROUNDS = 3
const CALLERS = 16

test('a server killed while sixteen clients send loses nothing that it acknowledged, and takes the rest when they send again', async ({
  fresh,
}) => {
  const { donor } = fresh.story.cast
  for (let round = 0; round < ROUNDS; round++) {
    const signed = await Promise.all(Array.from({ length: 400 }, () => sign(fresh, packing(donor).draft)))
    const answers = new Map<string, Answer['body']>()
    const queue = [...signed]
    let hasDied = false
    const caller = async () => {
      for (let next = queue.pop(); next && !hasDied; next = queue.pop()) {
        const answer = await send(fresh.url, bodyOf(next)).catch(() => undefined)
        if (answer?.status === 201) answers.set(next.hash, answer.body)
        // In the middle of it, with fifteen others under way.
        if (answers.size === 100 + 50 * round && !hasDied) {
          hasDied = true
          await fresh.kill()
        }
      }
    }
    await Promise.all(Array.from({ length: CALLERS }, caller))
    expect(hasDied).toBe(true)
    expect(answers.size).toBeGreaterThanOrEqual(100)

    await fresh.restart()
    for (const each of signed) {
      const again = await send(fresh.url, bodyOf(each))
      const before = answers.get(each.hash)
      expect([200, 201]).toContain(again.status)
      expect(before === undefined || again.status === 200, 'what was acknowledged is there').toBe(true)
      expect(again.body.index).toBe(before?.index ?? again.body.index)
    }
    await untilSealed(fresh.url)
  }
  expect((await health(fresh.url)).recorded).toBeGreaterThan(ROUNDS * 400)
  expect(await runCommand('lib/cli/fsck.ts', [fresh.database])).toMatchObject({
    code: 0,
    output: expect.stringContaining('nothing differs'),
  })
})
