import { expect } from '@playwright/test'
import { formatVkey, noteKey, TYPE_ED25519 } from '../lib/core/ledger/vkey.ts'
import {
  deskFor,
  enrolDevice,
  openDevice,
  packAct,
  packed,
  releaseAct,
  signOn,
  tendOn,
  waitingOn,
} from './device.fixture.ts'
import { bodyOf, send, sign } from './events.fixture.ts'
import { recordedEvents } from './recorded.fixture.ts'

import { test } from './story.fixture.ts'

test('a double click and two tabs sign once', async ({ context, told }) => {
  const { donor } = told.story.cast
  const [one, other] = [await openDevice(context, told), await openDevice(context, told)]
  await enrolDevice(one, told, donor)
  const desk = deskFor(told, donor)
  const act = packAct(donor)
  const twice = (page: typeof one) =>
    page.evaluate(([at, what]) => Promise.all([device.signAct(at, what), device.signAct(at, what)]), [
      desk,
      act,
    ] as const)
  const outcomes = (await Promise.all([twice(one), twice(other)])).flat()
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
    'recorded',
    'signed-before',
    'signed-before',
    'signed-before',
  ])
  expect(new Set(outcomes.map(sent => 'hash' in sent && sent.hash)).size).toBe(1)
})

test('signed without a network, tab closed and opened again: recorded once, and let go once its proof was verified here', async ({
  context,
  told,
}) => {
  const { donor } = told.story.cast
  const desk = deskFor(told, donor)
  const before = await openDevice(context, told)
  await enrolDevice(before, told, donor)
  const recorded = await recordedEvents(told.url)
  await context.setOffline(true)
  const sent = await signOn(before, desk, packAct(donor))
  expect(sent.outcome).toBe('kept')
  await before.close()
  await context.setOffline(false)

  const after = await openDevice(context, told)
  expect(await waitingOn(after)).toMatchObject([{ state: 'kept', tries: 1 }])
  const proof = after.waitForResponse(response => response.url().endsWith('/proof') && response.ok())
  await tendOn(after, told)
  await proof
  await expect.poll(() => waitingOn(after)).toEqual([])
  expect(await recordedEvents(told.url)).toBe(recorded + 1)
})

test('an answer that was lost on its way back is asked for again, and nothing is recorded twice', async ({
  context,
  told,
}) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const recorded = await recordedEvents(told.url)
  await context.route('**/api/events', async route => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  expect((await signOn(page, deskFor(told, donor), packAct(donor))).outcome).toBe('kept')
  expect(await recordedEvents(told.url)).toBe(recorded + 1)
  await context.unroute('**/api/events')
  const repeated = page.waitForResponse('**/api/events')
  await tendOn(page, told)
  expect((await repeated).status()).toBe(200)
  await expect.poll(() => waitingOn(page)).toEqual([])
  expect(await recordedEvents(told.url)).toBe(recorded + 1)
})

test('a tab closed while it was sending leaves its record to the next one', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const requests: unknown[] = []
  await context.route('**/api/events', route => {
    // Never answered: the tab is closed meanwhile.
    requests.push(route.request().postDataJSON())
  })
  const asked = page.waitForRequest('**/api/events')
  const signing = signOn(page, deskFor(told, donor), packAct(donor)).catch(() => 'closed')
  await asked
  const beside = await openDevice(context, told)
  await tendOn(beside, told)
  await page.evaluate(() => navigator.locks.request('throughline/outbox', () => {}))
  // The form is still sending: the other tab has looked and does not send it without `mend`.
  expect(requests).toEqual([expect.objectContaining({ mend: true })])
  await page.close()
  expect(await signing).toBe('closed')
  await context.unroute('**/api/events')
  const after = await openDevice(context, told)
  await tendOn(after, told)
  await expect.poll(() => waitingOn(after)).toEqual([])
})

test('a sign-in page of the network in between is no answer of the log', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  await context.route('**/api/events', route => route.fulfill({ status: 200, body: '<h1>Welcome to our hotel</h1>' }))
  expect((await signOn(page, deskFor(told, donor), packAct(donor))).outcome).toBe('kept')
  await context.unroute('**/api/events')
  await context.route('**/api/events', route =>
    route.fulfill({ status: 403, json: { error: 'please sign in' }, contentType: 'application/json' }),
  )
  const asked = page.waitForResponse('**/api/events')
  await tendOn(page, told)
  await asked
  await expect.poll(() => waitingOn(page)).toMatchObject([{ state: 'kept', tries: 2 }])
})

test('a server that shows a proof that does not hold is never believed, and what it has really recorded is let go', async ({
  context,
  told,
}) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const other = await packed(told, donor)
  // A good proof, of another event.
  await context.route('**/api/events/*/proof', async route => {
    const response = await route.fetch({ url: `${told.url}/api/events/${other.head}/proof` })
    await route.fulfill({ response })
  })
  const sent = await signOn(page, deskFor(told, donor), packAct(donor))
  expect(sent.outcome).toBe('recorded')
  await tendOn(page, told)
  await expect
    .poll(() => waitingOn(page))
    .toMatchObject([{ state: 'recorded', alarm: { code: 'tlog-proof-not-included' } }])
  await page.reload()
  expect(await waitingOn(page)).toMatchObject([{ alarm: { code: 'tlog-proof-not-included' } }])
  await context.unroute('**/api/events/*/proof')
  await tendOn(page, told)
  await expect.poll(() => waitingOn(page)).toEqual([])
})

test('on a browser that knows this site’s log, a proof under another key is an alarm', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const publicKey = new Uint8Array(32).fill(7)
  const vkey = formatVkey(noteKey({ name: told.origin, type: TYPE_ED25519, publicKey }))
  await page.evaluate(([host, pin]) => localStorage.setItem(`throughline/pin/v1/${host}`, JSON.stringify(pin)), [
    new URL(told.url).host,
    { origin: told.origin, vkey, checkpointNote: '' },
  ] as const)
  expect((await signOn(page, deskFor(told, donor), packAct(donor))).outcome).toBe('recorded')
  await tendOn(page, told)
  const alarm = { state: 'recorded', alarm: { code: 'note-signer-unknown' } }
  await expect.poll(() => waitingOn(page)).toMatchObject([alarm])
})

test('a first visit holds the site to the log that its first proof was under', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  await signOn(page, deskFor(told, donor), packAct(donor))
  await tendOn(page, told)
  await expect.poll(() => waitingOn(page)).toEqual([])
  const pin = await page.evaluate(() => localStorage.getItem(`throughline/pin/v1/${location.host}`))
  expect(JSON.parse(pin ?? '{}')).toMatchObject({ origin: told.origin, vkey: told.vkey })
})

test('a record that is not in the log after a minute is sent again', async ({ context, told }) => {
  const { donor } = told.story.cast
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  await page.clock.install()
  await context.route('**/api/events/*/proof', route => route.fulfill({ status: 404, json: { code: 'unknown-event' } }))
  const sent = await signOn(page, deskFor(told, donor), packAct(donor))
  expect(sent.outcome).toBe('recorded')
  await tendOn(page, told)
  await page.clock.runFor(30_000)
  await expect.poll(() => waitingOn(page)).toMatchObject([{ state: 'recorded' }])
  const again = page.waitForRequest('**/api/events')
  await page.clock.runFor(60_000)
  expect((await again).postDataJSON()).not.toHaveProperty('mend')
  await context.unroute('**/api/events/*/proof')
  await page.clock.runFor(60_000)
  await expect.poll(() => waitingOn(page)).toEqual([])
})

test('at the form what would no longer take effect is asked to be mended, and can be signed anew', async ({
  context,
  told,
}) => {
  const { donor, hospital, clinic } = told.story.cast
  const desk = deskFor(told, donor)
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const { id, head } = await packed(told, donor)
  const { kind, body } = releaseAct({ id, after: head, to: clinic, quantity: 480 })
  const meanwhile = await sign(told, { actor: donor, id, kind, body, after: head })
  await send(told.url, bodyOf(meanwhile))

  const stale = releaseAct({ id, after: head, to: hospital, quantity: 300 })
  const asked = page.waitForRequest('**/api/events')
  const refused = { outcome: 'refused', code: 'behind-head', head: meanwhile.hash }
  expect(await signOn(page, desk, stale)).toEqual(refused)
  expect((await asked).postDataJSON()).toHaveProperty('mend', true)
  expect(await waitingOn(page)).toEqual([])
  // The place is free again: the same form may be tried once more.
  expect(await signOn(page, desk, stale)).toEqual(refused)
})

test('what was kept and sent later goes as it was signed, without asking to mend', async ({ context, told }) => {
  const { donor, hospital, clinic } = told.story.cast
  const desk = deskFor(told, donor)
  const page = await openDevice(context, told)
  await enrolDevice(page, told, donor)
  const { id, head } = await packed(told, donor)
  await context.setOffline(true)
  expect((await signOn(page, desk, releaseAct({ id, after: head, to: hospital, quantity: 300 }))).outcome).toBe('kept')
  const { kind, body } = releaseAct({ id, after: head, to: clinic, quantity: 480 })
  await send(told.url, bodyOf(await sign(told, { actor: donor, id, kind, body, after: head })))
  await context.setOffline(false)
  const answered = page.waitForResponse('**/api/events')
  await tendOn(page, told)
  const response = await answered
  expect(response.request().postDataJSON()).not.toHaveProperty('mend')
  expect(response.status()).toBe(201)
  expect(await response.json()).toMatchObject({ inEffect: false, reason: 'quantity-not-free' })
  await expect.poll(() => waitingOn(page)).toEqual([])
})

test('what the log refuses later stays in sight until it is dismissed, with all that was signed upon it', async ({
  context,
  told,
}) => {
  const { carrierA } = told.story.cast
  const desk = deskFor(told, carrierA)
  const page = await openDevice(context, told)
  const { key, head } = await enrolDevice(page, told, carrierA)
  await context.setOffline(true)
  const act = packAct(carrierA)
  const first = await signOn(page, desk, act)
  if (first.outcome !== 'kept') throw new Error(first.outcome)
  const lines = [{ id: '2', item: 'Tarpaulins', unit: 'piece' as const, quantity: '40' }]
  const upon = { ...act, after: first.hash, body: { lines } }
  expect((await signOn(page, desk, upon as unknown as typeof act)).outcome).toBe('kept')
  const revocation = {
    actor: carrierA,
    about: 'key',
    id: key,
    kind: 'revoke',
    after: head,
    body: { reason: 'lost' },
  } as const
  expect((await send(told.url, bodyOf(await sign(told, revocation)))).status).toBe(201)
  await context.setOffline(false)
  await tendOn(page, told)
  const refused = { state: 'refused', refused: { code: 'key-revoked' } }
  await expect.poll(() => waitingOn(page)).toMatchObject([refused, refused])
  await page.evaluate(hash => device.dismiss(hash), first.hash)
  expect(await waitingOn(page)).toMatchObject([refused])
})
