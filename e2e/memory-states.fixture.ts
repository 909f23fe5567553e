import { expect, type Page } from '@playwright/test'
import { recordMore, snapshotOf, startBetween } from './memory.fixture.ts'
import { withOneCharacterChanged } from './report.fixture.ts'
import type { Told } from './server.fixture.ts'

type See = (page: Page, name: string) => Promise<void>

/**
 * Walks through every state in which a browser says what it remembers of a log: all well, an older copy, set back, forked; on each page that says
 * it. Takes a server of its own and leaves it broken. What it looks for is the same in every language.
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
  await open('/verify', '[data-state="not-checked"]')
  await page.locator('#text').fill(evidence)
  await page.locator('form#verify button[type=submit]').click()
  await expect(page.locator('[data-memory="compare"]')).toBeVisible()
  await see(page, 'verify-compare')
  await page.locator('[data-memory="compare"]').click()
  await expect(page.locator('[data-compared]')).toBeVisible()
  await see(page, 'verify-compared')

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
  await recordMore(told, 3)
  await open(track, '[data-finding="forked"]')
  await see(page, 'track-forked')
  await between.end()
}

/** Walks through the offline verifier, opened from `file`: empty, with results, with a record that fails. */
export async function walkVerifier(page: Page, told: Told, file: string, see: See): Promise<void> {
  const evidence = await (await fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`)).text()
  const tampered = withOneCharacterChanged(evidence)
  await page.goto(file)
  await see(page, 'verifier-empty')
  await page.locator('#key').fill(told.fingerprint)
  const chosen = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  await page.locator('#files').setInputFiles([chosen('good.json', evidence), chosen('tampered.json', tampered)])
  await expect(page.locator('article [data-state="passed"]')).toBeVisible()
  await see(page, 'verifier-results')
}
