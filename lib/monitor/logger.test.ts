import { expect, test } from '@playwright/test'
import { createLogger } from './logger.ts'
import { enterRequest, requestIdOf } from './request.ts'

function logTo(secrets: readonly string[] = []) {
  const lines: string[] = []
  const destination = { write: (line: string) => lines.push(line) }
  const log = createLogger({ level: 'info', secrets, destination }).child({ room: 'test' })
  return { log, read: () => lines.map(line => JSON.parse(line) as Record<string, unknown>), text: () => lines.join('') }
}

test('a line is one JSON object with time, level, room and words', () => {
  const { log, read } = logTo()
  log.warn({ code: 'queue-full' }, 'too many wait')
  expect(read()).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      room: 'test',
      code: 'queue-full',
      msg: 'too many wait',
    },
  ])
})

test('fields named like secrets are hidden, at the top and one level below', () => {
  const { log, text } = logTo()
  log.info({ password: 'tulips', headers: { authorization: 'Bearer tulips', cookie: 'a=tulips' } }, 'asked')
  expect(text()).not.toContain('tulips')
  expect(text()).toContain('[hidden]')
})

test('the value of a secret setting reaches no line, wherever it stands', () => {
  const { log, text } = logTo(['tulips-in-spring'])
  log.error(new Error('connecting with tulips-in-spring failed'))
  log.info('smtp://ward:roses@mail.example.org refused')
  expect(text()).not.toContain('tulips-in-spring')
  expect(text()).not.toContain('roses')
  expect(text()).toContain('mail.example.org refused')
})

test('what is logged while a request is answered carries its number, and what is logged elsewhere none', async () => {
  const { log, read } = logTo()
  const answer = async (id: string) => {
    enterRequest(id)
    await new Promise(resolve => setImmediate(resolve))
    log.info('answered')
  }
  await Promise.all([Promise.resolve().then(() => answer('first')), Promise.resolve().then(() => answer('second'))])
  log.info('alone')
  expect(read().map(line => line.requestId)).toEqual(['first', 'second', undefined])
})

test("a number brought by a proxy is kept where it is one word, and a stranger's text is not", () => {
  expect(requestIdOf('edge-7f3a.1234')).toBe('edge-7f3a.1234')
  for (const bad of [undefined, '', 'short', 'a b c d e f', 'x'.repeat(65), 'line\nbreak', '{"a":"bcdef"}'])
    expect(requestIdOf(bad)).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/)
})
