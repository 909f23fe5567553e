import { expect, test } from '@playwright/test'
import { hexEncode, utf8Encode } from '../core/bytes.ts'
import { enrolMessage } from '../core/custody/claims.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { signEd25519 } from '../core/ledger/ed25519.ts'
import { submit } from './append.ts'
import { declineKey, type KeyRequest, keyState, keysOfParty, requestKey } from './device-keys.ts'
import { signedBy } from './key-records.ts'
import { foundedLog, freshSettings, ORIGIN } from './live-log.fixture.ts'
import { addMember } from './members.ts'
import { closeLog } from './open-log.ts'
import { partyRecord } from './parties.ts'

type Founded = Awaited<ReturnType<typeof foundedLog>>

/** A key of this name asks for `party`, properly unless `more` says otherwise. */
function asking(name: string, more: Partial<KeyRequest> & { party: string; origin?: string }) {
  const { seed, publicKey, key } = pairOf(name)
  const role = more.role ?? 'member'
  const message = utf8Encode(enrolMessage({ origin: more.origin ?? ORIGIN, party: more.party, role }))
  const proof = hexEncode(signEd25519({ seed, message }))
  const device = 'Phone at the gate'
  return { key, request: { userId: 'ada', publicKey: hexEncode(publicKey), proof, role, device, ...more } }
}

async function withMember({ log, donor }: Founded) {
  const at = new Date()
  const person = { id: 'ada', name: 'Ada Obi', email: 'ada@example.org', emailVerified: false }
  await log.prisma.user.create({ data: { ...person, createdAt: at, updatedAt: at } })
  await addMember({ userId: 'ada', party: donor.party, role: 'admin' }, log)
}

test('a key that a member asks for waits, with what an admin signs to enrol it, until the log has it', async () => {
  const founded = await foundedLog()
  const { log, live, donor } = founded
  await withMember(founded)
  const { key, request } = asking('phone', { party: donor.party })
  expect(await requestKey(request, log)).toEqual({ ok: true, value: { key } })
  expect(await requestKey({ ...request, device: 'My phone' }, log)).toMatchObject({ ok: true })
  expect(await keyState(key, log)).toBe('waiting')
  const { waiting } = await keysOfParty(donor.party, log)
  expect(waiting).toMatchObject([{ key, device: 'My phone', member: 'Ada Obi', role: 'member', proof: request.proof }])

  // Exactly what the page has the admin sign.
  const [asked] = waiting
  const body = {
    party: donor.party,
    publicKey: asked?.publicKey,
    role: asked?.role,
    held: 'device',
    proof: asked?.proof,
  }
  await live.act({ actor: donor, subject: `key/${key}`, kind: 'enrol', body })
  expect(await keyState(key, log)).toBe('enrolled')
  const { waiting: left, enrolled } = await keysOfParty(donor.party, log)
  expect(left).toEqual([])
  expect(enrolled.map(each => each.key)).toEqual([key, donor.pair.key])
  expect(enrolled[0]).toMatchObject({ member: 'Ada Obi', device: 'My phone', byOperator: false, held: 'device' })
  expect(enrolled[1]).toMatchObject({ byOperator: true, role: 'admin' })
  expect(enrolled[1]).not.toHaveProperty('member')
  await closeLog(log)
})

test('what the log would refuse about a key is refused before an admin signs for it', async () => {
  const { log, donor, recipient } = await foundedLog()
  const good = asking('phone', { party: donor.party }).request
  const refused = async (request: KeyRequest & { origin?: string }) => {
    const asked = await requestKey(request, log)
    return asked.ok ? 'taken' : asked.code
  }
  expect(await refused({ ...good, party: recipient.party })).toBe('key-proof')
  expect(await refused({ ...good, role: 'admin' })).toBe('key-proof')
  expect(await refused(asking('phone', { party: donor.party, origin: 'elsewhere.example/log' }).request)).toBe(
    'key-proof',
  )
  expect(await refused({ ...good, proof: '00'.repeat(64) })).toBe('key-proof')
  expect(await refused({ ...good, publicKey: `01${'00'.repeat(31)}` })).toBe('key-unsound')
  expect(await refused({ ...good, publicKey: good.publicKey.toUpperCase() })).toBe('key-malformed')
  expect(await refused({ ...good, proof: '' })).toBe('key-malformed')
  expect(await refused({ ...good, device: '' })).toBe('device-malformed')
  expect(await refused({ ...good, device: 'x'.repeat(61) })).toBe('device-malformed')
  expect(await refused(asking('recipient', { party: donor.party }).request)).toBe('key-taken')
  expect(await keysOfParty(donor.party, log)).toMatchObject({ waiting: [] })
  await closeLog(log)
})

test('a key belongs to who asked first; a declined one stays declined; nobody floods the admin', async () => {
  const { log, donor } = await foundedLog()
  const { key, request } = asking('phone', { party: donor.party })
  await requestKey(request, log)
  expect(await requestKey({ ...request, userId: 'eve' }, log)).toMatchObject({ ok: false, code: 'key-taken' })
  expect(await declineKey({ party: donor.party, key, userId: 'eve' }, log)).toBe(false)
  expect(await declineKey({ party: donor.party, key }, log)).toBe(true)
  expect(await declineKey({ party: donor.party, key }, log)).toBe(false)
  expect(await keyState(key, log)).toBe('declined')
  expect(await requestKey(request, log)).toMatchObject({ ok: false, code: 'key-declined' })
  for (const name of ['1', '2', '3', '4', '5']) {
    expect(await requestKey(asking(name, { party: donor.party }).request, log)).toMatchObject({ ok: true })
  }
  const sixth = asking('6', { party: donor.party }).request
  expect(await requestKey(sixth, log)).toMatchObject({ ok: false, code: 'key-too-many' })
  expect(await requestKey({ ...sixth, userId: 'eve' }, log)).toMatchObject({ ok: true })
  expect(await declineKey({ party: donor.party, key: donor.pair.key }, log)).toBe(false)
  expect(await keyState(donor.pair.key, log)).toBe('enrolled')
  expect(await keyState('00'.repeat(16), log)).toBe('unknown')
  await closeLog(log)
})

test('a party’s keys say when, by whom and why, and what a doubted key signed last', async () => {
  const { log, live, donor } = await foundedLog(freshSettings(), { index: false })
  const since = (await keysOfParty(donor.party, log)).enrolled[0]?.enrolled.leafIndex ?? 0
  for (const name of ['one', 'two', 'three']) {
    const { subject, note, openings, hash } = await live.packing(donor, name)
    live.append({ note, subject, hash })
    await submit({ note, openings }, log)
  }
  const signed = await signedBy({ key: donor.pair.key, since, limit: 2 }, log)
  expect(signed.map(each => [each.leafIndex, each.kind])).toEqual([
    [10, 'pack'],
    [9, 'pack'],
  ])
  const operator = live.operator
  const party = `party/${donor.party}`
  await live.act({ actor: operator, subject: party, kind: 'suspend', body: { reason: 'compromised' } })
  expect(await partyRecord(donor.party, log)).toMatchObject({
    isSuspended: true,
    name: 'Nordic Relief',
    registered: { leafIndex: 4 },
    suspended: { leafIndex: 11, reason: 'compromised' },
    head: live.heads.get(party),
  })
  const body = { reason: 'stolen', from: '9' }
  await live.act({ actor: operator, subject: `key/${donor.pair.key}`, kind: 'revoke', body })
  await live.act({ actor: operator, subject: party, kind: 'resume', body: {} })
  const [record] = (await keysOfParty(donor.party, log)).enrolled
  expect(record?.revoked).toMatchObject({ leafIndex: 12, reason: 'stolen', from: 9, byOperator: true })
  expect(record?.head).toBe(live.heads.get(`key/${donor.pair.key}`))
  expect(await partyRecord(donor.party, log)).not.toHaveProperty('suspended')
  expect(await partyRecord('00000000000', log)).toBeUndefined()
  await closeLog(log)
})
