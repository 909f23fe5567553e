import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { isIndexLeaf } from '../lib/core/ledger/index-leaf.ts'
import { decodeEntries } from '../lib/core/ledger/tile.ts'
import { callAction } from './actions.fixture.ts'
import { ADA, codeOf, fillFirstRun, OFFICE, readSheet, toRecoverySheet } from './first-run.fixture.ts'
import { health, type Server, startServer, untilSealed } from './server.fixture.ts'

let server: Server
test.beforeEach(async () => {
  server = await startServer({ demo: false })
})
test.afterEach(async () => {
  await server.end()
})

const begin = 'app/(workspace)/first-run/actions.ts#begin'
const last = (text: string) => text.slice(-4)
const problemsOf = async (page: Page) => {
  // While a page is rendered anew its title is gone for a moment.
  await expect(page).toHaveTitle(/\S/)
  return (await new AxeBuilder({ page }).analyze()).violations.map(each => each.id)
}

/** Events of the sealed log, as anyone counts them from its entries: index leaves come beside them. */
async function eventsIn(url: string): Promise<number> {
  const { sealed } = await untilSealed(url)
  const bundle = await fetch(`${url}/log/tile/entries/000.p/${sealed}`)
  const entries = decodeEntries(new Uint8Array(await bundle.arrayBuffer()))
  if (!entries.ok) throw new Error(entries.code)
  return entries.value.filter(entry => !isIndexLeaf(entry)).length
}

/** Founds the log on this page; answers the recovery key. */
async function found(page: Page): Promise<string> {
  await fillFirstRun(page, server, codeOf(server))
  const paper = await toRecoverySheet(page)
  await page.getByLabel('Type back group 14').fill(last(paper))
  await page.getByRole('button', { name: 'Sign and found the log' }).click()
  await page.waitForURL('**/today')
  return paper
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${server.url}/sign-in?next=/recover`)
  await page.getByLabel('E-mail address').fill(ADA.email)
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/recover')
}

test('before it is founded, a log says so on every page, and leads to the first run', async ({ page }) => {
  for (const path of ['/', '/log']) {
    await page.goto(server.url + path)
    await expect(page.getByText('This log is not founded yet.')).toBeVisible()
    expect(await problemsOf(page)).toEqual([])
  }
  await page.getByRole('link', { name: 'To the first run' }).click()
  await expect(page.getByRole('heading', { name: 'Found the log' })).toBeVisible()
  expect(await problemsOf(page)).toEqual([])
  for (const path of [
    '/verify',
    '/sign-in',
    '/log/checkpoint',
    '/log/vkey',
    '/healthz',
    '/readyz',
    '/metrics',
    '/status',
    '/status.json',
    '/status/feed',
    '/track/7K3Q9XMD2TK',
    '/parties/7K3Q9XMD2TK',
  ])
    expect((await fetch(server.url + path)).status, path).not.toBe(500)
  for (const path of ['/today', '/consignments', '/keys', '/parties', '/members', '/scan', '/account', '/recover']) {
    const answer = await fetch(server.url + path, { redirect: 'manual' })
    expect([303, 307], path).toContain(answer.status)
    expect(answer.headers.get('location'), path).toContain('/sign-in')
  }
})

test('who does not have the code makes no account and founds nothing, and is told so', async ({ page }) => {
  await fillFirstRun(page, server, '00000-00000-00000-00000')
  await page.getByRole('button', { name: 'Make the keys' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This is not the code that the server printed.')
  await expect(page.getByLabel('One-time code')).toBeFocused()
  await expect(page.getByLabel('Your name')).toHaveValue(ADA.name)

  // The same asked of the server directly, as anyone can who has read the page's scripts.
  const asked = {
    code: '',
    origin: 'stolen.example/log',
    partyName: 'Mallory',
    party: '7K3Q9XMD2TK',
    publicKey: '00'.repeat(32),
    proof: '00'.repeat(64),
    device: 'x',
    name: 'Mallory',
    email: 'mallory@example.org',
    password: 'a long password',
  }
  const direct = await callAction(server.url, begin, { args: [asked] })
  expect(direct.value).toEqual({ ok: false, code: 'code-wrong' })
  expect(direct.setCookie).toEqual([])
  const tried = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: asked.email, password: asked.password }),
  })
  expect(tried.status).toBe(401)
  expect((await health(server.url)).recorded).toBe(0)
})

test('a log is founded in one browser: its name is fixed, the code is spent, the operator is in', async ({
  page,
  browser,
}) => {
  const code = codeOf(server)
  await fillFirstRun(page, server, code)
  expect(page.url()).toBe(`${server.url}/first-run`)
  await expect(page.getByLabel('Name of the log')).toHaveValue(`${new URL(server.url).host}/log`)
  await page.getByLabel('Name of the log').fill('relief log')
  await page.getByRole('button', { name: 'Make the keys' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('A log’s name is one word')
  await page.getByLabel('Name of the log').fill('relief.example/log')
  const first = await toRecoverySheet(page)
  expect(await problemsOf(page)).toEqual([])
  await page.getByLabel('Type back group 14').fill('AAAA')
  await page.getByRole('button', { name: 'Sign and found the log' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('That is not the last group on the sheet.')
  expect((await health(server.url)).recorded).toBe(0)

  // Reloaded before anything is signed: another recovery key, and no form to fill in again.
  await page.reload()
  const second = await readSheet(page)
  expect(second).not.toBe(first)
  await page.getByLabel('Type back group 14').fill(last(second).toLowerCase())
  await page.getByRole('button', { name: 'Sign and found the log' }).click()
  await page.waitForURL('**/today')
  await expect(page.getByText('Nothing on this device waits to be sent.')).toBeVisible()
  await expect(page.getByText('New among your keys.')).toHaveCount(0)
  expect(await eventsIn(server.url)).toBe(4)
  await expect(page.getByText(OFFICE).first()).toBeVisible()
  expect(await (await fetch(`${server.url}/log/checkpoint`)).text()).toMatch(/^relief\.example\/log\n5\n/)

  await page.goto(`${server.url}/keys`)
  await expect(page.getByText('This device can sign')).toBeVisible()
  await expect(page.getByText('recovery key, on paper')).toBeVisible()
  expect(await problemsOf(page)).toEqual([])
  const other = await (await browser.newContext()).newPage()
  await other.goto(`${server.url}/first-run#${code}`)
  await expect(other).toHaveURL(/sign-in/)
  expect(() => codeOf(server)).toThrow()
})

test('a server that dies between signing and recording loses nothing: the same four records are founded after a reload', async ({
  page,
  browser,
}) => {
  const code = codeOf(server)
  await fillFirstRun(page, server, code)
  await toRecoverySheet(page)
  // Loaded whole before the server goes: nothing of the page is still on its way.
  await page.reload()
  await page.getByLabel('Type back group 14').fill(last(await readSheet(page)))
  await server.kill()
  await page.getByRole('button', { name: 'Sign and found the log' }).click()
  await expect(page.getByText('All four are signed and kept in this browser')).toBeVisible()
  const kept = (): Promise<{ note: string; openings: object; signedAt: number }[]> =>
    page.evaluate(
      () =>
        new Promise(resolve => {
          const opening = indexedDB.open('throughline')
          opening.onsuccess = () => {
            const reading = opening.result.transaction('outbox').objectStore('outbox').getAll()
            reading.onsuccess = () => resolve(reading.result)
          }
        }),
    )
  const notes = (await kept()).sort((a, b) => a.signedAt - b.signedAt)
  expect(notes).toHaveLength(4)
  await page.goto('about:blank')

  // Leaf 0 arrived and its answer did not.
  await server.restart()
  const arrived = await fetch(`${server.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'first-run-code': code },
    body: JSON.stringify({ event: notes[0]?.note, openings: notes[0]?.openings }),
  })
  expect(arrived.status).toBe(201)
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(`${server.url}/first-run`)
  await expect(elsewhere.getByText('The founding was begun on another device')).toBeVisible()
  await expect(elsewhere.getByText('empty its data folder (DATA_DIR)')).toBeVisible()

  await page.goto(`${server.url}/first-run`)
  await page.waitForURL('**/today')
  expect(await eventsIn(server.url)).toBe(4)
  const again = await fetch(`${server.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event: notes[3]?.note, openings: notes[3]?.openings }),
  })
  expect([again.status, (await again.json()).index]).toEqual([200, 3])
})

test('a lost device is replaced with the printed key, and signs nothing once it is revoked', async ({
  page,
  browser,
}) => {
  const paper = await found(page)
  await untilSealed(server.url)
  const fresh = await (await browser.newContext()).newPage()
  await signIn(fresh)
  const field = fresh.getByLabel('The recovery key')
  const use = fresh.getByRole('button', { name: 'Use this key' })
  const refused = async (typed: string, why: string) => {
    await field.fill(typed)
    await use.click()
    await expect(fresh.getByRole('main').getByRole('alert')).toContainText(why)
  }
  await refused(paper.slice(4), 'It has 56 characters')
  await refused(`${paper.slice(0, -1)}U`, 'There is a character in it that is never printed.')
  await refused(paper.slice(4) + paper.slice(0, 4), 'One character is wrong.')
  await refused('000G40R40M30E209185GR38E1W8124GK2GAHC5RR34D1P70X3RFHM2ED', 'not your party’s on this log')
  expect(await problemsOf(fresh)).toEqual([])

  await field.fill((paper.match(/.{4}/g) ?? []).join(' ').toLowerCase())
  await use.click()
  await fresh.getByLabel('Name this device').fill('The new desk')
  await fresh.getByRole('button', { name: 'Make an admin’s key here' }).click()
  await fresh.getByRole('button', { name: 'Sign with the printed key' }).click()
  await expect(fresh.getByText('This device can sign for your party.')).toBeVisible()
  await fresh.getByText('Desk at the office').click()
  await fresh.getByRole('button', { name: 'Revoke this key for ever' }).click()
  await expect(fresh.getByText('No other key of your party is live.')).toBeVisible()

  // The old device turns up again. Its page was open before it was revoked, so its form still lets it try.
  await page.goto(`${server.url}/keys`)
  await expect(page.getByText('This device’s key signs nothing any more.')).toBeVisible()
  await fresh.goto(`${server.url}/parties/new`)
  await fresh.getByLabel('Name', { exact: true }).fill('Harbour Relief')
  await fresh.getByRole('button', { name: 'Sign: register the party' }).click()
  await fresh.waitForURL('**/manage')
  await expect(fresh.getByRole('heading', { name: 'Harbour Relief' })).toBeVisible()
  expect(await eventsIn(server.url)).toBe(7)
})

test('a key that was revoked while its form was open is refused, and what was typed stays', async ({
  page,
  browser,
}) => {
  const paper = await found(page)
  await page.goto(`${server.url}/parties/new`)
  await page.getByLabel('Name', { exact: true }).fill('Harbour Relief')
  const fresh = await (await browser.newContext()).newPage()
  await signIn(fresh)
  await fresh.getByLabel('The recovery key').fill(paper)
  await fresh.getByRole('button', { name: 'Use this key' }).click()
  await fresh.getByLabel('Name this device').fill('The new desk')
  await fresh.getByRole('button', { name: 'Make an admin’s key here' }).click()
  await fresh.getByRole('button', { name: 'Sign with the printed key' }).click()
  await fresh.getByText('Desk at the office').click()
  await fresh.getByRole('button', { name: 'Revoke this key for ever' }).click()
  await expect(fresh.getByText('No other key of your party is live.')).toBeVisible()

  await page.getByRole('button', { name: 'Sign: register the party' }).click()
  await expect(page.getByText('The key had been revoked.')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Harbour Relief')
  expect(await eventsIn(server.url)).toBe(6)
})

test('without JavaScript the first run says that it needs it', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await page.goto(`${server.url}/first-run`)
  // By its element: Playwright's own search for text passes over what stands in <noscript>.
  const instead = page.locator('noscript p')
  await expect(instead).toBeVisible()
  await expect(instead).toContainText('Founding a log needs JavaScript')
})
