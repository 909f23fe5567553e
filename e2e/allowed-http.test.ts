import { expect } from '@playwright/test'
import { addKey } from '../lib/cli/founding.ts'
import type { Actor } from '../lib/cli/scribe.ts'
import { base64Encode, utf8Encode } from '../lib/core/bytes.ts'
import { mayAct } from '../lib/core/custody/allowed.ts'
import type { KindOf } from '../lib/core/custody/kinds.ts'
import { ACTS, AFTER_A_STRAY, CLAIMS, type Claims, type Column, STATES } from './allowed.fixture.ts'
import { bodyOf, expectRefused, send, sign } from './events.fixture.ts'
import type { Founded } from './founded.fixture.ts'
import { actOf, type History, historyOf, releaseOf, tryAct } from './histories.fixture.ts'
import { test } from './people.fixture.ts'
import { health, untilSealed } from './server.fixture.ts'

const COLUMNS = Object.keys(CLAIMS.packed.pack) as readonly Column[]

/** Every cell of one state: those refused on one consignment, which must stay as it is; each that is recorded on its own. */
async function tryAll(founded: Founded, claims: Claims, fresh: () => Promise<History>, address: string) {
  const shared = await fresh()
  // From here on nothing but a record makes the log longer.
  const { recorded } = await untilSealed(founded.url)
  const answers: Record<string, Record<string, string>> = {}
  const cells = ACTS.flatMap(act => COLUMNS.map(column => ({ act, column, claim: claims[act][column] })))
  const tell = ({ act, column }: (typeof cells)[number], answer: Awaited<ReturnType<typeof tryAct>>) => {
    const { status, body } = answer
    const said =
      status === 201
        ? body.inEffect
          ? 'yes'
          : `kept: ${body.reason}`
        : status === 422
          ? body.code
          : `${status} ${body.code}`
    answers[act] = { ...answers[act], [column]: said ?? '' }
  }
  const isRefused = (claim: string) => claim !== 'yes' && !claim.startsWith('kept')
  for (const cell of cells.filter(each => isRefused(each.claim)))
    tell(cell, await tryAct(founded, shared, actOf(founded, shared, cell.act, founded.cast[cell.column]), address))
  expect((await health(founded.url)).recorded, 'what is refused is not recorded').toBe(recorded)
  for (const cell of cells.filter(each => !isRefused(each.claim))) {
    const own = await fresh()
    tell(cell, await tryAct(founded, own, actOf(founded, own, cell.act, founded.cast[cell.column]), address))
  }
  expect(answers).toEqual(claims)
  return shared
}

for (const [place, name] of STATES.entries()) {
  test(`${name}: every act by every party is taken or refused as the table says`, async ({ founded }) => {
    const claims: Claims = CLAIMS[name]
    const history = await tryAll(founded, claims, () => historyOf(founded, name), `198.51.100.${place}`)
    // The reason on a form's button is never stricter than the log, and where it disables, it says what the log says.
    for (const act of ACTS) {
      const kind = actOf(founded, history, act, founded.cast.donor).kind as Exclude<KindOf<'consignment'>, 'restate'>
      for (const column of COLUMNS) {
        const may = mayAct({ state: history.state, kind, party: founded.cast[column].reference })
        const claim = claims[act][column]
        if (claim === 'yes') expect(may, `${act} by ${column}`).toEqual({ ok: true, value: true })
        else if (!may.ok && !['receive', 'refuse', 'withdraw', 'settle', 'correct'].includes(kind))
          expect(may.code, `${act} by ${column}`).toBe(claim)
      }
    }
  })
}

test('after a record that is not in effect, what does not hold is kept where its party has standing', async ({
  founded,
}) => {
  await tryAll(founded, AFTER_A_STRAY, () => historyOf(founded, 'after a stray'), '198.51.100.100')
})

test('a suspended party signs nothing, is offered nothing, and what was offered to it is withdrawn', async ({
  founded,
}) => {
  const { operator, donor, carrierB } = founded.cast
  const packed = await historyOf(founded, 'packed')
  const to = { party: carrierB.reference }
  const offer = await sign(founded, {
    id: packed.id,
    after: packed.hashes[0] as string,
    ...releaseOf(donor, to, '300'),
  })
  expect((await send(founded.url, bodyOf(offer))).status).toBe(201)
  const party = { actor: operator, about: 'party', id: carrierB.reference } as const
  const registered = (
    await send(founded.url, bodyOf(await sign(founded, { ...party, kind: 'resume', body: {}, after: 'ab'.repeat(32) })))
  ).body.head
  const suspend = await sign(founded, {
    ...party,
    kind: 'suspend',
    body: { reason: 'compromised' },
    after: registered as string,
  })
  expect((await send(founded.url, bodyOf(suspend))).status).toBe(201)

  const offered: History = { ...packed, hashes: [...packed.hashes, offer.hash], release: offer.hash }
  for (const act of ACTS) {
    const answer = await tryAct(founded, offered, actOf(founded, offered, act, carrierB), '198.51.100.101')
    expectRefused(answer, 403, 'party-suspended')
  }
  expectRefused(await tryAct(founded, offered, releaseOf(donor, to, '10'), '198.51.100.101'), 422, 'named-suspended')
  const withdraw = { actor: donor, kind: 'withdraw', body: { release: offer.hash } }
  expect((await tryAct(founded, offered, withdraw, '198.51.100.101')).status).toBe(201)

  const resume = await sign(founded, { ...party, kind: 'resume', body: {}, after: suspend.hash })
  expect((await send(founded.url, bodyOf(resume))).status).toBe(201)
})

test('what a revoked key signed is refused, and an admin’s key of its party alone restates it', async ({ founded }) => {
  const { donor, carrierA } = founded.cast
  const member = await addKey(founded.scribe, { step: `donor member ${Date.now()}`, by: donor })
  const colleague = await addKey(founded.scribe, { step: `donor colleague ${Date.now()}`, by: donor })
  const packed = await historyOf(founded, 'packed')
  const after = packed.hashes[0] as string
  const draft = { id: packed.id, after, ...releaseOf(member, { party: carrierA.reference }, '300') }
  const signed = await sign(founded, draft)
  const live = await sign(founded, { ...draft, actor: colleague })
  await founded.scribe.write({
    step: `revoke ${member.key.key}`,
    actor: donor,
    about: 'key',
    id: member.key.key,
    kind: 'revoke',
    body: { reason: 'lost' },
  })
  const address = '198.51.100.102'
  expectRefused(await send(founded.url, bodyOf(signed), { 'x-forwarded-for': address }), 403, 'key-revoked')
  const restate = (actor: Actor, note: string) =>
    tryAct(founded, packed, { actor, kind: 'restate', body: { note: base64Encode(utf8Encode(note)) } }, address)
  expectRefused(await restate(colleague, signed.note), 422, 'key-role')
  expectRefused(await restate(carrierA, signed.note), 422, 'restate-party')
  expectRefused(await restate(donor, live.note), 422, 'restate-live')
  expect(await restate(donor, signed.note)).toMatchObject({ status: 201, body: { inEffect: true } })
})
