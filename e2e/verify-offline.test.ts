import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { FIRST_VISIT, outcomes, verdict, withOneCharacterChanged } from './report.fixture.ts'
import type { Told } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

/** Everything but what only a page that is compared can say; what this browser saw when it saved the file is what the file shows. */
const { 'page-agrees': _, ...FILE } = FIRST_VISIT
const OFFLINE = { ...FILE, 'checkpoint-consistent': 'passed' } as const

/** The evidence of the part load as a visitor saves it from its page. */
async function download(page: Page, told: Told, to: string): Promise<string> {
  await page.goto(labelOf(told, told.reference('partLoad')))
  await expect(verdict(page)).toContainText('Checked by your browser')
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the evidence' }).click(),
  ])
  await saved.saveAs(to)
  return readFileSync(to, 'utf8')
}

/** Opens /verify, then cuts the network. */
async function openAndCut(page: Page, told: Told): Promise<void> {
  await page.goto(`${told.url}/verify`)
  await expect(page.getByText('You may cut the network now.')).toBeVisible()
  await page.context().setOffline(true)
}

test('with the network cut, a chosen file gives the same report as its page did', async ({ page, told }, testInfo) => {
  const file = testInfo.outputPath('evidence.json')
  await download(page, told, file)
  const onPage = await outcomes(page)
  await openAndCut(page, told)
  await page.getByLabel('The log’s key, from elsewhere').fill(told.fingerprint)
  await page.getByLabel('Evidence file').setInputFiles(file)
  await expect(verdict(page)).toContainText('Checked by your browser')
  expect({ ...(await outcomes(page)), 'page-agrees': 'passed' }).toEqual({
    ...onPage,
    'checkpoint-consistent': 'passed',
  })
  await expect(page.getByRole('heading', { name: 'What the file tells of' })).toBeVisible()
  const goods = page.getByRole('listitem').filter({ hasText: 'Fleece blanket, 150 × 200 cm' })
  await expect(goods).toContainText(/474 blankets.*Valley District Hospital/)
})

test('with the network cut, a dropped file is checked', async ({ page, told }, testInfo) => {
  const text = await download(page, told, testInfo.outputPath('evidence.json'))
  await openAndCut(page, told)
  await page.getByLabel('The log’s key, from elsewhere').fill(told.vkey)
  const dataTransfer = await page.evaluateHandle(content => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'evidence.json', { type: 'application/json' }))
    return transfer
  }, text)
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer })
  await expect(verdict(page)).toContainText('Checked by your browser')
  expect(await outcomes(page)).toEqual(OFFLINE)
})

test('with the network cut, a pasted file is checked, and without a key only for consistency', async ({
  page,
  told,
}, testInfo) => {
  const text = await download(page, told, testInfo.outputPath('evidence.json'))
  await openAndCut(page, told)
  await page.getByLabel('Or paste its text').fill(text)
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(verdict(page)).toContainText('Consistent in itself')
  expect(await outcomes(page)).toEqual({ ...OFFLINE, 'log-key': 'not checked' })
})

test('a file that was changed by one character fails and the check is named', async ({ page, told }, testInfo) => {
  const text = await download(page, told, testInfo.outputPath('evidence.json'))
  await openAndCut(page, told)
  await page.getByLabel('The log’s key, from elsewhere').fill(told.fingerprint)
  await page.getByLabel('Or paste its text').fill(withOneCharacterChanged(text))
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(verdict(page)).toContainText('A check failed')
  expect(await outcomes(page)).toMatchObject({ 'log-key': 'passed', 'leaves-included': 'failed' })
})

test('what is no evidence file is refused in plain words, and nothing counts as checked', async ({
  page,
  told,
}, testInfo) => {
  const text = await download(page, told, testInfo.outputPath('evidence.json'))
  await openAndCut(page, told)
  const check = async (content: string) => {
    await page.getByLabel('Or paste its text').fill(content)
    await page.getByRole('button', { name: 'Check' }).click()
  }
  for (const [content, words] of [
    ['hello', 'The file is not JSON.'],
    [text.slice(0, text.length / 2), 'The file is not JSON.'],
    [`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`, 'The file is not in its one accepted spelling'],
    [
      text.replace('throughline/evidence/v1', 'throughline/evidence/v9'),
      'The file is of a format this page does not know.',
    ],
  ] as const) {
    await check(content)
    await expect(verdict(page)).toContainText('This cannot be checked')
    await expect(verdict(page)).toContainText(words)
    expect(new Set(Object.values(await outcomes(page)))).toEqual(new Set(['not checked']))
  }
})

test('an empty form and a mistyped key are said, not checked', async ({ page, told }) => {
  await openAndCut(page, told)
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('Choose a file or paste its text first.')).toBeVisible()
  const key = page.getByLabel('The log’s key, from elsewhere')
  await key.fill('not a key')
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('This is neither a fingerprint (26 characters) nor a verifier key.')).toBeVisible()
  await expect(key).toHaveAttribute('aria-invalid', 'true')
})
