import { expect, type Page } from '@playwright/test'
import { gs1CheckDigit } from '../lib/core/custody/gs1.ts'
import { formatReference } from '../lib/core/custody/reference.ts'
import { expectAccessible } from './accessible.fixture.ts'
import { asIn, SAVED, startDraft, typeMasks } from './draft.fixture.ts'
import type { Told } from './server.fixture.ts'
import { test } from './story.fixture.ts'

/** A number with its check digit; each story takes its own, as one server tells several. */
const checked = (digits: string) => digits + gs1CheckDigit(digits)

async function draftWithLabel(page: Page, told: Told): Promise<string> {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await expect(page.getByText(SAVED)).toBeVisible()
  await page.goto(`${told.url}/consignments/${reference}/label${asIn(page)}`)
  return reference
}

async function putKey(page: Page, typed: { number: string; lot?: string }): Promise<void> {
  await page.getByText('GS1 key', { exact: false }).first().click()
  await page.getByLabel('SSCC or GTIN').fill(typed.number)
  if (typed.lot !== undefined) await page.getByLabel('Lot', { exact: true }).fill(typed.lot)
  await page.getByRole('button', { name: 'Put it on the label' }).click()
}

test('an SSCC on the label opens the consignment, and the log key’s fingerprint comes along', async ({
  page,
  browser,
  told,
}) => {
  const reference = await draftWithLabel(page, told)
  const sscc = checked('34012345300000001')
  await putKey(page, { number: sscc.slice(0, -1) + ((Number(sscc.at(-1)) + 1) % 10) })
  await expect(page.getByText('The last digit does not fit the others')).toBeVisible()
  await page.getByLabel('SSCC or GTIN').fill(sscc)
  await page.getByRole('button', { name: 'Put it on the label' }).click()
  const address = `${told.url}/00/${sscc}#k=${told.fingerprint}`
  await expect(page.getByRole('img', { name: address })).toBeVisible()
  await expect(page.locator('.label-gs1').first()).toHaveText(`(00) ${sscc}`)
  await expectAccessible(page, 'a label with a GS1 key')

  const answer = await fetch(`${told.url}/00/${sscc}?17=280630`, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([307, `/track/${reference}`])
  const stranger = await browser.newContext()
  const phone = await stranger.newPage()
  await phone.goto(address)
  expect(phone.url()).toBe(`${told.url}/track/${reference}#k=${told.fingerprint}`)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('A label was made. Nothing is recorded yet.')
  await stranger.close()
})

test('two consignments with one GTIN and lot are listed, the newest first, and each link keeps the fingerprint', async ({
  page,
  told,
}) => {
  const gtin = checked('0401234500002')
  const made: string[] = []
  for (let i = 0; i < 2; i++) {
    made.unshift(await draftWithLabel(page, told))
    await putKey(page, { number: gtin.slice(1), lot: 'A/1' })
    await expect(page.locator('.label-gs1').first()).toHaveText(`(01) 0${gtin.slice(1)} (10) A/1`)
  }
  const fragment = `#k=${told.fingerprint}`
  await page.goto(`${told.url}/01/0${gtin.slice(1)}/10/A%2F1${fragment}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2 consignments with this GS1 key')
  const links = page.locator('[data-gs1] a')
  await expect(links).toHaveText(made.map(formatReference))
  await expect(links.first()).toHaveAttribute('href', `${told.url}/track/${made[0]}${fragment}`)
  await expectAccessible(page, 'several consignments under a GS1 key')
  await links.first().click()
  expect(page.url()).toBe(`${told.url}/track/${made[0]}${fragment}`)
})

test('a key with a wrong check digit, one that no label carries, and one that is none are not found, and say why', async ({
  page,
  told,
}) => {
  const sscc = checked('34012345300000099')
  for (const [path, title] of [
    [`/00/${sscc}`, 'No label here carries this GS1 key'],
    [`/00/${sscc.slice(0, -1)}${(Number(sscc.at(-1)) + 1) % 10}`, 'A digit of this GS1 key is wrong'],
    ['/01/9780345418913', 'This is no GS1 key that is on a label here'],
    ['/01/09780345418913/10', 'This is no GS1 key that is on a label here'],
  ] as const) {
    const answer = await page.goto(told.url + path)
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  }
  await expectAccessible(page, 'no GS1 key')
})

test('the demonstration offers a key under prefix 952, and taking it off brings back the address of the log', async ({
  page,
  told,
}) => {
  const reference = await draftWithLabel(page, told)
  await page.getByText('A GS1 key of your own in the code').click()
  await page.getByRole('button', { name: 'Use a demonstration key' }).click()
  await expect(page.locator('.label-gs1').first()).toHaveText(/^\(00\) 0952\d{14}$/)
  // What the person opened stays open.
  await page.getByRole('button', { name: 'Take it off' }).click()
  await expect(page.getByRole('img', { name: `${told.url}/t/${reference}#k=${told.fingerprint}` })).toBeVisible()
  await expect(page.locator('.label-gs1')).toHaveCount(0)
})
