import { type Browser, expect, type Page } from '@playwright/test'
import decodeQR from 'qr/decode.js'
import { NAMES } from './founded.fixture.ts'
import { type Peopled, personAt, test } from './people.fixture.ts'
import { deskOf, MASKS, packedFor, signWith } from './workspace.fixture.ts'

/** Reads the code on the giver's screen as a camera would: from its picture. */
async function scan(page: Page): Promise<string> {
  const code = page.getByRole('img', { name: 'QR code: whoever scans it can take the goods' })
  await expect(code).toBeVisible()
  const picture = (await code.screenshot()).toString('base64')
  const seen = await page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const { width, height, data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] }
    return { width, height, data: Array.from(data) }
  }, picture)
  const { width = 0, height = 0, data } = seen
  return decodeQR({ width, height, data: Uint8Array.from(data) })
}

/** The donor offers 480 boxes to whoever scans the code: the consignment, and the address that the code says. */
async function offered(browser: Browser, peopled: Peopled) {
  const { id } = await packedFor(peopled)
  const giver = await deskOf(browser, peopled, 'amal')
  await giver.goto(`/consignments/${id}/release`)
  await giver.getByRole('radio', { name: 'To whoever scans a code' }).check()
  await giver.getByRole('button', { name: 'Offer 480 boxes to whoever scans the code' }).click()
  await giver.waitForURL(/\/waybill\?/)
  await expect(giver.getByText('Whoever scans this can take 480 boxes.')).toBeVisible()
  return { id, giver, address: await scan(giver) }
}

/** Opens the address as a phone's camera does, and goes on to the receipt. */
async function take(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Goods are being handed to you')
  await page.getByRole('link', { name: 'Go on to the list' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Receive from ${NAMES.donor}`)
}

test('the code is still there where the giver’s page went away as the log took the release', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const giver = await deskOf(browser, peopled, 'amal')
  await giver.goto(`/consignments/${id}/release`)
  await giver.getByRole('radio', { name: 'To whoever scans a code' }).check()
  const gone = giver.waitForEvent('close')
  await giver.route('**/api/events', async route => {
    await route.fetch()
    await giver.close()
  })
  await giver.getByRole('button', { name: 'Offer 480 boxes to whoever scans the code' }).click()
  await gone

  const later = await giver.context().newPage()
  await later.goto(`/consignments/${id}`)
  await later.locator('a[href*="/waybill?"]').first().click()
  expect(await scan(later)).toMatch(new RegExp(`^${peopled.url}/take/${id}#r=[0-9a-f]{64}&s=[0-9a-f]{64}$`))
})

test('who scans the giver’s code takes the goods, and nobody after them', async ({ browser, peopled }) => {
  const { id, giver, address } = await offered(browser, peopled)
  expect(address).toMatch(new RegExp(`^${peopled.url}/take/${id}#r=[0-9a-f]{64}&s=[0-9a-f]{64}$`))
  const [chipo, blessing] = [await deskOf(browser, peopled, 'chipo'), await deskOf(browser, peopled, 'blessing')]
  await take(chipo, address)
  await take(blessing, address)
  const second = blessing.getByRole('button', { name: 'Sign for 480 boxes' })
  await expect(second).toBeEnabled()
  await signWith(chipo, 'Sign for 480 boxes', id)
  await expect(chipo.getByRole('main')).toContainText(NAMES.carrierA)

  await second.click()
  await expect(blessing.getByText('The handover was already answered or withdrawn.').first()).toBeVisible()
  await expect(second).toBeDisabled()
  await expect(blessing.getByText(`${NAMES.carrierA}: Received`)).toBeVisible()
  await giver.reload()
  await expect(giver.getByText('The goods were taken. The code opens nothing any more.')).toBeVisible()
})

test('a second taker who signed without a network is recorded, and takes nothing', async ({ browser, peopled }) => {
  const { id, address } = await offered(browser, peopled)
  const [chipo, blessing] = [await deskOf(browser, peopled, 'chipo'), await deskOf(browser, peopled, 'blessing')]
  await take(blessing, address)
  const sign = blessing.getByRole('button', { name: 'Sign for 480 boxes' })
  await expect(sign).toBeEnabled()
  await blessing.context().setOffline(true)
  await sign.click()
  await expect(sign).toBeDisabled()
  await take(chipo, address)
  await signWith(chipo, 'Sign for 480 boxes', id)

  await blessing.context().setOffline(false)
  await expect(async () => {
    await blessing.goto(`/consignments/${id}`)
    await expect(blessing.getByRole('main')).toContainText('signed, not in effect')
  }).toPass({ timeout: 60_000 })
  await blessing.goto(`/consignments/${id}/release`)
  await expect(blessing.getByRole('main')).toContainText('The party holds nothing of this.')
  await chipo.goto(`/consignments/${id}/release`)
  await expect(chipo.getByRole('main')).toContainText('you hold 480 boxes')
})

test('the scanned code survives signing in, and typing the address without it takes nothing', async ({
  browser,
  peopled,
}) => {
  const { address } = await offered(browser, peopled)
  const chipo = await deskOf(browser, peopled, 'chipo')
  await chipo.goto(address)
  const cookies = await chipo.context().cookies()
  await chipo.context().clearCookies()
  await chipo.getByRole('link', { name: 'Go on to the list' }).click()
  await expect(chipo.getByRole('textbox', { name: /e-?mail/i })).toBeVisible()
  await chipo.context().addCookies(cookies)
  const [, release = ''] = /#r=([0-9a-f]{64})/.exec(address) ?? []
  const { pathname } = new URL(address)
  const receive = `/consignments/${pathname.split('/').at(-1)}/receive?release=${release}`
  await chipo.goto(receive)
  await expect(chipo.getByText('The giver’s code was scanned. It fits this handover.')).toBeVisible()

  const blessing = await deskOf(browser, peopled, 'blessing')
  await blessing.goto(receive)
  await expect(blessing.getByText('Scan it with this phone first.').first()).toBeVisible()
  await expect(blessing.getByRole('button', { name: 'Sign for 480 boxes' })).toBeDisabled()
  const wrong = `#r=${release}&s=${'ab'.repeat(32)}`
  await blessing.goto(`${pathname}${wrong}`)
  await blessing.getByRole('link', { name: 'Go on to the list' }).click()
  await expect(blessing.getByText('is not that of this handover').first()).toBeVisible()
})

test('a device that does not keep the code says so and offers to take the goods back', async ({ browser, peopled }) => {
  const { id, giver } = await offered(browser, peopled)
  const dana = await (await personAt(browser, peopled, 'dana')).newPage()
  await dana.goto(giver.url())
  await expect(dana.getByText('This device does not keep the code')).toBeVisible()
  await expect(dana.getByRole('img', { name: /^QR code/ })).toBeHidden()
  await giver.goto(`/consignments/${id}/withdraw`)
  await signWith(giver, 'Take back 480 boxes', id)
  await giver.goto(`/consignments/${id}/release`)
  await expect(giver.getByRole('textbox', { name: MASKS })).toHaveValue('480')
})
