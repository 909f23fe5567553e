import { expect } from '@playwright/test'
import { actingOn } from '../lib/data/acting.ts'
import { bodyOf, send, sign } from './events.fixture.ts'
import { NAMES } from './founded.fixture.ts'
import { test } from './people.fixture.ts'
import { deskOf, MASKS, packedFor, rowOf } from './workspace.fixture.ts'

const kinds = async (peopled: Parameters<typeof packedFor>[0], id: string) =>
  (await actingOn(id, peopled.log))?.state.chain.map(({ acting, notInEffect }) => [
    acting.kind,
    notInEffect ?? 'in effect',
  ])

test('signed with the network cut, tab closed and reopened: sent by itself, once, and let go when it is proven', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const context = amal.context()
  await amal.goto(`/consignments/${id}/release`)
  await amal.getByRole('radio', { name: NAMES.carrierA }).check()
  const button = amal.getByRole('button', { name: 'Hand over 480 boxes' })
  await expect(button).toBeEnabled()
  await context.setOffline(true)
  await button.click()
  await expect(amal.getByText('Signed and kept on this device until it can be sent.')).toBeVisible()
  await expect(amal.getByText('1 record waits to be sent.')).toBeVisible()
  expect(await kinds(peopled, id)).toEqual([['pack', 'in effect']])
  await amal.close()

  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto('/today')
  await expect
    .poll(() => kinds(peopled, id))
    .toEqual([
      ['pack', 'in effect'],
      ['release', 'in effect'],
    ])
  await expect(again.getByText('Nothing on this device waits to be sent.')).toBeVisible({ timeout: 30_000 })
  await again.reload()
  await expect(rowOf(again, { id, list: 'Waiting for others' })).toContainText(NAMES.carrierA)
  expect(await kinds(peopled, id)).toHaveLength(2)
})

test('signed offline while the desk recorded something in between: kept on the log without effect, and settled', async ({
  browser,
  peopled,
}) => {
  const { donor, carrierB } = peopled.cast
  const { id, head } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.goto(`/consignments/${id}/release`)
  await amal.getByRole('textbox', { name: MASKS }).fill('300')
  await amal.getByRole('radio', { name: NAMES.carrierA }).check()
  const button = amal.getByRole('button', { name: 'Hand over 300 boxes' })
  await expect(button).toBeEnabled()
  await amal.context().setOffline(true)
  await button.click()
  await expect(amal.getByText('Signed and kept on this device until it can be sent.')).toBeVisible()

  const lines = [{ line: '1', condition: 'sound', quantity: '480' }]
  const body = { to: { party: carrierB.reference }, lines }
  const signed = await sign(peopled, { actor: donor, id, kind: 'release', body, after: head })
  expect((await send(peopled.url, bodyOf(signed))).status).toBe(201)

  await amal.context().setOffline(false)
  await expect
    .poll(() => kinds(peopled, id))
    .toEqual([
      ['pack', 'in effect'],
      ['release', 'in effect'],
      ['release', 'quantity-not-free'],
    ])
  await amal.goto('/today')
  const difference = rowOf(amal, { id, list: 'Differences to settle' })
  await expect(difference).toContainText(/not in effect/)
  await amal.goto(`/consignments/${id}`)
  await expect(amal.getByRole('main')).toContainText('It is more than this party holds and has not already offered.')
})

test('a double click and two open tabs sign one handover once', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const other = await amal.context().newPage()
  for (const page of [amal, other]) {
    await page.goto(`/consignments/${id}/release`)
    await page.getByRole('textbox', { name: MASKS }).fill('100')
    await page.getByRole('radio', { name: NAMES.carrierA }).check()
    await expect(page.getByRole('button', { name: 'Hand over 100 boxes' })).toBeEnabled()
  }
  await Promise.all([amal, other].map(page => page.getByRole('button', { name: 'Hand over 100 boxes' }).dblclick()))
  await Promise.any([amal, other].map(page => page.waitForURL(url => url.pathname === `/consignments/${id}`)))
  await expect.poll(async () => (await kinds(peopled, id))?.length).toBe(2)
  const still = [amal, other].find(page => page.url().endsWith('/release'))
  if (still) await expect(still.getByText('This device has signed here already.')).toBeVisible()
  await amal.goto(`/consignments/${id}/release`)
  await expect(amal.getByRole('main')).toContainText('you hold 480 boxes, 100 already offered, 380 free')
})
