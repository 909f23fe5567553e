import { expect, test } from '@playwright/test'
import webPush from 'web-push'
import { browsersOf, keepBrowser } from '../data/push-subscriptions.ts'
import { deliverDue } from './deliver.ts'
import { deliveriesIn, endPosts, MINUTE, noticingLog, outletOf } from './notices.fixture.ts'
import { sendPush } from './push.ts'
import { startPushService } from './push-service.fixture.ts'

test.afterAll(endPosts)

/** A member of the recipient with a browser that takes push, and no letters. */
async function pushing() {
  const noticing = await noticingLog()
  const { log, member, recipient, clock } = noticing
  const service = await startPushService()
  const sender = {
    keys: webPush.generateVAPIDKeys(),
    contact: 'mailto:log@relief.example.org',
    hosts: [service.origin],
  }
  const userId = await member('Ana', 'admin', recipient.party)
  await keepBrowser({ ...service.browser, userId, party: recipient.party, locale: 'en' }, log)
  clock.now += MINUTE
  const outlet = outletOf(log, undefined, sender)
  return { ...noticing, service, sender, userId, push: () => deliverDue(outlet) }
}

test('a browser is told the kind and the reference alone, encrypted for it and signed by the server', async () => {
  const { log, service, sender, hand, push } = await pushing()
  const { reference } = await hand('one')
  await push()
  const pushed = await service.untilPushed()
  expect(pushed.message).toMatchObject({
    title: 'Goods were handed over to us',
    body: reference,
    lang: 'en',
    dir: 'ltr',
  })
  expect(pushed.message.path).toMatch(/^\/consignments\/\w{11}\/receive\?/)
  expect(JSON.stringify(pushed.message)).not.toMatch(/Tent|Nordic/)
  expect(pushed.key).toBe(sender.keys.publicKey)
  expect(pushed.claims).toMatchObject({ aud: service.origin, sub: 'mailto:log@relief.example.org' })
  expect(pushed.headers.topic).toBe(pushed.message.tag)
  expect(await deliveriesIn(log)).toEqual(['coming push: sent'])
  await service.stop()
})

test('a push service that is down is tried again; a browser that is gone is forgotten', async () => {
  const { log, clock, service, userId, hand, push } = await pushing()
  service.answer(503)
  await hand('one')
  await push()
  expect(await deliveriesIn(log)).toEqual(['coming push: due: push-unreachable'])
  service.answer(201)
  clock.now += 2 * MINUTE
  await push()
  expect(await deliveriesIn(log)).toEqual(['coming push: sent'])
  expect(service.taken).toHaveLength(1)
  service.answer(410)
  await hand('two')
  await push()
  expect((await deliveriesIn(log)).at(-1)).toBe('coming push: gave-up: push-gone')
  expect(await browsersOf(userId, log)).toEqual([])
  await hand('three')
  await push()
  expect(await deliveriesIn(log)).toHaveLength(2)
  await service.stop()
})

test('nothing is posted to an address that is no push service, though it stands in the database', async () => {
  const { service, sender } = await pushing()
  const message = { title: 't', body: '', tag: 'tag', path: '/notices', lang: 'en', dir: 'ltr' } as const
  const answer = await sendPush({ ...sender, hosts: [] }, service.browser, message)
  expect(answer).toEqual({ ok: false, code: 'push-gone', detail: 'no push service' })
  expect(service.taken).toEqual([])
  await service.stop()
})
