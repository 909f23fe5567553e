import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { type Between, checkpointOf, recordMore, savedBy, snapshotOf, startBetween } from './memory.fixture.ts'
import { checkOf, outcomes, verdict } from './report.fixture.ts'
import type { Told } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const notice = (page: Page) => page.getByRole('alert').filter({ has: page.getByRole('heading') })

async function visit(page: Page, told: Told): Promise<void> {
  await page.goto(labelOf(told, told.reference('partLoad')))
  await expect(verdict(page)).toContainText('Checked by your browser')
}

const trackOn = ({ url }: Between, told: Told) => `${url}/track/${told.reference('partLoad')}#k=${told.fingerprint}`

test('a site set back to yesterday’s snapshot: the visitor who saw more is told what is gone, keeps both notes, and the server learns of it', async ({
  page,
  fresh,
}) => {
  await visit(page, fresh)
  const before = await checkpointOf(fresh.url)
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 2)
  await visit(page, fresh)
  const seen = await checkpointOf(fresh.url)
  expect(seen.size).toBeGreaterThan(before.size)
  await snapshot.restore()
  snapshot.drop()
  expect((await checkpointOf(fresh.url)).note).toBe(before.note)

  await page.goto(`${fresh.url}/verify`)
  await page.goto(labelOf(fresh, fresh.reference('partLoad')))
  await expect(verdict(page)).toContainText('A check failed')
  expect(await outcomes(page)).toMatchObject({ 'checkpoint-consistent': 'failed', 'leaves-included': 'passed' })
  await expect(checkOf(page, 'checkpoint-consistent')).toContainText('fewer records than this browser saw')
  await expect(notice(page)).toContainText('Records are gone from this site')
  await expect(notice(page)).toContainText(`${seen.size} records`)
  await expect(notice(page)).toContainText(`${before.size} records`)
  await expect(notice(page)).toContainText('the list as this browser saw it on')
  await expect(notice(page)).toContainText('records nothing more until its operator has looked')
  expect(await savedBy(page, 'Save what was seen')).toBe(seen.note)
  expect(await savedBy(page, 'Save what is shown')).toBe(before.note)
  await expectAccessible(page, 'set back')

  // The pin stays, so it is said again, here and on every page about the log.
  await page.reload()
  await expect(notice(page)).toContainText('Records are gone from this site')
  await expect(verdict(page)).toContainText('A check failed')
  for (const path of ['/log', '/verify']) {
    await page.goto(`${fresh.url}${path}`)
    await expect(notice(page).filter({ hasText: 'Records are gone' })).toBeVisible()
  }
  await page.goto(`${fresh.url}/log`)
  const remembered = page.getByRole('region', { name: 'What this browser remembers' })
  await expect(remembered).toContainText('Records are gone from this site')
  await expect(remembered).toContainText(`${seen.size} records`)
  await expectAccessible(page, 'the log, set back')

  // The server was shown its own signature: it stops, says so, and gives both notes to anyone.
  const stopped = page.getByRole('alert').filter({ hasText: 'Nothing new is being recorded' })
  await expect(stopped).toContainText('database-behind')
  expect(await savedBy(page, 'the checkpoint that was handed in')).toBe(seen.note)
  expect(await savedBy(page, 'the checkpoint that is shown now')).toBe(before.note)
  await page.goto(`${fresh.url}/status`)
  await expect(page.getByRole('main')).toContainText('Somebody handed in a checkpoint')
  expect(fresh.output()).toContain('READ-ONLY (database-behind)')

  await page.goto(`${fresh.url}/log`)
  // Once it has been compared anew, and found again.
  await expect(remembered).toContainText('Records are gone from this site')
  await page.getByRole('button', { name: 'put this away' }).click()
  await expect(notice(page).filter({ hasText: 'Records are gone' })).toHaveCount(0)
})

test('a site whose past was rewritten and grew beyond what was seen is a fork, worked out by the browser from the site’s own tiles', async ({
  page,
  fresh,
}) => {
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 2)
  await visit(page, fresh)
  const seen = await checkpointOf(fresh.url)
  await snapshot.restore()
  snapshot.drop()
  await recordMore(fresh, 4)
  const shown = await checkpointOf(fresh.url)
  expect(shown.size).toBeGreaterThan(seen.size)

  await page.goto(`${fresh.url}/verify`)
  await page.goto(labelOf(fresh, fresh.reference('partLoad')))
  await expect(verdict(page)).toContainText('A check failed')
  await expect(notice(page)).toContainText('This log’s key has signed two different histories')
  expect(await savedBy(page, 'Save what was seen')).toBe(seen.note)
  expect(await savedBy(page, 'Save what is shown')).toBe(shown.note)
  await expect(checkOf(page, 'checkpoint-consistent')).toContainText('History was rewritten')
  await page.reload()
  await expect(notice(page)).toContainText('two different histories')
  await page.goto(`${fresh.url}/log`)
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing new is being recorded' })).toContainText(
    'database-differs',
  )
})

test('where something between keeps old copies, nothing is lost and nobody is alarmed: tiles show that the rest is still there', async ({
  page,
  fresh,
}) => {
  const between = await startBetween(fresh.url)
  // An old page with its old evidence, whatever is asked of it.
  between.keep(/^\/(track|api\/evidence)\//)
  const old = await checkpointOf(fresh.url)
  await page.goto(trackOn(between, fresh))
  await expect(verdict(page)).toContainText('Checked by your browser')
  between.keep(undefined)
  await recordMore(fresh, 3)
  await page.goto(`${between.url}/log`)
  const remembered = page.getByRole('region', { name: 'What this browser remembers' })
  const { size } = await checkpointOf(fresh.url)
  await expect(remembered).toContainText(`(${old.size} records) is all in what the site shows now (${size} records)`)

  between.keep(/^\/(track|api\/evidence)\//)
  await page.goto(trackOn(between, fresh))
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(page.getByText('This is an older copy of the page')).toBeVisible()
  expect(await outcomes(page)).toMatchObject({ 'checkpoint-consistent': 'passed' })
  await expectAccessible(page, 'an older copy')
  expect(between.asked(/\/log\/tile\//)).toBeGreaterThan(0)

  // The checkpoint is an old copy as well: the tiles alone say it.
  await page.goto(`${between.url}/log`)
  await expect(remembered).toContainText('is all in what the site shows now')
  await between.end()
})

test('tiles that a store in between still has do not hide that the server itself was set back', async ({
  page,
  fresh,
}) => {
  const between = await startBetween(fresh.url)
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 2)
  between.keep(/^\/log\/tile\//)
  await page.goto(trackOn(between, fresh))
  await expect(verdict(page)).toContainText('Checked by your browser')
  const { size } = await checkpointOf(fresh.url)
  expect((await fetch(`${between.url}/log/tile/0/000.p/${size}`)).status).toBe(200)
  await snapshot.restore()
  snapshot.drop()
  expect((await fetch(`${between.url}/log/tile/0/000.p/${size}`)).status).toBe(200)
  await page.goto('about:blank')
  await page.goto(trackOn(between, fresh))
  await expect(verdict(page)).toContainText('A check failed')
  await expect(notice(page)).toContainText('Records are gone from this site')
  await between.end()
})

test('evidence that brings no proof of its own past is held to it by the log’s tiles, and where they do not answer nothing counts as checked', async ({
  page,
  fresh,
}) => {
  const between = await startBetween(fresh.url)
  await page.goto(trackOn(between, fresh))
  await expect(verdict(page)).toContainText('Checked by your browser')
  await recordMore(fresh, 1)
  // Queries are dropped: the proof that was asked for does not come.
  between.keep(/^\/api\/evidence\//)
  between.break(/^\/log\/tile\//)
  await page.goto(`${between.url}/verify`)
  await page.goto(trackOn(between, fresh))
  await expect(verdict(page)).toContainText('Not checked')
  between.break(undefined)
  await page.reload()
  await expect(verdict(page)).toContainText('Checked by your browser')
  expect(await outcomes(page)).toMatchObject({ 'checkpoint-consistent': 'passed' })
  expect(between.asked(/\/log\/tile\/0\//)).toBeGreaterThan(0)
  await between.end()
})

test('a file of this log is held to what this browser saw: of another size only when somebody asks, forked at once and without a network', async ({
  page,
  fresh,
}) => {
  const evidence = () => fetch(`${fresh.url}/api/evidence/${fresh.reference('partLoad')}`).then(answer => answer.text())
  const old = await evidence()
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 2)
  await visit(page, fresh)
  const seen = await checkpointOf(fresh.url)
  const check = async (text: string) => {
    await page.getByLabel('Or paste its text').fill(text)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
  }
  await page.goto(`${fresh.url}/verify`)
  await check(old)
  await expect(verdict(page)).toContainText('Consistent in itself')
  await page.getByRole('button', { name: 'Compare with what this browser saw' }).click()
  await expect(page.getByText('The file and the list that this browser remembers are of one log.')).toBeVisible()
  await expectAccessible(page, 'a file compared')

  await snapshot.restore()
  snapshot.drop()
  // The same number of other records: two lists of one size.
  await recordMore(fresh, 2)
  expect((await checkpointOf(fresh.url)).size).toBe(seen.size)
  const forked = await evidence()
  await page.reload()
  await expect(page.getByText('You may cut the network now.')).toBeVisible()
  await page.context().setOffline(true)
  await check(forked)
  await expect(verdict(page)).toContainText('A check failed')
  await expect(notice(page)).toContainText('This log’s key has signed two different histories')
  expect(await savedBy(page, 'Save what was seen')).toBe(seen.note)
})

test('what this browser remembers can be forgotten, and a first visit is a first visit again', async ({
  page,
  told,
}) => {
  await page.goto(`${told.url}/log`)
  const remembered = page.getByRole('region', { name: 'What this browser remembers' })
  await expect(remembered).toContainText('Nothing yet.')
  await visit(page, told)
  await page.goto(`${told.url}/log`)
  await expect(remembered).toContainText('unchanged and in the same order')
  const { note } = await checkpointOf(told.url)
  expect(await savedBy(page, 'Save the newest checkpoint kept here')).toBe(note)
  await expectAccessible(page, 'remembered')
  await remembered.getByText('Forget this log').first().click()
  await remembered.getByRole('button', { name: 'Forget this log' }).click()
  await expect(remembered).toContainText('Forgotten.')
  await page.reload()
  await expect(remembered).toContainText('Nothing yet.')
})
