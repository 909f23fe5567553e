import { expect, test } from '@playwright/test'
import { isStopping, onStop, stopAll } from './stopping.ts'

test('what hangs does not keep what comes after from ending, and is named', async () => {
  const ended: string[] = []
  onStop('database', async () => void ended.push('database'))
  onStop('letters', () => new Promise(() => {}))
  expect((await stopAll()).map(({ name }) => name)).toEqual(['letters'])
  expect(ended).toEqual(['database'])
})

test('what came last ends first, one after the other, and what fails keeps nothing else from ending', async () => {
  const ended: string[] = []
  const pause = () => new Promise<void>(resolve => setImmediate(resolve))
  onStop('database', async () => void ended.push('database'))
  onStop('letters', () => Promise.reject(new Error('stuck')))
  onStop('timers', async () => {
    await pause()
    ended.push('timers')
  })
  const stopped = stopAll()
  expect(isStopping()).toBe(true)
  expect((await stopped).map(({ name, error }) => `${name}: ${error}`)).toEqual(['letters: Error: stuck'])
  expect(ended).toEqual(['timers', 'database'])
})
