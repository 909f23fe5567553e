import { expect } from '@playwright/test'
import { joinParty } from '../lib/cli/founding.ts'
import { createDraft } from '../lib/data/drafts.ts'
import { signInAs, type Who } from './accounts.fixture.ts'
import { fromElsewhere } from './addresses.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { untilSealed } from './server.fixture.ts'

const SECRETS = ['PO 2026-17', 'Leave at the back gate', 'BT 4521', 'Grace Banda'] as const
const ACTS = [
  'release',
  'receive',
  'refuse',
  'withdraw',
  'settle',
  'adjust',
  'write-off',
  'distribute',
  'redirect',
  'correct',
  'pack',
]

const sessions = new Map<string, Promise<string>>()
function sessionOf(url: string, who: Who): Promise<string> {
  const opened = sessions.get(`${url} ${who}`) ?? signInAs(url, who)
  sessions.set(`${url} ${who}`, opened)
  return opened
}

/** A page as this person gets it; redirects are not followed. */
async function getAs(
  peopled: Peopled,
  who: Who | undefined,
  path: string,
): Promise<{ status: number; to: string; text: string }> {
  const cookie = who === undefined ? undefined : await sessionOf(peopled.url, who)
  const response = await fetch(`${peopled.url}${path}`, {
    redirect: 'manual',
    headers: { ...fromElsewhere(), ...(cookie !== undefined && { cookie }) },
  })
  return { status: response.status, to: response.headers.get('location') ?? '', text: await response.text() }
}

/** The donor packs for a person whose name is withheld, and hands 300 to the carrier, with sealed texts in both. */
async function secretive(peopled: Peopled) {
  const { donor, carrierA, operator } = peopled.cast
  const registrant = { name: 'Grace Banda', type: 'person', named: 'withheld' } as const
  const person = await joinParty(peopled.scribe, { step: `person ${Date.now()}`, operator, registrant })
  const { id, draft } = packing(donor, {
    consignee: person,
    sealed: { order: 'PO 2026-17', remark: 'Leave at the back gate' },
  })
  const packed = await sign(peopled, draft)
  expect((await send(peopled.url, bodyOf(packed))).status).toBe(201)
  const lines = [{ line: '1', condition: 'sound', quantity: '300' }]
  const release = await sign(peopled, {
    actor: donor,
    id,
    kind: 'release',
    after: packed.hash,
    body: { to: { party: carrierA.reference }, lines },
    sealed: { vehicle: 'BT 4521' },
  })
  expect((await send(peopled.url, bodyOf(release))).status).toBe(201)
  await untilSealed(peopled.url)
  return { id, release: release.hash, person }
}

test('order numbers, remarks, vehicles and withheld names are read by those who take part, and nowhere by anyone else', async ({
  peopled,
}) => {
  const { id, release, person } = await secretive(peopled)
  for (const who of ['amal', 'vera', 'chipo'] as const) {
    const { status, text } = await getAs(peopled, who, `/consignments/${id}`)
    expect(status, who).toBe(200)
    for (const secret of SECRETS) expect(text, `${who} takes part`).toContain(secret)
  }
  const pages = [
    `/consignments/${id}`,
    ...ACTS.map(act => `/consignments/${id}/${act}`),
    `/consignments/${id}/receive?release=${release}`,
    `/consignments/${id}/waybill?release=${release}`,
    `/consignments/${id}/label`,
    `/consignments/${id}/label.svg`,
    '/consignments?role=all',
    '/consignments?role=all&q=banda',
    '/consignments?role=all&q=2026-17',
    '/today',
    '/parties',
    `/parties/${person.reference}`,
    `/track/${id}`,
    `/api/evidence/${id}`,
    `/api/keys/${person.reference}`,
  ]
  for (const who of ['hana', 'mercy', undefined] as const) {
    for (const path of pages) {
      const { text } = await getAs(peopled, who, path)
      for (const secret of SECRETS) expect(text.includes(secret), `${secret} at ${path} for ${who}`).toBe(false)
    }
  }
})

test('a draft and its label are nobody’s but its party’s, and the public page says only that a label was made', async ({
  peopled,
}) => {
  const content = { order: 'PO 2026-17', lines: [] }
  const { reference } = await createDraft(
    { party: peopled.cast.donor.reference, userId: 'nobody', content },
    peopled.log,
  )
  const own = await getAs(peopled, 'dana', `/consignments/${reference}`)
  expect(own.text).toContain('PO 2026-17')
  expect((await getAs(peopled, 'dana', `/consignments/${reference}/label.svg`)).status).toBe(200)
  for (const who of ['hana', 'olga', undefined] as const) {
    for (const path of [
      `/consignments/${reference}`,
      `/consignments/${reference}/label`,
      `/consignments/${reference}/label.svg`,
      `/track/${reference}`,
    ]) {
      const { text } = await getAs(peopled, who, path)
      expect(text.includes('PO 2026-17'), `${path} for ${who}`).toBe(false)
    }
    const { status } = await getAs(peopled, who, `/consignments/${reference}/label.svg`)
    expect(status).toBe(who === undefined ? 401 : 404)
  }
  expect((await getAs(peopled, undefined, `/track/${reference}`)).text).toContain(
    'A label was made. Nothing is recorded yet.',
  )
})

test('pages of the workspace lead who is signed out to signing in and back, and a stranger of the party to choosing one', async ({
  peopled,
}) => {
  const rooms = ['/today', '/consignments', '/consignments/new', '/scan', '/keys', '/members', '/parties', '/account']
  for (const room of rooms) {
    const out = await getAs(peopled, undefined, room)
    expect([out.status, new URL(out.to, peopled.url).pathname], room).toEqual([307, '/sign-in'])
    expect(new URL(out.to, peopled.url).searchParams.get('next')).toBe(room)
    const elsewhere = await getAs(peopled, 'hana', `${room}?as=${peopled.cast.donor.reference}`)
    expect([elsewhere.status, new URL(elsewhere.to, peopled.url).pathname], room).toEqual([307, '/choose-party'])
    const none = await getAs(peopled, 'nobody', room)
    expect([none.status, new URL(none.to, peopled.url).pathname], room).toEqual([307, '/choose-party'])
  }
  for (const room of ['/keys', '/members', '/today'])
    expect((await getAs(peopled, 'hana', room)).text).not.toContain('Amal Haddad')
})

test('who delivers a signed event does not matter: another party’s session, a viewer’s, none', async ({ peopled }) => {
  const { donor } = peopled.cast
  for (const who of ['hana', 'vera', 'nobody', undefined] as const) {
    const { id, draft } = packing(donor)
    const signed = await sign(peopled, draft)
    const cookie: Record<string, string> = who === undefined ? {} : { cookie: await signInAs(peopled.url, who) }
    const answer = await send(peopled.url, bodyOf(signed), cookie)
    expect(answer, `delivered by ${who}`).toMatchObject({ status: 201, body: { inEffect: true } })
    expect((await getAs(peopled, 'amal', `/consignments/${id}`)).status).toBe(200)
  }
})

test('a session signs nothing: an event of a party by a key that is not its own is refused, whoever sends it', async ({
  peopled,
}) => {
  const { donor, hospital } = peopled.cast
  const forged = await sign(peopled, packing({ reference: donor.reference, key: hospital.key }).draft)
  const answer = await send(peopled.url, bodyOf(forged), { cookie: await signInAs(peopled.url, 'amal') })
  expect([answer.status, answer.body.code]).toEqual([403, 'key-party'])
})
