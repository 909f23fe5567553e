import { expect } from '@playwright/test'
import { outcomes, TITLES, verdict } from './report.fixture.ts'
import { test } from './story.fixture.ts'

test.use({ javaScriptEnabled: false })

test('without scripts the whole record is readable, and the verdict claims nothing', async ({ page, told }) => {
  await page.goto(`${told.url}/t/${told.reference('partLoad')}#k=${told.fingerprint}`)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Fleece blanket, 150 × 200 cm\s*480 blankets/)
  await expect(main).toContainText('Delivered: Valley District Hospital signed for it.')
  await expect(main).toContainText('4 blankets missing')
  await expect(main).toContainText('It adds up: 480 came in, 480 are accounted for.')
  await expect(verdict(page)).toContainText('Not checked: needs JavaScript')
  await expect(page.getByText('Checked by your browser')).toHaveCount(0)
  const waiting = Object.fromEntries(Object.keys(TITLES).map(name => [name, 'waiting']))
  expect(await outcomes(page)).toEqual(waiting)
  await expect(page.getByRole('list', { name: 'From need to receipt' })).toContainText('476 blankets of 480 blankets')
  const way = page.getByRole('region', { name: 'Where it went' })
  await expect(way.getByRole('img')).toBeVisible()
  await expect(way).toContainText('Valley District Hospital, goods-in · Malawi')
  await expect(page.getByRole('region', { name: 'Who held it' })).toContainText('10 events')
  await expect(page.locator('noscript p')).toHaveText('This needs JavaScript.')
  for (const needsScript of ['Put a copy on the bench', 'Copy the address', 'Share'])
    await expect(page.getByRole('button', { name: needsScript })).toHaveCount(0)
  const evidence = page.getByRole('link', { name: 'Download the evidence' })
  await expect(evidence).toHaveAttribute('href', `/api/evidence/${told.reference('partLoad')}`)
})

test('without scripts a reference can be typed and followed', async ({ page, told }) => {
  await page.goto(told.url)
  await page.getByLabel('Reference on the label').fill(told.reference('relay').toLowerCase())
  await page.getByRole('button', { name: 'Follow it' }).click()
  await expect(page).toHaveURL(`${told.url}/track/${told.reference('relay')}`)
})

test('without scripts the verify page says what to do instead', async ({ page, told }) => {
  await page.goto(`${told.url}/verify`)
  // By its element: Playwright's own search for text passes over what stands in <noscript>.
  const instead = page.locator('noscript p')
  await expect(instead).toBeVisible()
  await expect(instead).toContainText('npm run verify -- FILE')
})

test('without scripts the log shows its key and its newest checkpoint', async ({ page, told }) => {
  await page.goto(`${told.url}/log`)
  await expect(page.getByText(told.vkey, { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Newest checkpoint' })).toContainText(told.origin)
})
