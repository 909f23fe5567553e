import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { foundLog, joinParty } from '../lib/cli/founding.ts'
import { postTo } from '../lib/cli/post.ts'
import { forgetfulMemory, openScribe } from '../lib/cli/scribe.ts'
import { codeOf, fillFirstRun, toRecoverySheet } from './first-run.fixture.ts'
import { random, type Server, startServer, untilSealed } from './server.fixture.ts'

const OLD = 'relief.example/log'

/** A founded production log with one packed consignment; gives its reference. */
async function tellOldLog(server: Server): Promise<string> {
  const post = postTo({ url: server.url, firstRunCode: codeOf(server) })
  const scribe = openScribe({ origin: OLD, post, clock: Date.now, random, memory: forgetfulMemory() })
  const named = { type: 'organisation', named: 'public' } as const
  const operator = await foundLog(scribe, { mode: 'production', operator: { name: 'Relief Log Office', ...named } })
  const donor = await joinParty(scribe, { step: 'donor', operator, registrant: { name: 'Harbour Relief', ...named } })
  const { nonce, id } = scribe.reference('pack', donor.reference)
  const lines = [{ id: '1', item: 'Tents', unit: 'piece', quantity: '40' } as const]
  await scribe.write({ step: 'pack', actor: donor, about: 'consignment', id, kind: 'pack', body: { nonce, lines } })
  await untilSealed(server.url)
  return id
}

/** What the operator types: the command is run in a folder beside, and the server is started again with that one. */
async function succeed(server: Server): Promise<string> {
  await server.kill()
  const next = mkdtempSync(join(tmpdir(), 'throughline-next-'))
  const command = ['--conditions=react-server', '--import', 'tsx', 'lib/cli/succeed.ts', next]
  const env = { ...process.env, DATA_DIR: server.dataDir, DATABASE_URL: `file:${server.database}`, DEMO: '0' }
  const said = execFileSync(process.execPath, command, { env, encoding: 'utf8' })
  renameSync(server.dataDir, `${server.dataDir}.old`)
  renameSync(next, server.dataDir)
  await server.restart()
  return said
}

test('a log that cannot go on is succeeded: the operator founds the next one, brings a party over, and an old label still leads to its record', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const server = await startServer({ demo: false })
  const visitor = await (await browser.newContext()).newPage()
  try {
    const old = await tellOldLog(server)
    await visitor.goto(`${server.url}/track/${old}`)
    await expect(visitor.locator('#verdict')).toContainText('consistent', { ignoreCase: true })

    expect(await succeed(server)).toContain(`The new log will name ${OLD} at`)

    await fillFirstRun(page, server, codeOf(server))
    await expect(page.getByText(`This log succeeds ${OLD}`)).toBeVisible()
    await expect(page.getByLabel('Name of the log')).toHaveValue(`${OLD}-2`)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    const paper = await toRecoverySheet(page)
    await page.getByLabel('Type back group 14').fill(paper.slice(-4))
    await page.getByRole('button', { name: 'Sign and found the log' }).click()
    await page.waitForURL('**/today')

    await page.goto(`${server.url}/parties`)
    const earlier = page.getByRole('region', { name: 'From the earlier log' })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await earlier.getByRole('listitem').filter({ hasText: 'Harbour Relief' }).getByRole('button').click()
    await expect(earlier.getByText('Harbour Relief')).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Harbour Relief', exact: true })).toBeVisible()

    await visitor.goto(`${server.url}/t/${old}`)
    await expect(visitor.getByRole('heading', { name: 'This label belongs to an earlier log' })).toBeVisible()
    await expect(visitor.getByText(`${OLD}-2`)).toBeVisible()
    expect((await new AxeBuilder({ page: visitor }).analyze()).violations).toEqual([])
    const file = await visitor.request.get(`${server.url}/api/evidence/${old}`)
    expect((await file.json()).checkpoint).toContain(`${OLD}\n`)
    expect((await visitor.request.get(`${server.url}/previous/checkpoint`)).status()).toBe(200)
    expect((await visitor.request.get(`${server.url}/previous/throughline.db`)).status()).toBe(404)
    await page.goto(`${server.url}/log`)
    await expect(page.getByText('Continues the log')).toBeVisible()
  } finally {
    await server.end()
    rmSync(`${server.dataDir}.old`, { recursive: true, force: true })
  }
})
