import { expect } from '@playwright/test'
import type { Actor } from '../lib/cli/scribe.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { enrolMessage } from '../lib/core/custody/claims.ts'
import { keptKey } from '../lib/data/kept-keys.ts'
import { signNatively } from '../lib/data/sign.ts'
import { bodyOf, type Draft, expectRefused, packing, send, sign } from './events.fixture.ts'
import { recordedEvents } from './recorded.fixture.ts'
import { verdict } from './report.fixture.ts'
import { random, type Told, untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

/** Newest event of the draft's subject, as the server says it to someone who follows an unknown one. */
async function headOf(told: Told, draft: Draft): Promise<string> {
  const { body } = await send(told.url, bodyOf(await sign(told, { ...draft, after: 'ab'.repeat(32) })))
  return body.head as string
}

test.describe('what the log as it stands does not take', () => {
  test('sent again it is answered with the same place, also after its key was revoked', async ({ fresh }) => {
    const { url } = fresh
    const { carrierA, driver } = fresh.story.cast
    const signed = await sign(fresh, packing(driver).draft)
    const first = await send(url, bodyOf(signed))
    expect(first).toMatchObject({ status: 201, body: { inEffect: true, eventHash: signed.hash } })
    const recorded = await recordedEvents(url)
    const again = await send(url, bodyOf(signed))
    expect(again).toMatchObject({ status: 200, body: { index: first.body.index, inEffect: true } })
    expect(await recordedEvents(url)).toBe(recorded)

    const revoke = {
      actor: carrierA,
      about: 'key',
      id: driver.key.key,
      kind: 'revoke',
      body: { reason: 'lost' },
    } as const
    const after = await headOf(fresh, revoke)
    expect(await send(url, bodyOf(await sign(fresh, { ...revoke, after })))).toMatchObject({
      status: 201,
      body: { inEffect: true },
    })
    expectRefused(await send(url, bodyOf(await sign(fresh, packing(driver).draft))), 403, 'key-revoked')
    expect(await send(url, bodyOf(signed))).toMatchObject({ status: 200, body: { index: first.body.index } })
  })

  test('what follows an unknown record, founds twice, or is behind the head, with the head to mend it by', async ({
    fresh,
  }) => {
    const { url } = fresh
    const { donor, hospital, carrierA, carrierB } = fresh.story.cast
    const { id, draft } = packing(donor, { consignee: hospital })
    const packed = await sign(fresh, draft)
    expect((await send(url, bodyOf(packed))).status).toBe(201)
    const lines = [{ line: '1', condition: 'sound', quantity: '480' }]
    const releaseTo = (taker: Actor, after: string) =>
      sign(fresh, { actor: donor, id, kind: 'release', body: { to: { party: taker.reference }, lines }, after })
    const unknown = await send(url, bodyOf(await releaseTo(carrierA, 'ab'.repeat(32))))
    expectRefused(unknown, 409, 'unknown-after')
    expect(unknown.body.head).toBe(packed.hash)
    const twice = await send(
      url,
      bodyOf(await sign(fresh, { ...draft, body: { ...draft.body, consignee: carrierA.reference } })),
    )
    expectRefused(twice, 409, 'founded')
    expect(twice.body.head).toBe(packed.hash)

    const released = await releaseTo(carrierA, packed.hash)
    expect(await send(url, bodyOf(released))).toMatchObject({ status: 201, body: { inEffect: true } })
    expectRefused(await send(url, bodyOf(await releaseTo(carrierB, released.hash))), 422, 'quantity-not-free')
    const late = await releaseTo(carrierB, packed.hash)
    const behind = await send(url, { ...bodyOf(late), mend: true })
    expectRefused(behind, 409, 'behind-head')
    expect(behind.body.head).toBe(released.hash)
    expect(await send(url, bodyOf(late)), 'handed over offline it is not lost').toMatchObject({
      status: 201,
      body: { inEffect: false },
    })
  })

  test('a line nobody packed, a party without standing, a key nobody enrolled', async ({ fresh }) => {
    const { url } = fresh
    const { donor, hospital, clinic, carrierA } = fresh.story.cast
    const { id, draft } = packing(donor, { consignee: hospital })
    const packed = await sign(fresh, draft)
    await send(url, bodyOf(packed))
    const lines = [{ line: '7', condition: 'sound', quantity: '1' }]
    const release = { id, kind: 'release', body: { to: { party: carrierA.reference }, lines }, after: packed.hash }
    expectRefused(await send(url, bodyOf(await sign(fresh, { ...release, actor: donor }))), 422, 'line-unknown')
    expectRefused(await send(url, bodyOf(await sign(fresh, { ...release, actor: clinic }))), 422, 'not-holder')
    const given = { ...release, body: { ...release.body, lines: [{ ...lines[0], line: '1' }] } }
    expect((await send(url, bodyOf(await sign(fresh, { ...given, actor: donor })))).status).toBe(201)
    expectRefused(await send(url, bodyOf(await sign(fresh, { ...release, actor: clinic }))), 422, 'no-standing')
    const stranger = { reference: donor.reference, key: keptKey({ ...donor.key, seed: random(32) }) }
    expectRefused(await send(url, bodyOf(await sign(fresh, packing(stranger).draft))), 403, 'key-unknown')
    const impostor = { reference: clinic.reference, key: donor.key }
    expectRefused(await send(url, bodyOf(await sign(fresh, packing(impostor).draft))), 403, 'key-party')
  })

  test('anything by a suspended party, until it is resumed', async ({ fresh }) => {
    const { url } = fresh
    const { operator, clinic } = fresh.story.cast
    const party = { actor: operator, about: 'party', id: clinic.reference } as const
    const draft = { ...party, kind: 'suspend', body: { reason: 'compromised' } }
    const registered = await headOf(fresh, draft)
    const suspend = await sign(fresh, { ...draft, after: registered })
    expect((await send(url, bodyOf(suspend))).status).toBe(201)
    expectRefused(await send(url, bodyOf(await sign(fresh, packing(clinic).draft))), 403, 'party-suspended')
    const resumeAfter = (after: string) => sign(fresh, { ...party, kind: 'resume', body: {}, after })
    const stale = await send(url, bodyOf(await resumeAfter(registered)))
    expectRefused(stale, 409, 'not-head')
    expect(stale.body.head).toBe(suspend.hash)
    const resume = await resumeAfter(suspend.hash)
    expect((await send(url, bodyOf(resume))).status).toBe(201)
    expect((await send(url, bodyOf(await sign(fresh, packing(clinic).draft)))).status).toBe(201)
  })

  test('a key that did not sign for itself, and one enrolled before', async ({ fresh }) => {
    const { url, origin } = fresh
    const { donor, hospital } = fresh.story.cast
    const enrol = (seed: Uint8Array, message: string) => {
      const { key, publicKey } = keptKey({ ...donor.key, seed })
      const proof = hexEncode(signNatively({ seed, message: utf8Encode(message) }))
      const body = { party: donor.reference, publicKey: hexEncode(publicKey), role: 'member', held: 'device', proof }
      return sign(fresh, { actor: donor, about: 'key', id: key, kind: 'enrol', body })
    }
    const message = enrolMessage({ origin, party: donor.reference, role: 'member' })
    const stolen = enrolMessage({ origin, party: hospital.reference, role: 'member' })
    const seed = random(32)
    expectRefused(await send(url, bodyOf(await enrol(seed, stolen))), 422, 'key-proof')
    expect((await send(url, bodyOf(await enrol(seed, message)))).status).toBe(201)
    expectRefused(await send(url, bodyOf(await enrol(hospital.key.seed, message))), 409, 'founded')
  })
})

test('a clock that is wrong is recorded, and both clocks are shown', async ({ page, fresh }) => {
  const { id, draft } = packing(fresh.story.cast.donor)
  const ahead = await sign(fresh, { ...draft, at: '2031-01-01T09:00:00+02:00' })
  expect(await send(fresh.url, bodyOf(ahead))).toMatchObject({ status: 201, body: { inEffect: true } })
  await untilSealed(fresh.url)
  await page.goto(labelOf(fresh, id))
  const packed = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Packed by Harbour Relief' }) })
  await expect(packed).toContainText('2031')
  await expect(packed).toContainText(/the signer’s clock was .* ahead of the log/)
  await expect(packed).toContainText(`recorded`)
  await expect(packed).toContainText(String(new Date().getUTCFullYear()))
  await expect(verdict(page)).toContainText('Checked by your browser')
})

test('who sends nothing but refusals is told to wait, and what others signed well is still taken', async ({
  fresh,
}) => {
  const { url } = fresh
  const refused = await Promise.all(Array.from({ length: 700 }, () => send(url, { event: 'x' })))
  const statuses = new Set(refused.map(answer => answer.status))
  expect(statuses).toEqual(new Set([422, 429]))
  const last = await send(url, { event: 'x' })
  expectRefused(last, 429, 'too-many-requests')
  expect(Number(last.retryAfter)).toBeGreaterThan(0)
  const { recorded } = await untilSealed(url)
  expect(recorded).toBeGreaterThan(0)
  const elsewhere = { 'x-forwarded-for': '192.0.2.7' }
  const signed = await sign(fresh, packing(fresh.story.cast.donor).draft)
  expect(await send(url, bodyOf(signed), elsewhere)).toMatchObject({ status: 201, body: { index: recorded } })
})
