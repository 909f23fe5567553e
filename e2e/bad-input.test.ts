import { expect } from '@playwright/test'
import { signNatively } from '../lib/cli/ed25519.ts'
import { keptKey } from '../lib/cli/keys.ts'
import type { Actor } from '../lib/cli/scribe.ts'
import { base64Decode, hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { enrolMessage } from '../lib/core/custody/claims.ts'
import { formatEventText } from '../lib/core/custody/event.ts'
import { parseReference } from '../lib/core/custody/reference.ts'
import { formatJson, type JsonObject } from '../lib/core/json.ts'
import { type Answer, bodyOf, type Draft, eventOf, packing, send, sign, signText, textOf } from './events.fixture.ts'
import { verdict } from './report.fixture.ts'
import { health, random, type Told, untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

/** Every refusal looks alike. */
function expectRefused(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
  expect(answer.body.message, 'a plain sentence').toMatch(/^[A-Z][^{}]+[.!?]$/)
  expect(answer.body.detail).toEqual(expect.any(String))
}

/** Sends the JSON of an event with something spoilt, signed as well as ever: only what it says is wrong. */
async function sendSpoilt(told: Told, actor: Actor, spoil: (text: string) => string): Promise<Answer> {
  const text = textOf((await sign(told, packing(actor).draft)).note)
  const spoilt = spoil(text)
  return send(told.url, { event: signText(spoilt, actor, { origin: spoilt.split('\n')[1] as string }) })
}

/** Sends a pack whose members were changed before it was signed, in canonical spelling. */
function sendChanged(told: Told, actor: Actor, change: (event: JsonObject) => JsonObject): Promise<Answer> {
  return sendSpoilt(told, actor, text => {
    const [header, origin, json] = text.split('\n') as [string, string, string]
    const event = JSON.parse(json) as JsonObject
    return `${header}\n${origin}\n${formatJson({ ...event, ...change(event) })}\n`
  })
}

test.describe('what no event can be', () => {
  test.afterEach(async ({ told }) => {
    expect((await health(told.url)).isReady, 'and the log goes on').toBe(true)
  })

  test('a body that is too large, of another type, or no submission', async ({ told }) => {
    const { url } = told
    const before = await health(url)
    expectRefused(await send(url, { event: 'x'.repeat(200 * 1024) }), 413, 'body-too-large')
    expectRefused(await send(url, '{"event":"x"}', { 'content-type': 'text/plain' }), 415, 'body-type')
    expectRefused(
      await send(url, '{"event":"x"}', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'body-type',
    )
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"event"',
      '{}',
      '{"event":1}',
      '{"event":"x","extra":1}',
      '{"event":"x","mend":1}',
    ]) {
      expectRefused(await send(url, body), 422, 'body-malformed')
    }
    expectRefused(await send(url, new Uint8Array([0x7b, 0xff, 0x7d])), 422, 'body-malformed')
    expectRefused(await send(url, '{"event":"\\ud800"}'), 422, 'text-malformed')
    expect((await health(url)).recorded).toBe(before.recorded)
  })

  test('a record that is too large, unsigned, signed twice, by another name, or badly', async ({ told }) => {
    const { url, origin } = told
    const { donor, hospital } = told.story.cast
    const before = await health(url)
    const good = await sign(told, packing(donor).draft)
    const text = textOf(good.note)
    const line = good.note.slice(text.length + 1)
    const other = signText(text, hospital, { origin }).slice(text.length + 1)
    const long = packing(donor, {
      lines: Array.from({ length: 120 }, (_, n) => ({
        id: String(n + 1),
        item: 'x'.repeat(150),
        unit: 'box',
        quantity: '1',
      })),
    })
    expectRefused(await send(url, { event: await signUnchecked(told, long.draft) }), 413, 'event-too-large')
    expectRefused(await send(url, { event: 'hello' }), 422, 'signature-count')
    expectRefused(await send(url, { event: text }), 422, 'signature-count')
    expectRefused(await send(url, { event: `${good.note}${other}` }), 422, 'signature-count')
    expectRefused(await send(url, { event: `${good.note}${line}` }), 422, 'signature-count')
    expectRefused(await send(url, { event: signText(text, hospital, { origin }) }), 422, 'signature-name')
    const byOther = signText(text, hospital, { origin, name: `${origin}/key/${donor.key.key}` })
    expectRefused(await send(url, { event: byOther }), 422, 'signature-key-id')
    const signature = line.trim().split(' ').at(-1) as string
    const bytes = base64Decode(signature) as Uint8Array
    bytes[40] = (bytes[40] as number) ^ 1
    const damaged = good.note.replace(signature, Buffer.from(bytes).toString('base64'))
    expectRefused(await send(url, { event: damaged, openings: good.openings }), 422, 'signature-wrong')
    expect((await health(url)).recorded).toBe(before.recorded)
    expect((await send(url, bodyOf(good))).status, 'the good one is taken').toBe(201)
  })

  test('a statement that is not canonical, has unknown members, or text that may not be signed', async ({ told }) => {
    const { donor } = told.story.cast
    const before = await health(told.url)
    const line = (more: JsonObject) => ({ id: '1', item: 'Tents', unit: 'tent', quantity: '4', ...more })
    const withLine = (more: JsonObject) => (event: JsonObject) => ({
      body: { ...(event.body as JsonObject), lines: [line(more)] },
    })
    expectRefused(
      await sendSpoilt(told, donor, text => text.replace('{"after"', '{ "after"')),
      422,
      'json-not-canonical',
    )
    expectRefused(
      await sendSpoilt(told, donor, text => text.replace('"unit":"box"', '"unit":"box","unit":"box"')),
      422,
      'json-not-canonical',
    )
    expectRefused(
      await sendSpoilt(told, donor, text => text.replace('"unit":"box"', '"unit":null')),
      422,
      'json-malformed',
    )
    expectRefused(await sendSpoilt(told, donor, text => text.replace('masks', '\\ud83d')), 422, 'json-malformed')
    expectRefused(
      await sendSpoilt(told, donor, text => text.replace(/"v":"1"/, '"v":"1","w":"1"')),
      422,
      'member-unknown',
    )
    const newer = (text: string) => text.replace('/v1\n', '/v2\n').replace(/"v":"1"/, '"v":"2"')
    expectRefused(await sendSpoilt(told, donor, newer), 422, 'version-unknown')
    expectRefused(await sendSpoilt(told, donor, text => text.replace('/v1\n', '/v2\n')), 422, 'event-malformed')
    expectRefused(
      await sendSpoilt(told, donor, text => text.replace('"kind":"pack"', '"kind":"teleport"')),
      422,
      'kind-unknown',
    )
    expectRefused(
      await sendSpoilt(told, donor, text => text.replace(told.origin, 'demo.invalid/other')),
      422,
      'origin-mismatch',
    )
    expectRefused(await sendChanged(told, donor, withLine({ colour: 'red' })), 422, 'member-unknown')
    expectRefused(await sendChanged(told, donor, withLine({ item: 'Tents\u202egnp.exe' })), 422, 'text-malformed')
    expectRefused(await sendChanged(told, donor, withLine({ item: 'Te\u0301nts' })), 422, 'text-malformed')
    expectRefused(await sendChanged(told, donor, withLine({ item: 'Tents\u0000' })), 422, 'text-malformed')
    expectRefused(await sendChanged(told, donor, withLine({ quantity: '-4' })), 422, 'quantity-malformed')
    expectRefused(await sendChanged(told, donor, withLine({ quantity: '0' })), 422, 'quantity-malformed')
    expectRefused(await sendChanged(told, donor, withLine({ quantity: '4.5' })), 422, 'quantity-malformed')
    expectRefused(await sendChanged(told, donor, withLine({ quantity: '1000000000000' })), 422, 'quantity-overflow')
    expectRefused(await sendChanged(told, donor, withLine({ unit: 'dozen' })), 422, 'unit-unknown')
    expectRefused(await sendChanged(told, donor, () => ({ at: '2026-02-30T09:00:00+01:00' })), 422, 'time-malformed')
    expectRefused(
      await sendChanged(told, donor, () => ({ place: { country: 'MZ', lat: '-19.85', lon: '34.8' } })),
      422,
      'place-malformed',
    )
    expect((await health(told.url)).recorded).toBe(before.recorded)
  })

  test('a reference with a wrong character, or one that its party did not make', async ({ told }) => {
    const { donor } = told.story.cast
    const { id } = packing(donor)
    const wrong = `${id.slice(0, 10)}${id.endsWith('0') ? '1' : '0'}`
    expect(parseReference(wrong)).toMatchObject({ ok: false, code: 'reference-check' })
    expectRefused(await sendChanged(told, donor, () => ({ subject: `consignment/${wrong}` })), 422, 'reference-check')
    expectRefused(
      await sendChanged(told, donor, event => ({ body: { ...(event.body as JsonObject), consignee: wrong } })),
      422,
      'reference-check',
    )
    const other = packing(donor).id
    expectRefused(
      await sendChanged(told, donor, () => ({ subject: `consignment/${other}` })),
      422,
      'reference-not-derived',
    )
  })

  test('an opening that does not fit what was sealed', async ({ told }) => {
    const { donor } = told.story.cast
    const signed = await sign(told, packing(donor, { sealed: { place: 'Warehouse 3' } }).draft)
    const place = signed.openings.place as { salt: string; value: string }
    const post = (openings: unknown) => send(told.url, { event: signed.note, openings })
    expectRefused(await post({ place: { ...place, value: 'Warehouse 4' } }), 422, 'opening-mismatch')
    expectRefused(await post({ place, remark: place }), 422, 'opening-unknown')
    expect(await post({ place })).toMatchObject({ status: 201 })
  })
})

test.describe('what the log as it stands does not take', () => {
  test('sent again it is answered with the same place, also after its key was revoked', async ({ fresh }) => {
    const { url } = fresh
    const { carrierA, driver } = fresh.story.cast
    const signed = await sign(fresh, packing(driver).draft)
    const first = await send(url, bodyOf(signed))
    expect(first).toMatchObject({ status: 201, body: { inEffect: true, eventHash: signed.hash } })
    const { recorded } = await health(url)
    const again = await send(url, bodyOf(signed))
    expect(again).toMatchObject({ status: 200, body: { index: first.body.index, inEffect: true } })
    expect((await health(url)).recorded).toBe(recorded)

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
  const { recorded } = await health(url)
  expect(recorded).toBeGreaterThan(0)
  const elsewhere = { 'x-forwarded-for': '192.0.2.7' }
  const signed = await sign(fresh, packing(fresh.story.cast.donor).draft)
  expect(await send(url, bodyOf(signed), elsewhere)).toMatchObject({ status: 201, body: { index: recorded } })
})

/** Newest event of the draft's subject, as the server says it to someone who follows an unknown one. */
async function headOf(told: Told, draft: Draft): Promise<string> {
  const { body } = await send(told.url, bodyOf(await sign(told, { ...draft, after: 'ab'.repeat(32) })))
  return body.head as string
}

/** Signs a draft past the limit that our own signing would not pass. */
async function signUnchecked(told: Told, draft: Parameters<typeof eventOf>[1]): Promise<string> {
  return signText(formatEventText(eventOf(told, draft)), draft.actor, { origin: told.origin })
}
