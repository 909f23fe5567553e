import { expect } from '@playwright/test'
import { forgetfulMemory, openScribe } from '../lib/cli/scribe.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { enrolMessage } from '../lib/core/custody/claims.ts'
import { type KeptKey, keptKey, loadKeys, saveKey } from '../lib/data/kept-keys.ts'
import { closeLog, openLog } from '../lib/data/open-log.ts'
import { signNatively } from '../lib/data/sign.ts'
import { callAction, Fields } from './actions.fixture.ts'
import { enterDemo, sessionCookies, storedKey } from './demo.fixture.ts'
import { startFounded } from './founded.fixture.ts'
import { random, type Told } from './server.fixture.ts'
import { test } from './story.fixture.ts'

const ACTIONS = 'app/(workspace)/enter/actions.ts'
const NAMES = [
  'Harbour Relief',
  'Northline Transport',
  'Seaway Freight',
  'Valley District Hospital',
  'Lakeside Clinic',
  'Throughline demonstration',
] as const

/** What the log says of the keys that browsers made for the party. */
async function browserKeys({ dataDir, database }: Pick<Told, 'dataDir' | 'database'>, party: string) {
  const log = await openLog({ dataDir, databaseUrl: `file:${database}`, isDemo: true })
  const keys = await log.prisma.key.findMany({ where: { party, held: 'device' } })
  const owners = await log.prisma.deviceKey.findMany({ where: { party } })
  await closeLog(log)
  return keys.map(key => ({ ...key, isOwned: owners.some(owner => owner.key === key.key) }))
}

/** Event hash of the newest event of a subject. */
async function headOf({ dataDir, database }: Pick<Told, 'dataDir' | 'database'>, subject: string): Promise<string> {
  const log = await openLog({ dataDir, databaseUrl: `file:${database}`, isDemo: true })
  const leaf = await log.prisma.leaf.findFirstOrThrow({ where: { subject }, orderBy: { seq: 'desc' } })
  const { hash } = await log.prisma.eventName.findFirstOrThrow({ where: { leafIndex: leaf.leafIndex } })
  await closeLog(log)
  return hash
}

test('one click enters as each party of the story, with a key of this browser enrolled for it', async ({
  page,
  told,
}) => {
  await page.goto(told.url)
  await page.getByRole('button', { name: 'Enter as Harbour Relief' }).click()
  await page.waitForURL(/\/today\?as=/)
  for (const name of NAMES) {
    const party = await enterDemo(page, told.url, name)
    await expect(page.locator('header').getByText(name).first()).toBeVisible()
    const stored = await storedKey(page, party)
    const [key, ...more] = (await browserKeys(told, party)).filter(each => each.key === stored)
    expect(key).toMatchObject({ role: 'admin', byOperator: false, revokedAt: null, isOwned: true })
    expect(more).toEqual([])
  }
  await page.goto(`${told.url}/enter`)
  await expect(page.getByText('You act for it already')).toHaveCount(NAMES.length)
})

test('entering twice makes one key; a second browser makes its own', async ({ browser, told }) => {
  const keys: (string | undefined)[] = []
  for (const times of [2, 1]) {
    const context = await browser.newContext({ locale: 'en' })
    const page = await context.newPage()
    for (let time = 0; time < times; time++) {
      const party = await enterDemo(page, told.url, 'Lakeside Clinic')
      keys.push(await storedKey(page, party))
    }
    await context.close()
  }
  const [first, again, other] = keys
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
})

test('where a visitor has suspended a party or revoked the seeded key, whoever enters is told so, and can look around', async ({
  page,
  fresh,
}) => {
  const { url, origin, post, dataDir } = fresh
  const kept = (use: string) => loadKeys(dataDir).find(key => key.use === use) as KeptKey
  const scribe = openScribe({ origin, post, clock: Date.now, random, memory: forgetfulMemory() })
  const [operator, hospital, clinic] = [kept('operator'), kept('hospital'), kept('clinic')]
  const actor = (key: KeptKey) => ({ reference: key.party, key })
  await scribe.write({
    step: 'suspend',
    actor: actor(operator),
    about: 'party',
    id: clinic.party,
    kind: 'suspend',
    body: { reason: 'misuse' },
    after: await headOf(fresh, `party/${clinic.party}`),
  })
  await scribe.write({
    step: 'revoke',
    actor: actor(hospital),
    about: 'key',
    id: hospital.key,
    kind: 'revoke',
    body: { reason: 'lost' },
    after: await headOf(fresh, `key/${hospital.key}`),
  })
  for (const [name, said] of [
    ['Lakeside Clinic', 'has suspended this party'],
    ['Valley District Hospital', 'has revoked the key on this server'],
  ] as const) {
    await page.goto(`${url}/enter`)
    await page.getByRole('button', { name: `Enter as ${name}` }).click()
    await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible()
    await page.getByRole('link', { name: 'Look around without signing' }).click()
    await page.waitForURL(/\/today\?as=/)
  }
})

test('a log that was founded for production lets nobody in this way, asked over HTTP by anyone', async ({ page }) => {
  test.setTimeout(180_000)
  const founded = await startFounded()
  try {
    const { url, cast, origin, dataDir } = founded
    // As careless as can be: the parties' keys lie beside the log under the demonstration's names.
    for (const [use, actor] of [
      ['operator', cast.operator],
      ['donor', cast.donor],
    ] as const)
      saveKey(dataDir, keptKey({ ...actor.key, use }))
    await page.goto(`${url}/enter`)
    await expect(page.getByRole('heading', { name: 'This log is no demonstration' })).toBeVisible()
    await expect(page.getByRole('button', { name: /Enter as/ })).toHaveCount(0)

    const entered = await callAction(url, `${ACTIONS}#enterAs`, { args: [new Fields({ party: cast.donor.reference })] })
    expect(entered.redirect).toMatch(/^\/enter\?problem=not-demo/)
    expect(entered.setCookie.filter(cookie => cookie.includes('session'))).toEqual([])

    const made = keptKey({ origin, use: 'visitor', party: cast.donor.reference, role: 'admin', seed: random(32) })
    const message = utf8Encode(enrolMessage({ origin, party: made.party, role: 'admin' }))
    const proof = hexEncode(signNatively({ seed: made.seed, message }))
    const asked = { as: made.party, publicKey: hexEncode(made.publicKey), proof, device: 'mine' }
    const enrolled = await callAction(url, `${ACTIONS}#enrolVisitorKey`, { args: [asked] })
    expect(enrolled.value).toEqual({ ok: false, code: 'not-demo' })

    const log = await openLog({ dataDir, databaseUrl: `file:${founded.database}`, isDemo: false })
    expect(await log.prisma.user.count()).toBe(0)
    expect(await log.prisma.deviceKey.count()).toBe(0)
    expect(await log.prisma.key.count({ where: { key: made.key } })).toBe(0)
    await closeLog(log)
  } finally {
    await founded.end()
  }
})

test('in a demonstration a key is enrolled only for who entered as its party', async ({ context, page, told }) => {
  const clinic = await enterDemo(page, told.url, 'Lakeside Clinic')
  expect(await sessionCookies(context)).not.toEqual([])
  const cookie = (await context.cookies()).map(each => `${each.name}=${each.value}`).join('; ')
  const log = await openLog({ dataDir: told.dataDir, databaseUrl: `file:${told.database}`, isDemo: true })
  const parties = await log.prisma.key.findMany({ where: { held: 'server', party: { not: clinic } } })
  await closeLog(log)
  const party = parties[0]?.party as string
  const asked = { as: party, publicKey: '00'.repeat(32), proof: '00'.repeat(64), device: 'mine' }
  const enrol = (headers: { cookie?: string }) =>
    callAction(told.url, `${ACTIONS}#enrolVisitorKey`, { args: [asked], ...headers })
  expect((await enrol({})).value).toEqual({ ok: false, code: 'signed-out' })
  expect((await enrol({ cookie })).value).toEqual({ ok: false, code: 'not-member' })
  const strange = await callAction(told.url, `${ACTIONS}#enterAs`, {
    args: [new Fields({ party: '7K3Q9XMD2TK' })],
    cookie,
  })
  expect(strange.redirect).toMatch(/^\/enter\?problem=no-demo-party/)
})
