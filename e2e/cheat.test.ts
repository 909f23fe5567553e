import { writeFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import type { CheckName } from '../lib/core/evidence/report.ts'
import { expectAccessible, type Look } from './accessible.fixture.ts'
import { cheat, failing, keepNothing, openBench } from './cheat.fixture.ts'
import { runCommand, verdict } from './report.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

/** What each offer must be caught by on honest evidence of a sealed relay, opened by its label. */
const CAUGHT: Readonly<Record<string, readonly CheckName[]>> = {
  'A quantity': ['leaves-included'],
  'Who takes it': ['leaves-included'],
  'A date': ['leaves-included'],
  'One single bit': ['leaves-included'],
  'A signature': ['leaves-included'],
  'Swap two records': ['leaves-included'],
  'A party’s name': ['events-signed'],
  'Leave out a record in the middle': ['chain-unbroken', 'complete'],
  'Another log’s seal': ['log-key'],
  'Only what the page says': ['page-agrees'],
}

test('whatever a visitor changes in a copy, the check that it breaks fails, and the copy put back is whole again', async ({
  page,
  told,
}) => {
  const bench = await openBench(page, labelOf(told, told.reference('partLoad')))
  for (const [offer, checks] of Object.entries(CAUGHT)) {
    await test.step(offer, async () => {
      await cheat(bench, offer)
      await expect(bench.getByText('Noticed', { exact: true })).toBeVisible()
      expect(await failing(bench), offer).toEqual(checks)
      await bench.getByRole('button', { name: 'Put it back' }).click()
      await expect(bench).toContainText('The copy is the evidence again as it came')
      await expect(bench.getByText('Checked by your browser')).toBeVisible()
      expect(await failing(bench)).toEqual([])
    })
  }
  await expect(verdict(page), 'the page’s own verdict is untouched').toContainText('Checked by your browser')
})

test('with a log and keys of one’s own all hashes fit, and the others’ keys are what is missing', async ({
  page,
  told,
}) => {
  const bench = await openBench(page, labelOf(told, told.reference('relay')))
  await cheat(bench, 'Everything at once, with keys of your own')
  const checks = await failing(bench)
  expect(checks).toContain('log-key')
  expect(checks).toContain('events-signed')
  expect(checks, 'the forger did the sums right').not.toContain('leaves-included')
  await expect(bench).toContainText(/Still passed:.*Nobody changed a record/)
})

test('leaving out the newest record is noticed: the log has committed to how many there are', async ({
  page,
  told,
}) => {
  const bench = await openBench(page, labelOf(told, told.reference('relay')))
  await cheat(bench, 'Leave out the newest record')
  await expect(bench.getByText('Noticed', { exact: true })).toBeVisible()
  await expect(bench).toContainText(/the log has committed to \d+ records of consignment\/\w+, and \d+ are shown/)
  expect(await failing(bench)).toEqual(['complete'])
})

test('a browser that keeps nothing and was shown no label does not notice another log’s seal, and the bench says so', async ({
  page,
  told,
}) => {
  await keepNothing(page)
  await page.goto(`${told.url}/track/${told.reference('relay')}`)
  await page.getByRole('button', { name: 'Put a copy on the bench' }).click()
  const bench = page.getByRole('region', { name: 'Try to cheat' })
  await expect(bench.getByRole('radio').first()).toBeVisible()
  await cheat(bench, 'Another log’s seal')
  await expect(bench.getByText('Not noticed', { exact: true })).toBeVisible()
  await expect(bench).toContainText('open this page by its label')
  expect(await failing(bench)).toEqual([])
})

test('the forgery can be saved, and the command refuses it for the same reason', async ({ page, told }, testInfo) => {
  const bench = await openBench(page, labelOf(told, told.reference('relay')))
  await bench.getByRole('radio', { name: 'A quantity', exact: true }).check()
  await bench.getByLabel('New quantity').fill('2399')
  await cheat(bench, 'A quantity')
  await expect(bench).toContainText('2400')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bench.getByRole('link', { name: 'Save the forgery' }).click(),
  ])
  const file = testInfo.outputPath('forged.json')
  await download.saveAs(file)
  const forged = await runCommand('lib/cli/verify.ts', [file, '--vkey', told.vkey])
  expect(forged).toMatchObject({ code: 1, output: expect.stringContaining('leaves-included') })
  const honest = testInfo.outputPath('honest.json')
  writeFileSync(honest, await (await fetch(`${told.url}/api/evidence/${told.reference('relay')}`)).text())
  expect(await runCommand('lib/cli/verify.ts', [honest, '--vkey', told.vkey])).toMatchObject({ code: 0 })
})

test('what changes nothing is not called a cheat', async ({ page, told }) => {
  const bench = await openBench(page, labelOf(told, told.reference('relay')))
  await bench.getByLabel('New quantity').fill('2400')
  await bench.getByRole('button', { name: 'Change it and check' }).click()
  await expect(bench.getByRole('alert')).toHaveText('Nothing would be different. Fill in something else.')
  await expect(bench.getByRole('button', { name: 'Put it back' })).toHaveCount(0)
})

test('by keyboard alone: choose, change, hear the verdict, put it back', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('relay')))
  await expect(verdict(page)).toContainText('Checked by your browser')
  await page.getByRole('button', { name: 'Put a copy on the bench' }).focus()
  await page.keyboard.press('Enter')
  const bench = page.getByRole('region', { name: 'Try to cheat' })
  await expect(bench.getByRole('radio', { name: 'A quantity', exact: true })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(bench.getByRole('radio', { name: 'Who takes it', exact: true })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText('Noticed')
  await page.keyboard.press('Tab')
  await expect(bench.getByRole('button', { name: 'Put it back' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText('Checked by your browser')
})

/** What is built of parts that other pages have in every look. */
const LOOKS: readonly Look[] = [
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
]

for (const locale of ['en', 'ar'] as const) {
  test.describe(locale, () => {
    test.use({ locale })
    test.describe.configure({ timeout: 5 * 60_000 })

    test(`the bench in each of its states has nothing that shuts anyone out (${locale})`, async ({ page, told }) => {
      await page.goto(labelOf(told, told.reference('partLoad')))
      await page.locator('[data-does="cheat"]').click()
      await expect(page.locator('.bench-form')).toBeVisible()
      await expectAccessible(page, 'the bench', LOOKS)
      await page.locator('.bench-form button').click()
      await expect(page.locator('.bench-verdict [data-state="failed"]')).toBeVisible()
      await expectAccessible(page, 'the bench, caught', LOOKS)
      await page.locator('[data-bench="back"]').click()
      await expect(page.locator('.bench-verdict [data-state="passed"]')).toBeVisible()
      await expectAccessible(page, 'the bench, put back', LOOKS)
    })

    test(`the bench that noticed nothing shuts nobody out either (${locale})`, async ({ page, told }) => {
      await keepNothing(page)
      await page.goto(`${told.url}/track/${told.reference('partLoad')}`)
      await page.locator('[data-does="cheat"]').click()
      await page.locator('input[value="checkpoint"]').check()
      await page.locator('.bench-form button').click()
      await expect(page.locator('.bench-verdict [data-state="not-checked"]')).toBeVisible()
      await expectAccessible(page, 'the bench, not caught', LOOKS)
    })
  })
}
