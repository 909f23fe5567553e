import { expect } from '@playwright/test'
import type { Actor } from '../lib/cli/scribe.ts'
import { base64Decode } from '../lib/core/bytes.ts'
import { formatEventText } from '../lib/core/custody/event.ts'
import { parseReference } from '../lib/core/custody/reference.ts'
import { formatJson, type JsonObject } from '../lib/core/json.ts'
import { type Answer, bodyOf, eventOf, expectRefused, packing, send, sign, signText, textOf } from './events.fixture.ts'
import { recordedEvents } from './recorded.fixture.ts'
import { health, type Told } from './server.fixture.ts'
import { test } from './story.fixture.ts'

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

/** Signs a draft past the limit that our own signing would not pass. */
async function signUnchecked(told: Told, draft: Parameters<typeof eventOf>[1]): Promise<string> {
  return signText(formatEventText(eventOf(told, draft)), draft.actor, { origin: told.origin })
}

test.describe('what no event can be', () => {
  test.afterEach(async ({ told }) => {
    expect((await health(told.url)).isReady, 'and the log goes on').toBe(true)
  })

  test('a body that is too large, of another type, or no submission', async ({ told }) => {
    const { url } = told
    const before = await recordedEvents(url)
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
    expect(await recordedEvents(url)).toBe(before)
  })

  test('a record that is too large, unsigned, signed twice, by another name, or badly', async ({ told }) => {
    const { url, origin } = told
    const { donor, hospital } = told.story.cast
    const before = await recordedEvents(url)
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
    expect(await recordedEvents(url)).toBe(before)
    expect((await send(url, bodyOf(good))).status, 'the good one is taken').toBe(201)
  })

  test('a statement that is not canonical, has unknown members, or text that may not be signed', async ({ told }) => {
    const { donor } = told.story.cast
    const before = await recordedEvents(told.url)
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
    expect(await recordedEvents(told.url)).toBe(before)
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
