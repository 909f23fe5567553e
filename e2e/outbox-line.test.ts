import { expect } from '@playwright/test'
import { fingerprintOf } from '../lib/core/custody/key-fingerprint.ts'
import { deskFor, enrolDevice, openDevice, packAct, signOn, waitingOn } from './device.fixture.ts'
import { bodyOf, send, sign } from './events.fixture.ts'
import { personAt, test } from './people.fixture.ts'
import { deskOf, en } from './workspace.fixture.ts'

test('what was signed without a network is in sight, and goes out by itself when there is one', async ({
  browser,
  peopled,
}) => {
  const { donor } = peopled.cast
  const page = await deskOf(browser, peopled, 'amal')
  const context = page.context()
  await page.goto('/today')
  const line = page.getByRole('region', { name: en('outbox.title') })
  await expect(line).toContainText(en('outbox.nothing'))
  const device = await openDevice(context, peopled)
  await context.setOffline(true)
  expect((await signOn(device, deskFor(peopled, donor), packAct(donor))).outcome).toBe('kept')
  await expect(line).toContainText(en('outbox.offline'))
  await expect(line).toContainText('1 record waits')
  await line.getByText('1 record waits').click()
  await expect(line).toContainText(en('outbox.waits'))
  await context.setOffline(false)
  await expect(line).toContainText(en('outbox.nothing'))
  expect(await waitingOn(device)).toEqual([])
  await context.close()
})

test('what the log refused later stands on every page with its reason until someone has read it', async ({
  browser,
  peopled,
}) => {
  const { carrierA } = peopled.cast
  const context = await personAt(browser, peopled, 'chipo')
  const device = await openDevice(context, peopled)
  const { key, head } = await enrolDevice(device, peopled, carrierA)
  await context.setOffline(true)
  expect((await signOn(device, deskFor(peopled, carrierA), packAct(carrierA))).outcome).toBe('kept')
  const revocation = {
    actor: carrierA,
    about: 'key',
    id: key,
    kind: 'revoke',
    after: head,
    body: { reason: 'lost' },
  } as const
  expect((await send(peopled.url, bodyOf(await sign(peopled, revocation)))).status).toBe(201)
  await context.setOffline(false)
  const page = await context.newPage()
  await page.goto('/today')
  const line = page.getByRole('region', { name: en('outbox.title') })
  await expect(line.getByRole('alert')).toContainText(en('refusals.key-revoked'))
  await page.goto('/consignments')
  const saving = page.waitForEvent('download')
  await line.getByRole('button', { name: en('outbox.download') }).click()
  expect((await saving).suggestedFilename()).toMatch(/^signed-[0-9a-f]{12}\.txt$/)
  await line.getByRole('button', { name: en('outbox.dismiss') }).click()
  await expect(line.getByRole('alert')).toHaveCount(0)
  expect(await waitingOn(device)).toEqual([])
  await context.close()
})

test('a key that was enrolled in the party’s name is named at the next start, until someone has seen it', async ({
  browser,
  peopled,
}) => {
  const { hospital } = peopled.cast
  const page = await deskOf(browser, peopled, 'hana')
  await page.goto('/today')
  const news = page.getByRole('region', { name: en('outbox.news.title') })
  const line = page.getByRole('region', { name: en('outbox.title') })
  await expect(line).toContainText(en('outbox.nothing'))
  await expect(news).toHaveCount(0)
  const elsewhere = await personAt(browser, peopled, 'mercy')
  const { key } = await enrolDevice(await openDevice(elsewhere, peopled), peopled, hospital)
  await page.reload()
  await expect(news).toContainText(fingerprintOf(key))
  await expect(news).toContainText(en('outbox.news.byParty'))
  await news.getByRole('button', { name: en('outbox.news.seen') }).click()
  await expect(news).toHaveCount(0)
  await page.reload()
  await expect(line).toContainText(en('outbox.nothing'))
  await expect(news).toHaveCount(0)
  await elsewhere.close()
  await page.context().close()
})

test('a session that ended in the middle of a form: the act is recorded, and the page says so before anything else', async ({
  browser,
  peopled,
}) => {
  const page = await deskOf(browser, peopled, 'olga')
  const context = page.context()
  await page.goto('/parties/new')
  await page.getByRole('textbox').first().fill('Northern Aid')
  await context.clearCookies()
  await page.getByRole('button', { name: en('parties.registerSign') }).click()
  await expect(page.getByText(en('outbox.recorded'))).toBeVisible()
  await context.close()
})
