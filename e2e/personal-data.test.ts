import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { joinParty } from '../lib/cli/founding.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { enrolMessage } from '../lib/core/custody/claims.ts'
import { EMPTY_DRAFT, EMPTY_LINE } from '../lib/core/custody/draft.ts'
import { requestKey } from '../lib/data/device-keys.ts'
import { createDraft } from '../lib/data/drafts.ts'
import { createInvitation } from '../lib/data/invitations.ts'
import { keptKey } from '../lib/data/kept-keys.ts'
import { signNatively } from '../lib/data/sign.ts'
import { emailOf, PEOPLE, signInAs, type Who } from './accounts.fixture.ts'
import { type Crawled, crawl } from './crawl.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { addressOf, allRoutes } from './routes.fixture.ts'
import { random, untilSealed } from './server.fixture.ts'

/** What somebody typed, recognisable wherever it turns up: letters alone, so that no encoding changes it. */
const mark = (where: string) => `Qzk${where}Vxw`
const FIELDS = [
  'person',
  'order',
  'waybill',
  'remark',
  'donor',
  'vehicle',
  'handed',
  'via',
  'lorry',
  'taken',
  'device',
  'note',
  'draftorder',
  'draftremark',
  'draftgiver',
  'draftto',
  'passkey',
  'agent',
] as const
const MARKS = Object.fromEntries(FIELDS.map(name => [name, mark(name)])) as Record<(typeof FIELDS)[number], string>
const PUBLIC = mark('depot')

/** Names and addresses of all who have an account, but for whom it is said. */
const peopleBut = (...known: readonly Who[]) =>
  (Object.keys(PEOPLE) as Who[]).filter(who => !known.includes(who)).flatMap(who => [PEOPLE[who].name, emailOf(who)])

/** A consignment with something personal in every field that can hold it, and all that a party keeps beside the log. */
async function fill(peopled: Peopled) {
  const { url, log, origin, scribe, cast } = peopled
  const { donor, carrierA, operator } = cast
  const registrant = { name: MARKS.person, type: 'person', named: 'withheld' } as const
  const person = await joinParty(scribe, { step: `person ${randomUUID()}`, operator, registrant })
  const line = { id: '1', item: 'Blankets', unit: 'piece', quantity: '40', donor: { named: 'withheld' } }
  const packed = packing(donor, {
    lines: [line],
    consignee: person,
    sealed: { order: MARKS.order, waybill: MARKS.waybill, remark: MARKS.remark, 'donor/1': MARKS.donor, place: PUBLIC },
  })
  const pack = await sign(peopled, { ...packed.draft, place: { country: 'MZ' } })
  const id = packed.id
  const moved = [{ line: '1', condition: 'sound', quantity: '40' }]
  const release = await sign(peopled, {
    actor: donor,
    id,
    kind: 'release',
    after: pack.hash,
    body: { to: { party: carrierA.reference, via: 'withheld' }, lines: moved },
    sealed: { vehicle: MARKS.vehicle, remark: MARKS.handed, via: MARKS.via },
  })
  const receive = await sign(peopled, {
    actor: carrierA,
    id,
    kind: 'receive',
    after: release.hash,
    body: { release: release.hash, lines: [{ line: '1', condition: 'sound', received: '40' }] },
    sealed: { vehicle: MARKS.lorry, remark: MARKS.taken },
  })
  for (const signed of [pack, release, receive])
    expect(await send(url, bodyOf(signed))).toMatchObject({ status: 201, body: { inEffect: true } })
  await untilSealed(url)

  const { id: userId } = await log.prisma.user.findUniqueOrThrow({ where: { email: emailOf('dana') } })
  const party = donor.reference
  const key = keptKey({ origin, use: 'device', party, role: 'member', seed: random(32) })
  const proof = signNatively({ seed: key.seed, message: utf8Encode(enrolMessage({ origin, party, role: 'member' })) })
  const asked = { party, userId, role: 'member', device: MARKS.device, publicKey: hexEncode(key.publicKey) } as const
  expect(await requestKey({ ...asked, proof: hexEncode(proof) }, log)).toMatchObject({ ok: true })
  const invited = await createInvitation({ party, role: 'member', note: MARKS.note, days: 7, createdBy: userId }, log)
  if (!invited.ok) throw new Error(invited.code)
  const content = {
    ...EMPTY_DRAFT,
    consignee: MARKS.draftto,
    order: MARKS.draftorder,
    remark: MARKS.draftremark,
    lines: [{ ...EMPTY_LINE, item: 'Soap', donorName: MARKS.draftgiver }],
  }
  const draft = await createDraft({ party, userId, content }, log)
  await log.prisma.passkey.create({
    data: {
      id: randomUUID(),
      name: MARKS.passkey,
      publicKey: '',
      userId,
      credentialID: randomUUID(),
      counter: 0,
      deviceType: 'singleDevice',
      backedUp: false,
    },
  })
  await log.prisma.session.updateMany({ where: { userId }, data: { userAgent: MARKS.agent } })
  const hashes = [pack.hash, release.hash, receive.hash]
  return { id, person: person.reference, draft: draft.reference, hashes, token: invited.value.token }
}

/** Where a crawl begins: every route there is, with every reference there is. */
function startsOf(peopled: Peopled, filled: Awaited<ReturnType<typeof fill>>): string[] {
  const { cast } = peopled
  const references = [
    filled.id,
    filled.draft,
    filled.person,
    cast.donor.reference,
    cast.carrierA.reference,
    '7K3Q9XMD2TK',
  ]
  const routes = allRoutes().flatMap(route => [
    ...references.map(reference => addressOf(route, { reference, party: reference, token: 'A'.repeat(27) })),
    ...filled.hashes.map(hash => addressOf(route, { reference: filled.id, hash })),
  ])
  const acts = filled.hashes.map(hash => `/consignments/${filled.id}/receive?release=${hash}`)
  const more = [
    `/track/${filled.id}/opengraph-image`,
    ...FIELDS.slice(0, 4).map(name => `/track?reference=${MARKS[name].slice(0, 4)}`),
    '/robots.txt',
    '/sitemap.xml',
    '/manifest.webmanifest',
    '/consignments?role=all&q=Qzk',
    '/parties?q=Qzk',
    '/none',
    '/api/none',
  ]
  return [...new Set([...routes, ...acts, ...more])]
}

function expectNothing(crawled: readonly Crawled[], secrets: readonly string[], who: string): void {
  const said = crawled.flatMap(({ path, text }) =>
    secrets.filter(secret => text.includes(secret) && !path.includes(secret)).map(secret => `${secret} at ${path}`),
  )
  expect(said, who).toEqual([])
}

test('who is not signed in finds nothing personal on any page, in any file, in any language, but what was opened to the public', async ({
  peopled,
}) => {
  test.setTimeout(600_000)
  const filled = await fill(peopled)
  for (const locale of ['en', 'ar']) {
    const headers = { cookie: `lang=${locale}`, 'accept-language': locale }
    const crawled = await crawl(peopled.url, { from: startsOf(peopled, filled), headers })
    expect(crawled.length).toBeGreaterThan(150)
    expect(crawled.filter(({ status }) => status >= 500).map(({ path }) => path)).toEqual([])
    const all = crawled.map(({ text }) => text).join('\n')
    expect(all, 'the crawl reads what is public').toContain(PUBLIC)
    expect(all, 'and names of organisations').toContain('Harbour Relief')
    expectNothing(crawled, [...Object.values(MARKS), ...peopleBut(), 'relief.example"'], `nobody, ${locale}`)
  }
})

test('a member of another party finds nothing of it either, anywhere in the workspace', async ({ peopled }) => {
  test.setTimeout(600_000)
  const filled = await fill(peopled)
  for (const who of ['hana', 'nobody'] as const) {
    const headers = { cookie: await signInAs(peopled.url, who) }
    const from = startsOf(peopled, filled)
    const as = peopled.cast.donor.reference
    const asTheirs = from.filter(path => !path.includes('?')).map(path => `${path}?as=${as}`)
    const crawled = await crawl(peopled.url, { from: [...from, ...asTheirs], headers })
    expect(crawled.filter(({ status }) => status >= 500).map(({ path }) => path)).toEqual([])
    const own: Who[] = who === 'hana' ? ['hana', 'mercy'] : ['nobody']
    if (who === 'hana') expect(crawled.map(({ text }) => text).join('\n')).toContain(PEOPLE.mercy.name)
    expectNothing(crawled, [...Object.values(MARKS), ...peopleBut(...own)], who)
  }
})

test('the same marks are there for who takes part: the crawl would find them', async ({ peopled }) => {
  test.setTimeout(600_000)
  const filled = await fill(peopled)
  const headers = { cookie: await signInAs(peopled.url, 'amal') }
  const crawled = await crawl(peopled.url, { from: startsOf(peopled, filled), headers })
  const all = crawled.map(({ text }) => text).join('\n')
  const unseen = Object.values(MARKS).filter(secret => !all.includes(secret))
  // Whose passkey and browser it is, is their own to see.
  expect(unseen.sort()).toEqual([MARKS.agent, MARKS.passkey].sort())
})
