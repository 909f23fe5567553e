import { expect, type Locator, type Page } from '@playwright/test'
import { cell } from './draft.fixture.ts'
import { NAMES } from './founded.fixture.ts'
import { test } from './story.fixture.ts'

test.describe.configure({ timeout: 3 * 60_000 })

/** Most stops between two controls that somebody uses one after the other. */
const MOST_STOPS = 60

/** Goes on with Tab until this is where the focus is, and sees that the focus can be seen and is not covered. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate(element => element === document.activeElement)) return expectInSight(target)
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} is not reached within ${MOST_STOPS} stops`)
}

async function expectInSight(target: Locator): Promise<void> {
  const seen = await target.evaluate(element => {
    const at = element.getBoundingClientRect()
    const above = document.elementFromPoint(at.x + at.width / 2, at.y + Math.min(at.height / 2, 20))
    const label = element.closest('label') ?? element
    const outlines = [element, label].map(each => getComputedStyle(each).outlineStyle)
    return { isOnTop: above !== null && (label.contains(above) || above.contains(element)), outlines }
  })
  expect(seen.isOnTop, `${target} is covered`).toBe(true)
  expect(seen.outlines, `${target} shows that it has the focus`).toContain('solid')
}

async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}

async function enter(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/enter`)
  await press(page, page.getByRole('button', { name: `Enter as ${name}` }))
  await page.waitForURL(/\/today\?as=/)
}

test('goods are packed, handed over and received with the keyboard alone', async ({ browser, told }) => {
  // As wide as a phone: there the bar at the thumb could cover what has the focus.
  const options = { baseURL: told.url, viewport: { width: 390, height: 760 } }
  const giver = await (await browser.newContext(options)).newPage()
  const taker = await (await browser.newContext(options)).newPage()
  await enter(giver, told.url, NAMES.donor)

  await test.step('the first stop of a page leads past its head', async () => {
    await giver.reload()
    await giver.keyboard.press('Tab')
    await expect(giver.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
    await giver.keyboard.press('Enter')
    await giver.keyboard.press('Tab')
    await expect(giver.getByRole('link', { name: 'Prepare a consignment' })).toBeFocused()
  })

  await test.step('a list is typed and signed', async () => {
    await giver.keyboard.press('Enter')
    await giver.waitForURL(/\/consignments\/new/)
    await press(giver, giver.getByRole('button', { name: 'Start a consignment' }))
    await giver.waitForURL(/\/consignments\/[0-9A-Z]{11}/)
    await type(giver, cell(giver, 'Item', 1), 'Hygiene kits, family')
    await type(giver, cell(giver, 'Quantity', 1), '40')
    await type(giver, cell(giver, 'Unit', 1), 'kits')
    await press(giver, giver.getByRole('button', { name: /^Sign: packed 40 kits/ }))
    await expect(giver.getByRole('heading', { level: 1 })).toContainText('Hygiene kits, family')
  })
  const id = /consignments\/([0-9A-Z]{11})/.exec(giver.url())?.[1] as string

  await test.step('they are handed over', async () => {
    await press(giver, giver.getByRole('link', { name: 'Hand over', exact: true }))
    await giver.waitForURL(url => url.pathname.endsWith('/release'))
    await press(giver, giver.getByRole('radio', { name: NAMES.clinic }), 'Space')
    await press(giver, giver.getByRole('button', { name: `Hand over 40 kits to ${NAMES.clinic}` }))
    await giver.waitForURL(url => url.pathname === `/consignments/${id}`)
  })

  await test.step('they are counted and signed for', async () => {
    await enter(taker, told.url, NAMES.clinic)
    const row = taker.getByRole('listitem').filter({ hasText: 'Hygiene kits, family' })
    await press(taker, row.getByRole('link', { name: /^Count and sign/ }))
    await taker.waitForURL(url => url.pathname.endsWith('/receive'))
    await press(taker, taker.getByRole('button', { name: 'Sign for 40 kits' }))
    await taker.waitForURL(url => url.pathname === `/consignments/${id}`)
    await expect(taker.getByRole('main')).toContainText(NAMES.clinic)
  })

  await test.step('anyone reads it, checks what the seal says and opens a record', async () => {
    await taker.goto(`${told.url}/t/${id}#k=${told.fingerprint}`)
    const record = taker.getByRole('main').locator('summary').first()
    await press(taker, record)
    await expect(record.locator('..')).toHaveAttribute('open', '')
  })
})
