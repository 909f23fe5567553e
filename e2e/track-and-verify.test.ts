import { expect } from '@playwright/test'
import type { CheckName } from '../lib/core/evidence/report.ts'
import { checkOf, FIRST_VISIT, outcomes, runCommand, untilChecked, verdict } from './report.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

test('who scans a label sees what is in the parcel, where it is, who holds it and what comes next', async ({
  page,
  told,
}) => {
  const reference = told.reference('waiting')
  await page.goto(labelOf(told, reference))
  expect(page.url(), 'the fragment outlives the redirect').toBe(`${told.url}/track/${reference}#k=${told.fingerprint}`)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Wheelchair, folding, adult\s*24 pieces/)
  await expect(main).toContainText('From Harbour Relief to Valley District Hospital.')
  await expect(main).toContainText('Now with Harbour Relief.')
  await expect(main).toContainText('Next: Seaway Freight has yet to confirm.')
  await expect(main).toContainText('Harbour Relief, warehouse 3, Rotterdam · Netherlands')
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(verdict(page)).toContainText('Intact, as this site shows it.')
  await expect(verdict(page)).toContainText('Demonstration: the keys that signed are kept on the server.')
})

test('every check is listed with what it came to, what it proves and what it does not', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('relay')))
  await expect(verdict(page)).toContainText('Checked by your browser')
  expect(await outcomes(page)).toEqual(FIRST_VISIT)
  await expect(checkOf(page, 'complete')).toContainText('That is the operator’s word; anyone can replay the log')
  for (const name of Object.keys(FIRST_VISIT) as CheckName[]) {
    await expect(checkOf(page, name).getByRole('paragraph').nth(1)).toContainText('Does not prove: ')
  }
})

test('only the consignee’s signature reads delivered; those before it read passed on', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('relay')))
  const held = page.getByRole('region', { name: 'Who held it' })
  await expect(held.getByRole('heading', { level: 3 })).toHaveText([
    'Packed by Harbour Relief',
    'Passed on to Seaway Freight',
    'Passed on to Northline Transport',
    'Delivered to Valley District Hospital',
  ])
  await expect(page.getByRole('main')).toContainText('Delivered: Valley District Hospital signed for it.')
  const delivered = held.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Delivered/ }) })
  await expect(delivered).toContainText(/Gave\s*Northline Transport\s*2,400 sachets/)
  await expect(delivered).toContainText(/Took\s*Valley District Hospital\s*2,400 sachets/)
  const goods = page.getByRole('region', { name: 'Where the goods are' })
  await expect(goods).toContainText('2,400 with Valley District Hospital')
  await expect(goods).toContainText('It adds up: 6,000 came in, 6,000 are accounted for.')
  await expect(verdict(page)).toContainText('Checked by your browser')
})

test('a part load with four missing and two damaged adds up to the unit, and the settled difference is no longer open', async ({
  page,
  told,
}) => {
  await page.goto(labelOf(told, told.reference('partLoad')))
  const held = page.getByRole('region', { name: 'Who held it' })
  const parts = held.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) })
  await expect(parts.filter({ hasText: 'Passed on to Northline Transport' })).toContainText(/Took.*300 blankets/s)
  await expect(parts.filter({ hasText: 'Passed on to Seaway Freight' })).toContainText(/Took.*180 blankets/s)
  const short = parts.filter({ hasText: 'missing' })
  await expect(short).toContainText(/Gave\s*Northline Transport\s*300 blankets/)
  await expect(short).toContainText(/294 blankets\s*2 blankets damaged\s*4 blankets missing/)
  await expect(parts.filter({ hasText: 'Difference settled by Harbour Relief' })).toBeVisible()
  const goods = page.getByRole('region', { name: 'Where the goods are' })
  await expect(goods).toContainText('474 with Valley District Hospital')
  await expect(goods).toContainText('2 damaged, with Valley District Hospital')
  await expect(goods).toContainText('4 lost')
  await expect(goods).toContainText('480 packed. It adds up: 480 came in, 480 are accounted for.')
  await expect(page.getByRole('region', { name: 'Differences to settle' })).toHaveCount(0)
  await expect(verdict(page)).toContainText('Checked by your browser')
})

test('a handoff that nobody confirmed has a blank stub', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('waiting')))
  const handoff = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Handing over/ }) })
  await expect(handoff).toContainText('claimed, not confirmed')
  await expect(handoff).toContainText(/Gives\s*Harbour Relief\s*24 pieces/)
  await expect(handoff).toContainText(/Not yet\s*Seaway Freight has not confirmed/)
  await expect(handoff).not.toContainText('Took')
})

test('a carrier without a key is named on the word of the giver, who keeps the custody', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('via')))
  const main = page.getByRole('main')
  await expect(main).toContainText('Now with Northline Transport.')
  await expect(main).toContainText(
    'on the way with Chikondi’s minibus, Blantyre–Salima, on the word of Northline Transport, until Lakeside Clinic signs.',
  )
  await expect(page.getByRole('region', { name: 'Where the goods are' })).toContainText('500 with Northline Transport')
})

test('what was signed offline and came too late is shown with its reason and both clocks, and moves nothing', async ({
  page,
  told,
}) => {
  await page.goto(labelOf(told, told.reference('offline')))
  const late = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Handed over by/ }) })
  await expect(late).toContainText('signed, not in effect: The party holds nothing of this.')
  await expect(late).toContainText('signed earlier, recorded 5 hours later')
  const differences = page.getByRole('region', { name: 'Differences to settle' })
  await expect(differences.getByRole('listitem')).toHaveText(/Handed over by Northline Transport.*not in effect/)
  await expect(page.getByRole('region', { name: 'Where the goods are' })).toContainText('1,500 with Seaway Freight')
  await expect(verdict(page)).toContainText('Checked by your browser')
})

test('goods turned away stay with the giver, and a correction shows old and new', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('refused')))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: /^Turned away by Lakeside Clinic/ })).toBeVisible()
  await expect(main).toContainText('GL-77012')
  await expect(main).toContainText('GL-77102')
  const goods = page.getByRole('region', { name: 'Where the goods are' })
  await expect(goods).toContainText('3,000 with Lakeside Clinic')
  await expect(goods).toContainText('1,000 with Northline Transport')
  await expect(goods).toContainText('200 with Northline Transport')
})

test('a name that its person withheld is not on the page, and that is no failure', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('openRelease')))
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(page.getByRole('main')).toContainText('name withheld')
  expect(await page.content()).not.toContain('Grace Banda')
})

test('a first visit without a label says that whose log this is was not checked, and the second holds the site to it', async ({
  page,
  told,
}) => {
  await page.goto(`${told.url}/track/${told.reference('relay')}`)
  await expect(verdict(page)).toContainText('Consistent in itself')
  await expect(verdict(page)).toContainText('Whose log this is was not checked')
  await expect(verdict(page)).toContainText('From now on this browser remembers this log’s key')
  expect(await outcomes(page)).toEqual({ ...FIRST_VISIT, 'log-key': 'not checked' })
  await page.goto(`${told.url}/track/${told.reference('partLoad')}`)
  await expect(verdict(page)).toContainText('Checked by your browser')
  expect(await outcomes(page)).toEqual({ ...FIRST_VISIT, 'checkpoint-consistent': 'passed' })
})

test('a label of another log fails, and is not remembered', async ({ page, told }) => {
  const reference = told.reference('relay')
  const other = `${told.fingerprint.startsWith('0') ? '1' : '0'}${told.fingerprint.slice(1)}`
  await page.goto(labelOf(told, reference, other))
  await expect(verdict(page)).toContainText('A check failed')
  expect(await outcomes(page)).toEqual({ ...FIRST_VISIT, 'log-key': 'failed' })
  await page.goto('about:blank')
  await page.goto(`${told.url}/track/${reference}`)
  await expect(verdict(page)).toContainText('Consistent in itself')
})

test('the downloaded evidence is verified by the command with the key from /log, and not without one', async ({
  page,
  told,
}, testInfo) => {
  await page.goto(labelOf(told, told.reference('partLoad')))
  await untilChecked(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the evidence' }).click(),
  ])
  const file = testInfo.outputPath('evidence.json')
  await download.saveAs(file)
  await page.goto(`${told.url}/log`)
  const vkey = await page.getByRole('definition').filter({ hasText: '+' }).textContent()
  expect(vkey).toBe(told.vkey)
  const verified = await runCommand('lib/cli/verify.ts', [file, '--vkey', told.vkey])
  expect(verified).toMatchObject({ code: 0, output: expect.stringContaining('VERIFIED') })
  expect(await runCommand('lib/cli/verify.ts', [file, '--vkey', told.fingerprint])).toMatchObject({ code: 0 })
  const without = await runCommand('lib/cli/verify.ts', [file])
  expect(without).toMatchObject({ code: 3, output: expect.stringContaining('whose log this is was not checked') })
})
