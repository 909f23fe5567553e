import { type Browser, expect, type Page, test } from '@playwright/test'
import { enterDemo } from './demo.fixture.ts'
import { codeOf, fillFirstRun, toRecoverySheet } from './first-run.fixture.ts'
import { NAMES, type Part } from './founded.fixture.ts'
import { doMainJob } from './main-job.fixture.ts'
import { startServer, startTold } from './server.fixture.ts'

test.describe.configure({ timeout: 6 * 60_000 })

test('the main job in the demonstration: everyone enters with one click', async ({ browser }) => {
  const told = await startTold()
  const enter = async (from: Browser, part: Part): Promise<Page> => {
    const page = await (await from.newContext({ baseURL: told.url })).newPage()
    await enterDemo(page, told.url, NAMES[part])
    return page
  }
  try {
    await doMainJob({
      server: told,
      fingerprint: told.fingerprint,
      donor: await enter(browser, 'donor'),
      carrierB: await enter(browser, 'carrierB'),
      hospital: await enter(browser, 'hospital'),
      carrierA: camera => enter(camera, 'carrierA'),
      stranger: await (await browser.newContext()).newPage(),
    })
  } finally {
    await told.end()
  }
})

test('the main job from nothing: first run, parties invited, keys approved, all through the pages', async ({
  browser,
}) => {
  const server = await startServer({ demo: false })
  try {
    const operator = await (await browser.newContext({ baseURL: server.url })).newPage()
    await found(operator, server)
    const join = async (from: Browser, part: Exclude<Part, 'operator'>) => {
      const page = await (await from.newContext({ baseURL: server.url })).newPage()
      await register(operator, page, NAMES[part])
      return page
    }
    const hospital = await join(browser, 'hospital')
    const donor = await join(browser, 'donor')
    const carrierB = await join(browser, 'carrierB')
    // Registered now, so that it can be named; its phone comes later.
    const invitation = await invite(operator, NAMES.carrierA)
    await operator.goto('/log')
    const fingerprint = /([0-9A-Z]{4} ){6}[0-9A-Z]{2}/.exec((await operator.getByRole('main').textContent()) ?? '')?.[0]
    await doMainJob({
      server,
      fingerprint: (fingerprint as string).replaceAll(' ', ''),
      donor,
      carrierB,
      hospital,
      async carrierA(camera) {
        const page = await (await camera.newContext({ baseURL: server.url })).newPage()
        await accept(operator, page, { name: NAMES.carrierA, ...invitation })
        return page
      },
      stranger: await (await browser.newContext()).newPage(),
    })
  } finally {
    await server.end()
  }
})

async function found(page: Page, server: Awaited<ReturnType<typeof startServer>>): Promise<void> {
  await fillFirstRun(page, server, codeOf(server))
  const paper = await toRecoverySheet(page)
  await page.getByLabel('Type back group 14').fill(paper.slice(-4))
  await page.getByRole('button', { name: 'Sign and found the log' }).click()
  await page.waitForURL('**/today')
}

type Invitation = { readonly link: string; readonly manage: string }

/** The operator registers a party and makes a link for its first admin. */
async function invite(operator: Page, name: string): Promise<Invitation> {
  await operator.goto('/parties')
  await operator.getByRole('link', { name: 'Register a party' }).click()
  await operator.getByLabel('Name', { exact: true }).fill(name)
  await operator.getByRole('button', { name: 'Sign: register the party' }).click()
  await operator.waitForURL('**/manage')
  await operator.getByText('Invite an admin by link').click()
  await operator.getByRole('button', { name: 'Make the invitation link' }).click()
  const link = (await operator.getByText(/\/join\//).textContent()) as string
  return { link, manage: operator.url() }
}

/** The invited person joins and makes a key; the operator compares and enrols it. */
async function accept(operator: Page, page: Page, args: Invitation & { name: string }): Promise<void> {
  const { link, manage, name } = args
  await page.goto(link)
  await page.getByLabel('Your name').fill(`Admin of ${name}`)
  await page.getByLabel('E-mail address').fill(`admin@${name.toLowerCase().replaceAll(' ', '-')}.example`)
  await page.getByLabel('Password').fill('long enough words')
  await page.getByRole('button', { name: 'Make the account and join' }).click()
  await page.waitForURL(/\/keys/)
  await page.getByLabel('Name this device').fill('The first device')
  await page.getByRole('button', { name: 'Make an admin’s key here' }).click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
  await operator.goto(manage)
  await operator.getByRole('checkbox', { name: 'Both screens show these twelve characters' }).check()
  await operator.getByRole('button', { name: 'Approve as an admin’s key' }).click()
  await expect(operator.getByText('The party approves and revokes its own keys.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('This device can sign')).toBeVisible()
}

async function register(operator: Page, page: Page, name: string): Promise<void> {
  await accept(operator, page, { name, ...(await invite(operator, name)) })
}
