import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { enterDemo } from './demo.fixture.ts'
import { asIn, DONOR } from './draft.fixture.ts'
import { test } from './story.fixture.ts'
import { workbook } from './workbook.fixture.ts'

const HOSPITAL = 'Valley District Hospital'

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  // Not before the page takes it: setting a file waits for nothing.
  await expect(page.getByLabel('Choose a file')).toBeEnabled()
  await page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await expect(page.getByRole('heading', { name: 'What each column is' })).toBeVisible()
}

const mend = async (page: Page, cell: string, value: string) => {
  await page.getByLabel(cell, { exact: true }).fill(value)
  await page.getByLabel(cell, { exact: true }).press('Enter')
  await expect(page.getByLabel(cell, { exact: true })).toHaveCount(0)
}

/** As an old spreadsheet saves it: semicolons, Windows-1252, merged cells, prices nobody asked for. */
function messyList(order: string): Buffer {
  const rows = [
    'Order No.;Recipient;Item description;Batch;Expiry;Qty;UoM;Unit price',
    `${order}-1;${HOSPITAL};Surgical masks, type IIR;M-1;06/2028;1,200;boxes;12.5`,
    ';;Gants d\x92examen, nitrile;GL-77;30.11.2027;480;pairs;3',
    ';;;;;;;',
    `${order}-2;St. Mary\x92s;Saline 0.9 %, 500 ml;;2027-02;many;btl;1`,
    `${order}-3;St. Mary\x92s;Pulse oximeter;;;12;pcs;40`,
    `${order}-4;${HOSPITAL};Tents;;soon;4;tent;900`,
    `${order}-4;${HOSPITAL};Total;;;;;`,
  ]
  return Buffer.from(rows.join('\r\n'), 'latin1')
}

test('an organisation’s own messy list becomes labels and signed consignments; the same file again makes nothing', async ({
  page,
  told,
}) => {
  await enterDemo(page, told.url, DONOR)
  const as = asIn(page)
  await page.goto(`${told.url}/import${as}`)
  await expectAccessible(page, 'import, before a file')
  await choose(page, 'spring.csv', messyList('SP'))
  await expect(page.getByText('read as Windows-1252')).toBeVisible()
  await expect(page.getByRole('heading', { name: '3 rows to mend' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Make/ })).toBeDisabled()
  await expectAccessible(page, 'import, with rows to mend')

  await page.getByLabel('For St. Mary’s').selectOption({ label: 'Not decided yet' })
  await mend(page, 'Quantity, row 5', '96')
  await page.reload()
  await expect(page.getByText('You were importing this.')).toBeVisible()
  await expect(page.getByRole('heading', { name: '2 rows to mend' })).toBeVisible()
  await mend(page, 'Expiry, row 7', '2029-01')
  await page.getByRole('button', { name: 'Leave out Row 8:' }).click()
  await expect(page.getByRole('heading', { name: '4 consignments with 5 lines' })).toBeVisible()
  await page.getByRole('button', { name: 'Make 4 drafts' }).click()
  await page.waitForURL(/\/import\/[0-9a-f]{32}/)
  await expect(page.getByText('4 consignments: 0 signed, 4 still to sign.')).toBeVisible()
  await expect(page.getByText('Surgical masks, type IIR')).toBeVisible()
  const imported = page.url()
  await expectAccessible(page, 'an import that was made')

  await page.getByRole('link', { name: 'Print all labels' }).click()
  await expect(page.locator('.label-reference')).toHaveCount(4)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PDF', exact: true }).click(),
  ])
  expect(file.suggestedFilename()).toBe('labels-1.pdf')

  await page.goto(imported)
  await page.getByRole('button', { name: 'Sign 4 consignments' }).click()
  await expect(page.getByText('4 consignments: 4 signed, 0 still to sign.')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: /^Sign \d/ })).toHaveCount(0)

  await page.goto(`${told.url}/import${as}`)
  await choose(page, 'spring again.csv', messyList('SP'))
  await page.getByLabel('For St. Mary’s').selectOption({ label: 'Not decided yet' })
  await mend(page, 'Quantity, row 5', '96')
  await mend(page, 'Expiry, row 7', '2029-01')
  await page.getByRole('button', { name: 'Leave out Row 8:' }).click()
  await page.getByRole('button', { name: 'Make 4 drafts' }).click()
  await expect(page.getByText('All 4 consignments of this file are here already. Nothing was made.')).toBeVisible()
  await page.getByRole('link', { name: 'To what was imported before' }).click()
  expect(new URL(page.url()).pathname).toBe(new URL(imported).pathname)
})

test('a workbook is read, its columns matched by hand are known the next time, and a changed order is asked about', async ({
  page,
  told,
}) => {
  await enterDemo(page, told.url, DONOR)
  await page.goto(`${told.url}/import${asIn(page)}`)
  const rows = (quantity: number) => [
    ['Réf. interne', 'Ce que c’est', 'Combien', 'Unité'],
    ['WB-1', 'Couvertures', quantity, 'couvertures'],
    ['WB-2', 'Savon', 40, 'boîtes'],
  ]
  await choose(page, 'liste.xlsx', workbook(rows(300)))
  for (const [column, field] of [
    ['Column 1', 'Order or consignment'],
    ['Column 2', 'Item'],
    ['Column 3', 'Quantity'],
    ['Column 4', 'Unit'],
  ] as const)
    await page.getByLabel(column, { exact: true }).selectOption({ label: field })
  await page.getByLabel('The first row names the columns').check()
  await expect(page.getByRole('heading', { name: '2 consignments with 2 lines' })).toBeVisible()
  await page.getByRole('button', { name: 'Make 2 drafts' }).click()
  await page.waitForURL(/\/import\/[0-9a-f]{32}/)

  await page.getByRole('link', { name: 'Another file' }).click()
  await choose(page, 'liste 2.xlsx', workbook(rows(350)))
  await page.getByRole('button', { name: 'Make 2 drafts' }).click()
  await expect(page.getByText('1 consignment has a name that you imported before with other content.')).toBeVisible()
  await page.getByRole('button', { name: 'Make it all the same' }).click()
  await page.waitForURL(/\/import\/[0-9a-f]{32}/)
  await expect(page.getByText('1 consignment: 0 signed, 1 still to sign.')).toBeVisible()
})

test('the network goes while drafts are made: nothing is lost, nothing comes twice, and it goes on', async ({
  page,
  context,
  told,
}) => {
  await enterDemo(page, told.url, DONOR)
  await page.goto(`${told.url}/import${asIn(page)}`)
  const rows = Array.from({ length: 60 }, (_, n) => `NET-${n};Blankets ${n};${n + 1};blanket`)
  await choose(page, 'long.csv', Buffer.from(`Order;Item;Quantity;Unit\n${rows.join('\n')}`))
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Make 60 drafts' }).click()
  await expect(page.getByText('The server cannot be reached.')).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL(/\/import\/[0-9a-f]{32}/)
  await expect(page.getByText('60 consignments: 0 signed, 60 still to sign.')).toBeVisible()

  await page.getByRole('button', { name: 'Sign 60 consignments' }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped.')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: /^Sign \d+ consignments?$/ }).click()
  await expect(page.getByText('60 consignments: 60 signed, 0 still to sign.')).toBeVisible({ timeout: 90_000 })
})
