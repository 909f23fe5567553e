import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { formatReference } from '../lib/core/custody/reference.ts'
import { enterDemo } from './demo.fixture.ts'
import { startTold, type Told } from './server.fixture.ts'
import { test as base } from './story.fixture.ts'

/** A server to which nothing is added by other stories: lists are counted here. */
const test = base.extend<object, { told: Told }>({
  told: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const told = await startTold()
      await use(told)
      await told.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test.use({ locale: 'en' })

const listOf = (page: Page, name: string) => page.getByRole('region', { name })

/** The page of a consignment, for the party that the browser acts for. */
async function open(page: Page, { url, reference }: Told, name: Parameters<Told['reference']>[0], party: string) {
  await page.goto(`${url}/consignments/${reference(name)}?as=${party}`)
}

test('who is asked to sign sees it first, and the button leads to the receipt', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Seaway Freight')
  await page.goto(`${told.url}/today?as=${party}`)
  const row = listOf(page, 'Sign now').getByRole('listitem')
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('Wheelchair, folding, adult')
  await expect(row).toContainText('24 pieces')
  await expect(row).toContainText('from Harbour Relief')
  await expect(row).toContainText(formatReference(told.reference('waiting')))
  const sections = await page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()
  expect(sections.map(text => text.replace(/\d+$/, '').trim())).toEqual([
    'Sign now',
    'Waiting for others',
    'Differences to settle',
    'You hold',
  ])
  await row.getByRole('link', { name: /^Count and sign/ }).click()
  await expect(page).toHaveURL(
    new RegExp(`/consignments/${told.reference('waiting')}/receive\\?.*release=[0-9a-f]{64}`),
  )
})

test('who gave sees whom it waits for and since when, and what is to be settled', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  await page.goto(`${told.url}/today?as=${party}`)
  await expect(listOf(page, 'Sign now')).toContainText('Nobody waits for your signature.')
  const waiting = listOf(page, 'Waiting for others').getByRole('listitem')
  await expect(waiting).toContainText('to Seaway Freight')
  await expect(waiting.getByRole('time')).toHaveText(/ago|now/)
  await expect(waiting.getByRole('link', { name: /^Waybill/ })).toHaveAttribute('href', /\/waybill\?.*release=/)
  const difference = listOf(page, 'Differences to settle').getByRole('listitem')
  await expect(difference).toContainText('signed, not in effect: The party holds nothing of this.')
  await difference.getByRole('link', { name: /^Settle/ }).click()
  await expect(page).toHaveURL(new RegExp(`/consignments/${told.reference('offline')}/settle`))
})

test('a party with nothing to do reads so, and sees what it could begin', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Throughline demonstration')
  await page.goto(`${told.url}/today?as=${party}`)
  const main = page.getByRole('main')
  await expect(main).toContainText('Nothing waits for your signature, and nobody owes you one.')
  await expect(main.getByRole('link', { name: 'Prepare a consignment' })).toBeVisible()
})

test('what takes part is listed, searched and filtered, and the address keeps it', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Lakeside Clinic')
  await page.goto(`${told.url}/consignments?as=${party}`)
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(6)
  await page.getByRole('link', { name: 'With differences' }).click()
  await expect(page).toHaveURL(/differs=1/)
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText('Water purification tablet')
  await page.getByRole('link', { name: 'With differences' }).click()
  await page.getByRole('link', { name: 'Waiting for a taker' }).click()
  await page.getByRole('searchbox').fill('MALARIA')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page).toHaveURL(/stage=waiting/)
  await expect(page).toHaveURL(/query=MALARIA/)
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText('Given, not confirmed by')
  await page.reload()
  await expect(rows).toHaveCount(2)
  await page.getByRole('searchbox').fill('wheelchair')
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing fits' })).toBeVisible()
  await page.getByRole('link', { name: 'Take all filters away' }).click()
  await expect(rows).toHaveCount(6)
})

test('a reference is found however it is typed, also in what the party has no part in', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Lakeside Clinic')
  const reference = told.reference('waiting')
  const typed = `${reference.slice(0, 4)} ${reference.slice(4)}`.toLowerCase()
  await page.goto(`${told.url}/consignments?as=${party}&role=all`)
  await page.getByRole('searchbox').fill(typed)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('link', { name: formatReference(reference) }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Wheelchair, folding, adult')
  await expect(page.getByText('Lakeside Clinic has no part in this consignment')).toBeVisible()
  await expect(page.getByText('HR-2240')).toHaveCount(0)
})

test('every act is offered, or refused with the reason of the rules', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  await open(page, told, 'waiting', party)
  const next = page.getByRole('region', { name: 'What Harbour Relief can do' })
  await expect(next.getByRole('link')).toHaveText([
    'Take back an offer',
    'Set a count right',
    'Send to another recipient',
    'Correct a record',
  ])
  await next.getByText('What is not possible now, and why').click()
  const refused = next.getByRole('button', { name: 'Hand over' })
  await expect(refused).toBeDisabled()
  await expect(refused).toHaveAccessibleDescription('It is more than this party holds and has not already offered.')
  await expect(next.getByRole('button', { name: 'Count and sign' })).toHaveAccessibleDescription(
    'There is no such handover in effect.',
  )
  await expect(next.getByRole('button')).toHaveCount(7)
  const open_ = page.getByRole('region', { name: 'Given and not confirmed' })
  await expect(open_).toContainText('Harbour Relief gives to Seaway Freight')
  await expect(open_.getByRole('link', { name: 'Take back an offer' })).toHaveAttribute('href', /withdraw\?.*release=/)
})

test('those who take part read remarks and numbers; nobody else does', async ({ page, told }) => {
  const hospital = await enterDemo(page, told.url, 'Valley District Hospital')
  await open(page, told, 'partLoad', hospital)
  await expect(page.getByText('Remark: Two blankets soaked through; the bale was cut open.')).toBeVisible()
  await expect(page.getByText('Order number: HR-2231')).toBeVisible()
  const clinic = await enterDemo(page, told.url, 'Lakeside Clinic')
  await open(page, told, 'partLoad', clinic)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fleece blanket')
  await expect(page.locator('body')).not.toContainText('HR-2231')
  expect(await page.content()).not.toContain('soaked through')
  await page.goto(`${told.url}/track/${told.reference('partLoad')}`)
  expect(await page.content()).not.toContain('soaked through')
})

test('a reference with nothing behind it, and one misread, are told apart', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Lakeside Clinic')
  for (const [typed, said] of [
    ['00000000000', 'No consignment has this reference'],
    ['00000000001', 'One character of this reference is wrong'],
    ['somewhere', 'This is not a reference'],
  ] as const) {
    await page.goto(`${told.url}/consignments/${typed}?as=${party}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(said)
    await expect(page.getByRole('main').getByRole('link', { name: 'Scan a code' })).toBeVisible()
  }
})

test('without scripts all of it is readable, and searching works for the party in the address', async ({
  browser,
  page,
  told,
}) => {
  await enterDemo(page, told.url, 'Seaway Freight')
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'en',
    storageState: await page.context().storageState(),
  })
  const still = await context.newPage()
  await still.goto(`${told.url}/today?as=${party}`)
  await expect(listOf(still, 'Waiting for others').getByRole('listitem')).toHaveCount(1)
  await still.goto(`${told.url}/consignments?as=${party}`)
  await still.getByRole('searchbox').fill('fleece')
  await still.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(still).toHaveURL(new RegExp(`as=${party}`))
  await still.getByRole('link', { name: formatReference(told.reference('partLoad')) }).click()
  await expect(still.getByRole('region', { name: 'Where the goods are' })).toContainText('4 lost')
  await context.close()
})

for (const locale of ['en', 'ar'] as const) {
  test(`nothing stands in anyone’s way (${locale})`, async ({ browser, told }) => {
    test.setTimeout(5 * 60_000)
    const context = await browser.newContext({ locale: 'en' })
    const page = await context.newPage()
    const party = await enterDemo(page, told.url, 'Seaway Freight')
    await page.goto(`${told.url}/today?as=${party}&lang=${locale}`)
    const found: string[] = []
    const paths = [
      'today',
      'consignments',
      ...['waiting', 'offline', 'openRelease'].map(name => `consignments/${told.reference(name as 'waiting')}`),
    ]
    for (const path of [...paths, 'consignments/00000000000']) {
      await page.goto(`${told.url}/${path}?as=${party}`)
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          const { violations } = await new AxeBuilder({ page }).analyze()
          for (const { id, nodes } of violations)
            found.push(
              `${path} ${width} ${colorScheme}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`,
            )
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (overflow > 0) found.push(`${path} ${width}: ${overflow} px wider than the screen`)
      }
    }
    expect(found).toEqual([])
    await context.close()
  })
}
