import { expect } from '@playwright/test'
import { NAMES } from './founded.fixture.ts'
import { test } from './people.fixture.ts'
import { untilChecked } from './report.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { choose, deskOf, handOver, MASKS, packedFor, signWith } from './workspace.fixture.ts'

test('the truck takes 300 of 480: the rest stays with the giver, to be handed to another carrier later', async ({
  browser,
  peopled,
  page,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const chipo = await deskOf(browser, peopled, 'chipo')

  await handOver(amal, { id, to: NAMES.carrierA, counts: { [MASKS]: 300 } })
  await amal.goto(`/consignments/${id}/release`)
  await expect(amal.getByRole('main')).toContainText('you hold 480 boxes, 300 already offered, 180 free')
  await expect(amal.getByRole('textbox', { name: MASKS })).toHaveValue('180')
  await amal.getByRole('textbox', { name: MASKS }).fill('181')
  await amal.getByRole('radio', { name: NAMES.carrierB }).check()
  await expect(amal.getByRole('button', { name: 'Hand over 181 boxes' })).toBeDisabled()
  await expect(amal.getByRole('main')).toContainText('It is more than this party holds and has not already offered.')

  await chipo.goto(`/consignments/${id}/receive`)
  await signWith(chipo, 'Sign for 300 boxes', id)
  await handOver(amal, { id, to: NAMES.carrierB, counts: { [MASKS]: 180 } })
  await expect(amal.getByRole('main')).toContainText(`${NAMES.donor} gives to ${NAMES.carrierB}`)

  await untilSealed(peopled.url)
  await page.goto(`${peopled.url}/t/${id}#k=${peopled.fingerprint}`)
  await untilChecked(page)
  const balance = page.getByRole('region', { name: 'Where the goods are' })
  await expect(balance).toContainText('300')
  await expect(balance).toContainText('180')
})

test('what the truck could not load is left with the giver and free again', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const chipo = await deskOf(browser, peopled, 'chipo')
  await handOver(amal, { id, to: NAMES.carrierA })
  await chipo.goto(`/consignments/${id}/receive`)
  await chipo.getByRole('textbox', { name: `In your hands, in good order: ${MASKS}` }).fill('300')
  await expect(chipo.getByText('180 fewer than the 480 handed over.')).toBeVisible()
  await chipo.getByRole('button', { name: 'Left behind 180' }).click()
  await choose(chipo, 'no space')
  await signWith(chipo, 'Sign for 300 boxes', id)
  await amal.goto(`/consignments/${id}/release`)
  await expect(amal.getByRole('main')).toContainText('you hold 180 boxes')
})
