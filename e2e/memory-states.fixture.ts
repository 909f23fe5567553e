import { expect, type Page } from '@playwright/test'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { checkpointOf, recordMore, snapshotOf, startBetween } from './memory.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'

type See = (page: Page, name: string) => Promise<void>

/**
 * Walks through every state in which a browser says what it remembers of a log: all well, new since, an older copy, set back, forked, not shown,
 * another log; on each page that says it. Takes a server of its own and leaves it broken. What it looks for is the same in every language.
 */
export async function walkMemory(page: Page, told: Told, see: See): Promise<void> {
  const between = await startBetween(told.url)
  const track = `${between.url}/track/${told.reference('partLoad')}#k=${told.fingerprint}`
  const evidence = await (await fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`)).text()
  const open = async (path: string, state: string) => {
    // From another page, so that a fragment alone does not make it the same one.
    await page.goto('about:blank')
    await page.goto(path.startsWith('http') ? path : `${between.url}${path}`)
    await expect(page.locator(state).first()).toBeVisible()
  }
  await open('/log', '#remembered p')
  await see(page, 'log-nothing-remembered')
  const snapshot = await snapshotOf(told)
  await open(track, '[data-state="passed"]')
  await see(page, 'track-first-visit')
  const grown = await growing(told)
  await open(`/track/${grown.id}#k=${told.fingerprint}`, '[data-state="passed"]')
  await grown.grow()
  await open(`/track/${grown.id}#k=${told.fingerprint}`, '#visit a')
  await see(page, 'track-new-since')
  await open(track, '[data-state="passed"]')
  between.keep(/^\/(track|api\/evidence)\//)
  await open(track, '[data-state="passed"]')
  between.keep(undefined)
  await recordMore(told, 2)
  await open('/log', '[data-remembered="consistent"]')
  await see(page, 'log-remembered')
  await page.locator('#remembered summary').click()
  await see(page, 'log-forget')
  between.keep(/^\/(track|api\/evidence)\//)
  await open(track, '[data-finding="older"]')
  await see(page, 'track-older-copy')
  between.keep(undefined)
  between.break(/^\/log\/(checkpoint|tile)/)
  await open('/log', '[data-remembered="unreachable"]')
  await see(page, 'log-not-compared')
  between.break(undefined)
  await open('/verify', '[data-state="not-checked"]')
  await page.locator('#text').fill(evidence)
  await page.locator('form#verify button[type=submit]').click()
  await expect(page.locator('[data-memory="compare"]')).toBeVisible()
  await see(page, 'verify-compare')
  await page.locator('[data-memory="compare"]').click()
  await expect(page.locator('[data-compared]')).toBeVisible()
  await see(page, 'verify-compared')

  const { size: seen } = await checkpointOf(told.url)
  await snapshot.restore()
  await open(track, '[data-finding="behind"]')
  await see(page, 'track-set-back')
  await open('/log', '[data-remembered="behind"]')
  await see(page, 'log-set-back')
  await open('/status', '[data-health="read-only"]')
  await see(page, 'status-handed-in')
  await open('/verify', '[data-finding="behind"]')
  await see(page, 'verify-set-back')
  await page.locator('[data-memory="away"]').click()

  await snapshot.restore()
  snapshot.drop()
  // Beyond what was seen: a shorter list would be one that was set back.
  do await recordMore(told, 1)
  while ((await checkpointOf(told.url)).size <= seen)
  await open(track, '[data-finding="forked"]')
  await see(page, 'track-forked')
  await open('/log', '[data-remembered="forked"]')
  await see(page, 'log-forked')
  await open('/', '[role="alert"]')
  await see(page, 'home-read-only')
  await between.end()
}

/** A consignment with one record, and what hands it over. */
async function growing(told: Told): Promise<{ id: string; grow: () => Promise<void> }> {
  const { donor, carrierA } = told.story.cast
  const { id, draft } = packing(donor)
  const packed = await sign(told, draft)
  const record = async (written: typeof packed) => {
    expect((await send(told.url, bodyOf(written))).status).toBe(201)
    await untilSealed(told.url)
  }
  await record(packed)
  return {
    id,
    async grow() {
      const body = { to: { party: carrierA.reference }, lines: [{ line: '1', condition: 'sound', quantity: '480' }] }
      await record(await sign(told, { actor: donor, id, kind: 'release', after: packed.hash, body }))
    },
  }
}
