import { expect } from '@playwright/test'
import { test } from './story.fixture.ts'

const LABEL = 'Reference on the label'

test('a reference with one wrong character is named as such, and what was typed stays in the form', async ({
  page,
  told,
}) => {
  await page.goto(told.url)
  await page.getByLabel(LABEL).fill('7K3Q-9XMD-2TA')
  await page.getByRole('button', { name: 'Follow it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One character of this reference is wrong')
  await expect(page.getByLabel(LABEL)).toHaveValue(/7K3Q-?9XMD-?2TA/)
})

test('a well-spelled reference that the log does not know is told apart from a mistyped one', async ({
  page,
  told,
}) => {
  const response = await page.goto(`${told.url}/track/7K3Q9XMD2TK`)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No consignment has this reference')
})

test('what is no reference at all is told what one looks like', async ({ page, told }) => {
  for (const typed of ['hello', '%E2%80%AE', '7K3Q9XMD2TKK', '<script>']) {
    const response = await page.goto(`${told.url}/track/${encodeURIComponent(typed)}`)
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is not a reference')
    await expect(page.getByRole('main')).toContainText('such as 7K3Q-9XMD-2TK')
  }
})

test('a reference is found however it is typed: lower case, hyphens, blanks, O for 0, I and L for 1', async ({
  page,
  told,
}) => {
  const references = told.story.consignments.map(each => each.reference)
  const stored = references.find(each => /[01]/.test(each)) ?? (references[0] as string)
  const likeAPerson = stored.replaceAll('0', 'O').replaceAll('1', 'l').toLowerCase()
  const typed = `${likeAPerson.slice(0, 4)}-${likeAPerson.slice(4, 8)}-${likeAPerson.slice(8)}`
  for (const way of [typed, ` ${likeAPerson} `, likeAPerson.replaceAll('l', 'i')]) {
    await page.goto(told.url)
    await page.getByLabel(LABEL).fill(way)
    await page.getByRole('button', { name: 'Follow it' }).click()
    await expect(page).toHaveURL(`${told.url}/track/${stored}`)
    await expect(page.getByRole('heading', { name: 'Who held it' })).toBeVisible()
  }
})

test('an address typed in lower case with hyphens leads to the consignment too', async ({ page, told }) => {
  const stored = told.reference('relay')
  const typed = stored.toLowerCase()
  await page.goto(`${told.url}/t/${typed.slice(0, 4)}-${typed.slice(4)}#k=${told.fingerprint}`)
  await expect(page).toHaveURL(`${told.url}/track/${stored}#k=${told.fingerprint}`)
})

test('a page that does not exist leads back', async ({ page, told }) => {
  const response = await page.goto(`${told.url}/nowhere`)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page')
  await page.getByRole('link', { name: 'To the start' }).click()
  await expect(page).toHaveURL(`${told.url}/`)
})
