import { expect } from '@playwright/test'
import { NAMES } from './founded.fixture.ts'
import { personAt, test } from './people.fixture.ts'
import { untilChecked, verdict } from './report.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { deskOf, handOver, MASKS, packedFor, rowOf, signWith } from './workspace.fixture.ts'

test('goods are handed over on one phone and received on another, and a stranger’s browser checks both signatures', async ({
  browser,
  peopled,
  page,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const chipo = await deskOf(browser, peopled, 'chipo')

  await handOver(amal, { id, to: NAMES.carrierA })
  await expect(amal.getByRole('main')).toContainText(`${NAMES.donor} gives to ${NAMES.carrierA}`)
  await amal.goto('/today')
  await expect(rowOf(amal, { id, list: 'Waiting for others' })).toContainText(MASKS)

  await chipo.goto('/today')
  const waiting = rowOf(chipo, { id, list: 'Sign now' })
  await expect(waiting).toContainText(`from ${NAMES.donor}`)
  await waiting.getByRole('link', { name: 'Count and sign' }).click()
  await expect(chipo.getByRole('heading', { level: 1 })).toContainText(`Receive from ${NAMES.donor}`)
  await expect(chipo.getByText(`You sign as ${NAMES.carrierA}.`)).toBeVisible()
  await signWith(chipo, 'Sign for 480 boxes', id)

  await untilSealed(peopled.url)
  await page.goto(`${peopled.url}/t/${id}#k=${peopled.fingerprint}`)
  await untilChecked(page)
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(page.getByRole('main')).toContainText(NAMES.carrierA)
  const vera = await (await personAt(browser, peopled, 'vera')).newPage()
  await vera.goto(`/consignments/${id}`)
  await expect(vera.getByRole('main')).toContainText(NAMES.carrierA)
})
