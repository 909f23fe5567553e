import { expect, type Page } from '@playwright/test'
import { withOneCharacterChanged } from './report.fixture.ts'
import type { Told } from './server.fixture.ts'

type See = (page: Page, name: string) => Promise<void>

const chosen = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

/**
 * Walks through the offline verifier, opened from `file`: empty; files that pass, fail, are none, and are checked under no key; receipts that hold,
 * lack their record and do not hold; a key and a policy that cannot be read. The same in every language.
 */
export async function walkVerifier(page: Page, told: Told, file: string, see: See): Promise<void> {
  const evidence = await (await fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`)).text()
  const files = page.locator('#files')
  const state = (name: string) => page.locator(`article [data-state="${name}"]`)
  await page.goto(file)
  await see(page, 'verifier-empty')
  await files.setInputFiles([chosen('good.json', evidence), chosen('other.json', '{"a":1}\n')])
  await expect(state('not-checked').first()).toBeVisible()
  await see(page, 'verifier-no-key')
  await page.locator('#key').fill(told.fingerprint)
  await files.setInputFiles([
    chosen('good.json', evidence),
    chosen('tampered.json', withOneCharacterChanged(evidence)),
    chosen('a-file-with-a-name-that-somebody-made-very-long-indeed-2026-11-22.json', '{"a":1}\n'),
  ])
  await expect(state('passed')).toBeVisible()
  await see(page, 'verifier-results')

  const receipt = await receiptOf(told)
  await page.locator('#key').fill(told.vkey)
  await files.setInputFiles([chosen('parcel.tlog-proof', receipt), chosen('evidence.json', evidence)])
  await expect(state('passed').first()).toBeVisible()
  await see(page, 'verifier-receipt')
  await files.setInputFiles([chosen('parcel.tlog-proof', receipt)])
  await expect(state('not-checked')).toBeVisible()
  await see(page, 'verifier-receipt-alone')
  await files.setInputFiles([chosen('parcel.tlog-proof', receipt), chosen('other.txt', 'another record')])
  await expect(state('failed')).toBeVisible()
  await see(page, 'verifier-receipt-fails')

  await page.locator('#policy').setInputFiles([chosen('policy.txt', 'no policy')])
  await expect(page.locator('#said p')).toBeVisible()
  await see(page, 'verifier-policy-wrong')
}

/** Walks through the verify page: a file that passes under its label's key, one that fails, one that no key was given for, and what is no file. */
export async function walkVerifyPage(page: Page, told: Told, see: See): Promise<void> {
  const evidence = await (await fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`)).text()
  for (const [name, text, key, state] of [
    ['verify-passed', evidence, told.fingerprint, 'passed'],
    ['verify-failed', withOneCharacterChanged(evidence), told.fingerprint, 'failed'],
    ['verify-not-checked', evidence, '', 'not-checked'],
    ['verify-no-evidence', 'hello', '', 'failed'],
    ['verify-no-key', evidence, 'no key', 'not-checked'],
  ] as const) {
    await page.goto(`${told.url}/verify`)
    await expect(page.locator('#verdict [data-state="not-checked"]')).toBeVisible()
    await page.locator('#text').fill(text)
    await page.locator('#key').fill(key)
    await page.locator('form#verify button[type=submit]').click()
    await expect(
      page.locator(name === 'verify-no-key' ? '#verify-said p' : `#verdict [data-state="${state}"]`),
    ).toBeVisible()
    await see(page, name)
  }
}

/** The receipt of a consignment's last event, as its log gives it out. */
async function receiptOf(told: Told): Promise<string> {
  const page = await (await fetch(`${told.url}/track/${told.reference('partLoad')}`)).text()
  const { events } = JSON.parse(/id="view"[^>]*>([^<]*)</.exec(page)?.[1] ?? '{}') as { events: { hash: string }[] }
  return (await fetch(`${told.url}/api/events/${events.at(-1)?.hash}/proof`)).text()
}
