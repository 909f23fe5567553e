import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { codeOf, fillFirstRun, toRecoverySheet } from './first-run.fixture.ts'
import { startServer } from './server.fixture.ts'
import { endBoth, OLD, succeed, tellOldLog } from './succession.fixture.ts'

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

    // The operator's own browser knows the old log, as every member's does.
    await page.goto(`${server.url}/track/${old}`)
    await expect(page.locator('#verdict')).toContainText('consistent', { ignoreCase: true })
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

    // What a browser holds the old log to says nothing against the new one: what was signed here is proven and let go of.
    await expect(page.getByRole('region', { name: 'What this device has signed' })).toContainText(
      'Nothing on this device',
    )
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0)
    await page.goto(`${server.url}/keys`)
    await expect(page.getByRole('status').filter({ hasText: 'This list is whole.' })).toContainText(
      'Whose log this is was not checked on this device',
    )

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
    await endBoth(server)
  }
})
