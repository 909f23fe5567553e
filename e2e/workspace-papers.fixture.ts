import { randomInt } from 'node:crypto'
import { expect } from '@playwright/test'
import { enterAs, inBrowser, type Stage } from './workspace-stage.fixture.ts'

/** Orders by other numbers each time: what was imported before is not made again. */
const listOf = (order: number) => [
  'Order;Recipient;Item description;Batch;Expiry;Qty;UoM',
  `${order};Valley District Hospital;Surgical masks, type IIR;M-1;06/2028;1,200;boxes`,
  ';;Gloves, nitrile, M;GL-77;2027-11;480;pairs',
  `${order + 1};St. Mary;Saline 0.9 %, 500 ml;;2027-02;many;btl`,
  `${order + 2};;Pulse oximeter;;soon;12;pcs`,
]

/** A spreadsheet on its way to drafts, what it came to, the labels of all of it, and a GS1 key that is none. */
export async function papers(stage: Stage): Promise<void> {
  const { see, t } = stage
  await inBrowser(stage, undefined, async page => {
    const donor = await enterAs(page, 'Harbour Relief')
    await page.goto(`/import?${donor}`)
    await see(page, 'import')
    const buffer = Buffer.from(listOf(randomInt(1000, 9000)).join('\n'))
    await expect(page.locator('#file')).toBeEnabled()
    await page.locator('#file').setInputFiles({ name: 'spring.csv', mimeType: 'text/csv', buffer })
    await expect(page.locator('#problems')).toBeVisible()
    await see(page, 'import-mend')
    await page.locator('section[aria-labelledby=consignees] select').selectOption('')
    for (const value of ['96', '2029-01']) {
      await page.locator('section[aria-labelledby=problems] input').first().fill(value)
      await page.locator('section[aria-labelledby=problems] input').first().press('Enter')
    }
    await expect(page.locator('#problems')).toBeHidden()
    await see(page, 'import-ready')
    await page.locator('section[aria-labelledby=preview] button.primary').click()
    await page.waitForURL(/\/import\/[0-9a-f]{32}/)
    await see(page, 'imported')
    await page.getByRole('link', { name: t('importing.made.labels') }).click()
    await expect(page.locator('.label-reference').first()).toBeVisible()
    await page.goto(`${page.url()}&sheet=a4x4&start=2&marks=fragile&number=1`)
    await see(page, 'labels-many')
    await page.goto(`/labels?${donor}`)
    await see(page, 'labels-choose')
    const reference = await page.locator('input[name=ref]').first().inputValue()
    await page.goto(`/consignments/${reference}/label?${donor}&gs1=gs1-check-digit`)
    await see(page, 'label-gs1')
    await page.goto('/00/340123453111111115')
    await see(page, 'gs1-unknown')
    const [, size] = (await (await page.request.get('/log/checkpoint')).text()).split('\n')
    await page.goto(`/log/${size}`)
    await see(page, 'log-at')
  })
}
