import { expect } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { holdSealing } from './attack.fixture.ts'
import { SAVED, startDraft, typeMasks } from './draft.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { verdict } from './report.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const shown = (reference: string) => `${reference.slice(0, 4)}-${reference.slice(4, 8)}-${reference.slice(8)}`

/** `reference` with another character at `place`. */
function misread(reference: string, place: number): string {
  const other = reference[place] === '8' ? 'B' : '8'
  return reference.slice(0, place) + other + reference.slice(place + 1)
}

test('one character misread: the consignment that was meant is offered, and which group to look at', async ({
  page,
  told,
}) => {
  const reference = told.reference('relay')
  const response = await page.goto(`${told.url}/track/${misread(reference, 5)}`)
  expect(response?.status()).toBe(404)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('One character of this reference is wrong')
  await expect(main).toContainText('Only group 2 of the three differs.')
  await expectAccessible(page, 'a guess')
  await main.getByRole('link', { name: shown(reference) }).click()
  await expect(page).toHaveURL(`${told.url}/track/${reference}`)
})

test('two neighbours swapped, one character missing or one too many lead to it as well', async ({ page, told }) => {
  const reference = told.reference('relay')
  const place = [...reference].findIndex((character, at) => at > 0 && character !== reference[at - 1])
  const swapped = `${reference.slice(0, place - 1)}${reference[place]}${reference[place - 1]}${reference.slice(place + 1)}`
  for (const typed of [swapped, reference.slice(0, -1), `${reference}7`]) {
    await page.goto(`${told.url}/track/${typed}`)
    await expect(page.getByRole('link', { name: shown(reference) }), typed).toBeVisible()
  }
})

test('nothing is offered that this log does not know, and what is no reference is told why', async ({ page, told }) => {
  await page.goto(`${told.url}/track/7K3Q9XMD2TA`)
  await expect(page.getByText('Perhaps you meant')).toHaveCount(0)
  await page.goto(`${told.url}/track/7K3Q-9XM!-UU`)
  await expect(page.getByRole('main')).toContainText('It has 10 characters instead of eleven.')
  await expect(page.getByRole('main')).toContainText('These do not occur in a reference: ! U')
})

test('a label that was made answers 200 and says that nothing is recorded; withdrawn, it answers 404 and says so', async ({
  page,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await expect(page.getByText(SAVED)).toBeVisible()
  const draft = page.url()
  expect((await page.goto(`${told.url}/track/${reference}`))?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A label was made. Nothing is recorded yet.')
  await expect(page.locator('meta[name="robots"]').first()).toHaveAttribute('content', /noindex/)
  await page.goto(draft)
  await page.getByText('Withdraw this draft').click()
  await page.getByRole('button', { name: 'Withdraw the draft' }).click()
  await expect(page.getByText('withdrawn before anything was recorded')).toBeVisible()
  expect((await page.goto(`${told.url}/track/${reference}`))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This label was withdrawn.')
  await expect(page.getByRole('main')).not.toContainText('masks')
  await expectAccessible(page, 'withdrawn')
})

test('recorded a moment ago and not sealed: what was taken is shown, no verdict, and how to look again', async ({
  page,
  fresh,
}) => {
  const { donor, hospital } = fresh.story.cast
  const { id, draft } = packing(donor, { consignee: hospital })
  const release = holdSealing(fresh.dataDir)
  try {
    expect(await send(fresh.url, bodyOf(await sign(fresh, draft)))).toMatchObject({ status: 201 })
    expect((await page.goto(labelOf(fresh, id)))?.status()).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recorded, being sealed')
    await expect(page.getByRole('main')).toContainText('Packed by Harbour Relief')
    await expect(page.getByText('Checked by your browser')).toHaveCount(0)
    await expectAccessible(page, 'being sealed')
  } finally {
    release()
  }
  await untilSealed(fresh.url)
  await page.getByRole('link', { name: 'Look again' }).click()
  await expect(verdict(page)).toContainText('Checked by your browser')
  expect(new URL(page.url()).hash).toBe(`#k=${fresh.fingerprint}`)
})
