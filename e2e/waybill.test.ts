import { readFileSync } from 'node:fs'
import { PDFDocument } from '@cantoo/pdf-lib'
import { expect } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { NAMES } from './founded.fixture.ts'
import { test } from './people.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { choose, deskOf, MASKS, packedFor, signWith } from './workspace.fixture.ts'

test('goods sent with a carrier who is not here travel with a paper for three hands and the log’s fingerprint', async ({
  browser,
  peopled,
}) => {
  const lines = [{ id: '1', item: MASKS, unit: 'box', quantity: '480', lot: 'M2231', expiry: '2028-06' }]
  const { id } = await packedFor(peopled, { lines })
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.goto(`/consignments/${id}/release`)
  await choose(amal, 'By a carrier who is not here')
  await expect(amal.getByText('the carrier signs on the printed waybill')).toBeVisible()
  await amal.getByRole('radio', { name: NAMES.hospital }).check()
  await amal.getByRole('textbox', { name: 'Who carries it' }).fill('Banda Brothers, lorry')
  await signWith(amal, `Send 480 boxes to ${NAMES.hospital} with Banda Brothers, lorry`, id)
  await untilSealed(peopled.url)
  await amal.locator('a[href*="/waybill?"]').first().click()
  await amal.waitForURL(/\/waybill\?/)
  const main = amal.getByRole('main')
  for (const words of ['lot M2231', 'Received', 'Damaged', 'Missing', 'Banda Brothers, lorry', 'Signs on paper only.'])
    await expect(main).toContainText(words)
  await expect(main.getByText('Signature', { exact: true })).toHaveCount(3)
  await expectAccessible(amal, 'waybill with a carrier')

  const [file] = await Promise.all([
    amal.waitForEvent('download'),
    amal.getByRole('link', { name: 'PDF', exact: true }).click(),
  ])
  const pdf = await PDFDocument.load(readFileSync(await file.path()))
  expect(pdf.getPageCount()).toBe(1)
  const code = await amal.locator('.waybill-code').boundingBox()
  // 49 modules with the quiet zone, 41 without; 96 CSS pixels are an inch.
  expect((((code?.width ?? 0) * 41) / 49 / 96) * 25.4).toBeGreaterThanOrEqual(30)

  const [, size = ''] = /The log had ([\d,]+) records/.exec((await main.textContent()) ?? '') ?? []
  const fingerprint = (await main.getByText(/^[0-9A-Z]{4}( [0-9A-Z]{4}){3}$/).textContent()) ?? ''
  expect(fingerprint).toHaveLength(19)
  await amal.goto(`/log/${size.replaceAll(',', '')}`)
  await expect(amal.getByRole('main')).toContainText(fingerprint)
  await expectAccessible(amal, 'the log at a size')
  expect((await amal.goto('/log/999999'))?.status()).toBe(404)
})
