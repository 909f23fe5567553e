import { expect } from '@playwright/test'
import { NAMES } from './founded.fixture.ts'
import { test } from './people.fixture.ts'
import { untilChecked, verdict } from './report.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { choose, deskOf, handOver, MASKS, packedFor, rowOf, signWith } from './workspace.fixture.ts'

test('received with a shortage and damage: nothing can be signed before all is accounted for, and the giver settles', async ({
  browser,
  peopled,
  page,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const hana = await deskOf(browser, peopled, 'hana')
  await handOver(amal, { id, to: NAMES.hospital, counts: { [MASKS]: 300 } })

  await hana.goto(`/consignments/${id}/receive`)
  await hana.getByRole('textbox', { name: `In your hands, in good order: ${MASKS}` }).fill('294')
  await expect(hana.getByText('6 fewer than the 300 handed over.')).toBeVisible()
  const sign = hana.getByRole('button', { name: /^Sign for/ })
  await expect(sign).toBeDisabled()
  await hana.getByRole('button', { name: 'Missing 6' }).click()
  await hana.getByRole('textbox', { name: `Missing: ${MASKS}` }).fill('4')
  await hana.getByRole('button', { name: 'Damaged 2' }).click()
  await expect(sign).toBeDisabled()
  await choose(hana, 'not found')
  await choose(hana, 'wet')
  await signWith(hana, 'Sign for 296 boxes, of them damaged: 2 boxes', id)

  await amal.goto('/today')
  const difference = rowOf(amal, { id, list: 'Differences to settle' })
  await expect(difference).toContainText('4 boxes')
  await difference.getByRole('link', { name: 'Settle' }).click()
  await amal.getByRole('textbox', { name: `Found: ${MASKS}` }).fill('1')
  await amal.getByRole('textbox', { name: `Lost: ${MASKS}` }).fill('4')
  await expect(amal.getByText('1 more than is missing.')).toBeVisible()
  await amal.getByRole('textbox', { name: `Lost: ${MASKS}` }).fill('3')
  await signWith(amal, 'Settle: 1 box found, 3 boxes lost', id)
  await expect(amal.getByRole('link', { name: 'Settle a difference' })).toBeHidden()

  await untilSealed(peopled.url)
  await page.goto(`${peopled.url}/t/${id}#k=${peopled.fingerprint}`)
  await untilChecked(page)
  await expect(verdict(page)).toContainText('Checked by your browser')
  const main = page.getByRole('main')
  for (const text of ['294', '2', '181', '3']) await expect(main).toContainText(text)
})

test('more than was handed over is taken with a reason, and stands in the balance as surplus', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const hana = await deskOf(browser, peopled, 'hana')
  await handOver(amal, { id, to: NAMES.hospital, counts: { [MASKS]: 300 } })
  await hana.goto(`/consignments/${id}/receive`)
  await hana.getByRole('textbox', { name: `In your hands, in good order: ${MASKS}` }).fill('303')
  await expect(hana.getByText('3 more than the 300 handed over.')).toBeVisible()
  await choose(hana, 'more than listed')
  await signWith(hana, 'Sign for 303 boxes', id)
  await hana.goto(`/consignments/${id}/distribute`)
  await expect(hana.getByRole('main')).toContainText('you hold 303 boxes')
})

test('a damaged box is written off, a wrong count is set right, the rest is given out', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const hana = await deskOf(browser, peopled, 'hana')
  await handOver(amal, { id, to: NAMES.hospital })
  await hana.goto(`/consignments/${id}/receive`)
  await signWith(hana, 'Sign for 480 boxes', id)

  await hana.goto(`/consignments/${id}/adjust`)
  await hana.getByRole('textbox', { name: `Counted, in good order: ${MASKS}` }).fill('478')
  await expect(hana.getByText('2 fewer than the 480 by the record.')).toBeVisible()
  await choose(hana, 'counted again')
  await signWith(hana, 'Set 1 count right', id)

  await hana.goto(`/consignments/${id}/write-off`)
  await hana.getByRole('textbox', { name: MASKS }).fill('8')
  await choose(hana, 'destroyed')
  await signWith(hana, 'Write off 8 boxes', id)

  await hana.goto(`/consignments/${id}/distribute`)
  await hana.getByRole('textbox', { name: MASKS }).fill('470')
  await signWith(hana, 'Sign that 470 boxes were given out', id)
  await expect(hana.getByRole('main')).toContainText('Nothing of it is held any more.')
})
