import { type Browser, expect } from '@playwright/test'
import { launch } from './camera.fixture.ts'
import { deskFor, enrolDevice, openDevice, packAct, signOn } from './device.fixture.ts'
import { bodyOf, send, sign } from './events.fixture.ts'
import { startBetween } from './memory.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { makeKey } from './workspace.fixture.ts'
import { enterAs, inBrowser, type Stage } from './workspace-stage.fixture.ts'

/** A device's key from none to revoked, as its owner and as the admin who approves it sees it. */
export async function keys(stage: Stage): Promise<void> {
  const { played, see, t } = stage
  const { donor } = played.cast
  await inBrowser(stage, 'dana', async (page, context) => {
    await page.goto('/keys')
    await see(page, 'keys-none')
    await makeKey(page, played, 'donor', { t })
    await see(page, 'keys-waiting')
    await page.goto(`/consignments/${played.reference('waiting')}/withdraw`)
    await see(page, 'withdraw-key-waits')
    await inBrowser(stage, undefined, async desk => {
      const as = await enterAs(desk, 'Harbour Relief')
      await desk.goto(`/keys?${as}`)
      await see(desk, 'keys-admin')
      await desk.getByRole('checkbox').first().check()
      await see(desk, 'keys-admin-compared')
      await desk.locator('a[href*="revoke="]').last().click()
      await desk.waitForURL(/revoke=/)
      await desk.getByRole('radio', { name: t('keys.reason.stolen') }).check()
      await see(desk, 'keys-revoke')
    })
    const device = await openDevice(context, played)
    const { key, head } = await enrolDevice(device, played, donor)
    await page.goto('/keys')
    await see(page, 'keys-enrolled')
    const revocation = { actor: donor, about: 'key', id: key, kind: 'revoke', after: head } as const
    expect(
      (await send(played.url, bodyOf(await sign(played, { ...revocation, body: { reason: 'lost' } })))).status,
    ).toBe(201)
    await page.goto('/keys')
    await see(page, 'keys-revoked')
  })
}

/** What a browser comes to about a party's list of keys: whole, hidden behind a server that denies its own proof or gives none, and other than the page. */
export async function provenKeys(stage: Stage): Promise<void> {
  const { played, see } = stage
  const { donor } = played.cast
  const between = await startBetween(played.url)
  await inBrowser(stage, 'amal', async (page, context) => {
    const open = async (outcome: string) => {
      await page.goto('about:blank')
      await page.goto(`${between.url}/keys`)
      await expect(page.locator(`[data-proven="${outcome}"]`)).toBeVisible()
    }
    const device = await openDevice(context, played)
    const { key, head } = await enrolDevice(device, played, donor)
    await untilSealed(played.url)
    between.break(/^\/api\/keys\//)
    await open('unreachable')
    await see(page, 'keys-unreachable')
    between.break(undefined)
    const honest = between.lie(/^\/api\/keys\//, 404, { code: 'index-not-promised', detail: '' })
    await open('failed')
    await see(page, 'keys-not-proven')
    honest()
    between.keep(/^\/keys$/)
    await open('whole')
    await see(page, 'keys-proven')
    const revocation = { actor: donor, about: 'key', id: key, kind: 'revoke', after: head } as const
    const lost = await send(played.url, bodyOf(await sign(played, { ...revocation, body: { reason: 'lost' } })))
    expect(lost.status).toBe(201)
    await untilSealed(played.url)
    await open('differs')
    await see(page, 'keys-differ')
  }).finally(() => between.end())
}

/** What a device has signed and not let go of: waiting without a network, refused later, and news of keys. */
export async function outbox(stage: Stage): Promise<void> {
  const { played, see, t } = stage
  const { carrierA } = played.cast
  await inBrowser(stage, 'chipo', async (page, context) => {
    const device = await openDevice(context, played)
    const { key, head } = await enrolDevice(device, played, carrierA)
    await page.goto('/today')
    const line = page.getByRole('region', { name: t('outbox.title') })
    await expect(line).toContainText(t('outbox.nothing'))
    await context.setOffline(true)
    expect((await signOn(device, deskFor(played, carrierA), packAct(carrierA))).outcome).toBe('kept')
    await expect(line).toContainText(t('outbox.offline'))
    await line.locator('summary').click()
    await see(page, 'outbox-waiting')
    const revocation = { actor: carrierA, about: 'key', id: key, kind: 'revoke', after: head } as const
    await send(played.url, bodyOf(await sign(played, { ...revocation, body: { reason: 'lost' } })))
    await context.setOffline(false)
    await page.goto('/today')
    await expect(line.getByRole('alert')).toBeVisible()
    await see(page, 'outbox-refused')
  })
}

/** The directory of parties, what the operator does about them, and what anyone sees of one. */
export async function parties(stage: Stage): Promise<void> {
  const { played, see, t } = stage
  const { carrierA, hospital } = played.cast
  await inBrowser(stage, undefined, async page => {
    await page.goto(`/parties/${carrierA.reference}`)
    await see(page, 'party-public')
    await page.goto(`/parties/${played.cast.person.reference}`)
    await see(page, 'party-public-person')
    await page.goto('/parties/7K3Q9XMD2TK')
    await see(page, 'party-unknown')
    const carrier = await enterAs(page, 'Northline Transport')
    await page.goto(`/parties?${carrier}`)
    await see(page, 'parties')
    await page.goto(`/parties?query=penicillin&${carrier}`)
    await see(page, 'parties-not-found')
    await page.goto(`/parties/${hospital.reference}/record?${carrier}&period=all`)
    await see(page, 'party-record')
    await page.goto(`/parties/${carrierA.reference}/record?${carrier}`)
    await see(page, 'party-record-own')
    await page.goto(`/parties/${carrierA.reference}/manage?${carrier}`)
    await see(page, 'party-manage-own')
    const operator = await enterAs(page, 'Throughline demonstration')
    await page.goto(`/parties?${operator}`)
    await see(page, 'parties-operator')
    await page.goto(`/parties/${carrierA.reference}/manage?${operator}`)
    await see(page, 'party-manage')
    await page.goto(`/parties/new?${operator}`)
    await see(page, 'party-new')
    await page.getByLabel(t('parties.nameLabel'), { exact: true }).fill('Island Clinic')
    await page.getByRole('button', { name: t('parties.registerSign') }).click()
    await page.waitForURL(/\/manage/)
    await see(page, 'party-manage-new')
    await page.getByRole('radio', { name: t('parties.reason.misuse') }).check()
    await page.getByRole('button', { name: t('parties.suspend') }).click()
    await expect(page.getByRole('button', { name: t('parties.resume') })).toBeVisible()
    await see(page, 'party-manage-suspended')
    await page.goto(`${new URL(page.url()).pathname.replace('/manage', '')}`)
    await see(page, 'party-public-suspended')
  })
}

/** The scanner with a camera that sees nothing, without one, and with what was typed. */
export async function scanner(stage: Stage): Promise<void> {
  const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
  await withBrowser(camera, async browser => {
    const { see } = stage
    await inBrowser({ ...stage, browser }, undefined, async page => {
      const as = await enterAs(page, 'Seaway Freight')
      await page.clock.install()
      await page.goto(`/scan?${as}`)
      await expect(page.locator('[data-camera]')).toHaveAttribute('data-camera', 'looking')
      await see(page, 'scan')
      await page.clock.fastForward('00:31')
      await see(page, 'scan-late')
      await page.goto(`/scan/7K3Q9XMD2TK?${as}`)
      await see(page, 'scan-unknown')
    })
  })
  await withBrowser(['--use-fake-device-for-media-stream', '--deny-permission-prompts'], async browser => {
    const { see, t } = stage
    await inBrowser({ ...stage, browser }, undefined, async page => {
      await page.goto(`/scan?${await enterAs(page, 'Seaway Freight')}`)
      await expect(page.getByText(t('scan.camera.denied.title'))).toBeVisible()
      await see(page, 'scan-denied')
      await page.locator('#reference').fill('7K3Q9XMD2TT')
      await page.locator('#reference').press('Enter')
      await expect(page.getByText(t('scan.seen.wrong-reference.title'))).toBeVisible()
      await see(page, 'scan-wrong')
    })
  })
}

async function withBrowser(switches: readonly string[], use: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launch(switches)
  try {
    await use(browser)
  } finally {
    await browser.close()
  }
}
