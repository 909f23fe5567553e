import { expect } from '@playwright/test'
import { eraseOpenings, flipByte, putOutOfEffect, renameOpenings } from './attack.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { checkOf, outcomes, runCommand, verdict } from './report.fixture.ts'
import { health } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

test('one byte of a record changed in the database of a running server: the page names the check, the server signs nothing more, fsck names the leaf', async ({
  page,
  fresh,
}) => {
  const reference = fresh.reference('partLoad')
  const label = labelOf(fresh, reference)
  await page.goto(label)
  await expect(verdict(page)).toContainText('Checked by your browser')
  const checkpoint = await (await fetch(`${fresh.url}/log/checkpoint`)).text()
  const signed = await sign(fresh, packing(fresh.story.cast.donor).draft)

  const leaf = flipByte(fresh.database, `consignment/${reference}`)
  await page.reload()
  await expect(verdict(page)).toContainText('A check failed')
  await expect(verdict(page)).toContainText('Do not rely on what is shown.')
  expect(await outcomes(page)).toMatchObject({
    'log-key': 'passed',
    'checkpoint-signed': 'passed',
    'leaves-included': 'failed',
    'events-signed': 'not checked',
    balance: 'not checked',
    'page-agrees': 'not checked',
  })
  await expect(checkOf(page, 'leaves-included')).toContainText('failed: ')
  await expect(page.getByText('Checked by your browser')).toHaveCount(0)

  expect(await health(fresh.url)).toMatchObject({ isReady: false, reason: 'leaf-altered' })
  const refused = await send(fresh.url, bodyOf(signed))
  expect(refused).toMatchObject({ status: 503, body: { code: 'read-only' } })
  await page.goto(`${fresh.url}/log`)
  const alert = page.getByRole('alert').filter({ hasText: 'Nothing new is being recorded' })
  await expect(alert).toContainText(`leaf-altered: leaf ${leaf}`)
  expect(fresh.output()).toContain('READ-ONLY (leaf-altered)')
  expect(await (await fetch(`${fresh.url}/log/checkpoint`)).text()).toBe(checkpoint)

  const fsck = await runCommand('lib/cli/fsck.ts', [fresh.database])
  expect(fsck).toMatchObject({ code: 1, output: expect.stringContaining(`leaf ${leaf}: leaf-altered`) })

  await fresh.restart()
  await page.goto(label)
  await expect(verdict(page)).toContainText('A check failed')
  expect(await send(fresh.url, bodyOf(signed))).toMatchObject({ status: 503, body: { code: 'read-only' } })
  expect(await (await fetch(`${fresh.url}/log/checkpoint`)).text()).toBe(checkpoint)
})

test('a party’s name changed in the database is never shown as verified', async ({ page, fresh }) => {
  const label = labelOf(fresh, fresh.reference('relay'))
  expect(renameOpenings(fresh.database, { from: 'Harbour Relief', to: 'Harbour Thieves' })).toBe(1)
  await page.goto(label)
  await expect(verdict(page)).toContainText('A check failed')
  expect(await outcomes(page)).toMatchObject({ 'leaves-included': 'passed', 'events-signed': 'failed' })
  await expect(page.getByText('Harbour Thieves')).toHaveCount(0)
  const fsck = await runCommand('lib/cli/fsck.ts', [fresh.database])
  expect(fsck).toMatchObject({ code: 1, output: expect.stringContaining('opening-wrong') })
})

test('a name erased from the database reads as withheld, and every proof still passes', async ({ page, fresh }) => {
  const label = labelOf(fresh, fresh.reference('relay'))
  await page.goto(label)
  await expect(page.getByRole('heading', { name: 'Packed by Harbour Relief' })).toBeVisible()
  expect(eraseOpenings(fresh.database, 'Harbour Relief')).toBe(1)
  await page.goto(`${fresh.url}/log`)
  await page.goto(label)
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(page.getByRole('main')).toContainText(/name (withheld|removed)/)
  await expect(page.getByText('Harbour Relief', { exact: true })).toHaveCount(0)
})

test('a page that shows other holdings than the signed records fails, though each record is good', async ({
  page,
  fresh,
}) => {
  const reference = fresh.reference('relay')
  expect(putOutOfEffect(fresh.database, `consignment/${reference}`)).toBe(1)
  await page.goto(labelOf(fresh, reference))
  const goods = page.getByRole('region', { name: 'Where the goods are' })
  await expect(goods).toContainText('2,400 with Northline Transport')
  await expect(verdict(page)).toContainText('A check failed')
  expect(await outcomes(page)).toMatchObject({
    'leaves-included': 'passed',
    'events-signed': 'passed',
    'custody-rules': 'passed',
    balance: 'passed',
    'page-agrees': 'failed',
  })
})
