import { type BrowserContext, test as base, expect } from '@playwright/test'
import webPush from 'web-push'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { enrolMessage } from '../lib/core/custody/claims.ts'
import { fingerprintOf } from '../lib/core/custody/key-fingerprint.ts'
import { formatReference } from '../lib/core/custody/reference.ts'
import { pairOf } from '../lib/core/evidence/story.fixture.ts'
import { signEd25519 } from '../lib/core/ledger/ed25519.ts'
import { closeLog } from '../lib/data/open-log.ts'
import { createPushKeys } from '../lib/data/push-keys.ts'
import { type Smtp, startSmtp } from '../lib/mail/smtp.fixture.ts'
import { type PushService, startPushService } from '../lib/notices/push-service.fixture.ts'
import { makePeople, openBeside } from './accounts.fixture.ts'
import { bodyOf, type Draft, send, sign } from './events.fixture.ts'
import { startFounded } from './founded.fixture.ts'
import { type Peopled, personAt } from './people.fixture.ts'
import { en, packedFor } from './workspace.fixture.ts'

type Telling = Peopled & { readonly smtp: Smtp; readonly service: PushService }

/** A server with people on it that sends letters, and tells browsers. */
const test = base.extend<object, { telling: Telling }>({
  telling: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const [smtp, service] = [await startSmtp(), await startPushService()]
      const founded = await startFounded({ SMTP_URL: smtp.url, PUSH_HOSTS: service.origin })
      createPushKeys(founded.dataDir, webPush.generateVAPIDKeys())
      await founded.restart()
      const log = await openBeside(founded)
      await makePeople(founded, log)
      await use({ ...founded, log, smtp, service })
      await closeLog(log)
      await founded.end()
      await service.stop()
      await smtp.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

const said = (name: string, other: string) => en(`notices.says.${name}`).replace('<other></other>', other)

async function record(telling: Telling, draft: Draft): Promise<string> {
  const signed = await sign(telling, draft)
  expect(await send(telling.url, bodyOf(signed))).toMatchObject({ status: 201, body: { inEffect: true } })
  return signed.hash
}

/** The donor packs 480 boxes for the hospital and hands them over. */
async function handed(telling: Telling): Promise<{ id: string; release: string }> {
  const { id, head } = await packedFor(telling)
  const { donor, hospital } = telling.cast
  const lines = [{ line: '1', condition: 'sound', quantity: '480' }]
  const body = { to: { party: hospital.reference }, lines }
  return { id, release: await record(telling, { actor: donor, id, kind: 'release', body, after: head }) }
}

test('what is handed over is in the taker’s inbox and in a letter to whoever wants one; a difference comes back to the giver', async ({
  telling,
  browser,
}) => {
  const { smtp, cast } = telling
  const mercy = await (await personAt(browser, telling, 'mercy')).newPage()
  await mercy.goto('/notices')
  await mercy.getByRole('link', { name: en('notices.settings') }).click()
  const wish = `${en('notices.kinds.coming')}: ${en('notices.own.channels.mail')}`
  await expect(mercy.getByRole('checkbox', { name: wish })).toBeChecked()
  await mercy.getByRole('checkbox', { name: wish }).uncheck()
  await mercy.getByRole('button', { name: en('notices.own.save') }).click()
  await expect(mercy.getByRole('status').filter({ hasText: en('notices.own.saved') })).toBeVisible()
  await expect(mercy.getByRole('checkbox', { name: wish })).not.toBeChecked()

  const { id, release } = await handed(telling)
  const letter = await smtp.untilLetter(({ to }) => to.includes('hana@relief.example'))
  expect(letter.subject).toBe(`${said('coming', 'Harbour Relief')} · ${formatReference(id)}`)
  const address = /^https?:\S+\/receive\S+$/m.exec(letter.text)?.[0] ?? ''
  const hana = await (await personAt(browser, telling, 'hana')).newPage()
  await hana.goto(address)
  await expect(hana.getByRole('heading', { level: 1 })).toBeVisible()
  expect(new URL(hana.url()).pathname).toBe(`/consignments/${id}/receive`)

  await hana.goto('/notices')
  const row = hana.getByRole('listitem').filter({ hasText: said('coming', 'Harbour Relief') })
  await expect(row).toContainText(formatReference(id))
  await expect(row.getByRole('link', { name: en('notices.do.receive') })).toHaveAttribute(
    'href',
    /release=[0-9a-f]{64}/,
  )
  await expect(hana.getByRole('link', { name: '2 unread notices' })).toBeVisible()
  await hana.getByRole('button', { name: en('notices.markRead') }).click()
  await expect(hana.getByRole('button', { name: en('notices.markRead') })).toBeHidden()
  await expect(hana.getByRole('link', { name: 'unread notices' })).toBeHidden()

  const missing = { quantity: '10', reason: 'not-found' }
  const lines = [{ line: '1', condition: 'sound', received: '470', missing }]
  await record(telling, { actor: cast.hospital, id, kind: 'receive', body: { release, lines }, after: release })
  const answer = await smtp.untilLetter(({ to }) => to.includes('amal@relief.example'))
  expect(answer.subject).toContain(said('differs', 'Valley District Hospital'))
  const amal = await (await personAt(browser, telling, 'amal')).newPage()
  await amal.goto('/notices')
  const settle = amal.getByRole('link', { name: en('notices.do.settle') })
  await settle.click()
  await expect(amal).toHaveURL(/\/settle\?/)
  await mercy.goto('/notices')
  await expect(mercy.getByRole('listitem').filter({ hasText: formatReference(id) })).toHaveCount(2)
  expect(smtp.letters().filter(({ to }) => to.includes('mercy@relief.example'))).toEqual([])
})

test('a key that the operator enrols in a party’s name is told to that party, which suspended it is told too', async ({
  telling,
  browser,
}) => {
  const { smtp, cast, log, origin } = telling
  const { operator, carrierA } = cast
  const chain = await log.prisma.leaf.findMany({ where: { subject: `party/${carrierA.reference}` } })
  expect(chain).toHaveLength(1)
  const [name] = await log.prisma.eventName.findMany({ where: { leafIndex: chain[0]?.leafIndex ?? -1 } })
  const suspension = { actor: operator, about: 'party', id: carrierA.reference, kind: 'suspend' } as const
  await record(telling, { ...suspension, body: { reason: 'requested' }, after: name?.hash ?? '' })
  const first = await smtp.untilLetter(({ to }) => to.includes('chipo@relief.example'))
  expect(first.subject).toBe(said('suspended', 'Relief Log Office'))
  // A while later: what comes soon after a letter would wait for the next.
  await expect
    .poll(() => log.prisma.delivery.updateMany({ where: { outcome: 'sent' }, data: { doneAt: BigInt(1) } }))
    .toMatchObject({ count: expect.any(Number) })

  const { key, publicKey, seed } = pairOf('a replacement')
  const asked = { origin, party: carrierA.reference, role: 'member' } as const
  const proof = hexEncode(signEd25519({ seed, message: utf8Encode(enrolMessage(asked)) }))
  const body = { party: carrierA.reference, publicKey: hexEncode(publicKey), role: 'member', held: 'device', proof }
  await record(telling, { actor: operator, about: 'key', id: key, kind: 'enrol', body })
  const second = await smtp.untilLetter(({ subject }) => subject === said('key-enrolled-by', 'Relief Log Office'))
  expect(second.to).toEqual(['chipo@relief.example'])
  const chipo = await (await personAt(browser, telling, 'chipo')).newPage()
  await chipo.goto('/notices')
  const row = chipo.getByRole('listitem').filter({ hasText: fingerprintOf(key) })
  await expect(row).toContainText(said('key-enrolled-by', 'Relief Log Office'))
  await row.getByRole('link', { name: en('notices.do.keys') }).click()
  await expect(chipo).toHaveURL(/\/keys/)
})

/** Chromium asks a service on the internet for an address; here it gets one of the service on this machine. */
async function withAddress(context: BrowserContext, { browser }: PushService): Promise<void> {
  await context.grantPermissions(['notifications'])
  await context.addInitScript(({ endpoint, p256dh, auth }) => {
    let given: object | null = null
    const subscription = {
      endpoint,
      options: { applicationServerKey: null },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      unsubscribe: async () => {
        given = null
        return true
      },
    }
    Object.assign(PushManager.prototype, {
      subscribe: async () => {
        given = subscription
        return given
      },
      getSubscription: async () => given,
    })
  }, browser)
}

test('a browser that a member turns notices on in is told, and told no more once they turn them off', async ({
  telling,
  browser,
}) => {
  const { service, log } = telling
  const context = await personAt(browser, telling, 'blessing')
  await withAddress(context, service)
  const page = await context.newPage()
  await page.goto('/notices/settings')
  await page.getByRole('button', { name: en('noticeForm.browser.turnOn') }).click()
  await expect(page.getByText(en('noticeForm.browser.on'))).toBeVisible()
  expect(await log.prisma.pushSubscription.count()).toBe(1)

  const { id, head } = await packedFor(telling)
  const { donor, carrierB } = telling.cast
  const lines = [{ line: '1', condition: 'sound', quantity: '480' }]
  const body = { to: { party: carrierB.reference }, lines }
  await record(telling, { actor: donor, id, kind: 'release', body, after: head })
  const { message, claims } = await service.untilPushed()
  expect(message).toMatchObject({ title: en('notices.kinds.coming'), body: formatReference(id) })
  expect(claims.aud).toBe(service.origin)
  await page.goto(message.path ?? '')
  expect(new URL(page.url()).pathname).toBe(`/consignments/${id}/receive`)

  await page.goto('/notices/settings')
  await page.getByRole('button', { name: en('noticeForm.browser.turnOn') }).click()
  await page.getByRole('button', { name: en('noticeForm.browser.turnOff') }).click()
  await expect(page.getByText(en('noticeForm.browser.off'))).toBeVisible()
  expect(await log.prisma.pushSubscription.count()).toBe(0)
})
