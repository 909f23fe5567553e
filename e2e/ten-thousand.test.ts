import { test as base, expect } from '@playwright/test'
import { type Busy, startBusy } from './ten-thousand.fixture.ts'

const MANY = 10_000
const FEW = 10
/** What ten thousand may cost of what ten cost. */
const MOST = 3
const ROUNDS = 7

/** Two servers of the same program, one with ten consignments and one with ten thousand. */
const test = base.extend<object, { few: Busy; many: Busy }>({
  few: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const busy = await startBusy(FEW)
      await use(busy)
      await busy.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  many: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const busy = await startBusy(MANY)
      await use(busy)
      await busy.end()
    },
    { scope: 'worker', timeout: 10 * 60_000 },
  ],
})

/** Every page with a list in it, by what its address is made of. */
const PAGES: Readonly<Record<string, (busy: Busy) => string>> = {
  today: () => '/today',
  'consignments, newest': () => '/consignments',
  ...pagesOf('sort', ['oldest', 'oldest-open', 'item', 'stage']),
  ...pagesOf('role', ['consignor', 'holder', 'consignee', 'all']),
  ...pagesOf('stage', ['packed', 'waiting', 'on-the-way', 'delivered', 'closed']),
  ...pagesOf('due', ['sign', 'wait', 'free']),
  'consignments that differ': () => '/consignments?differs=1',
  'consignments that differ for anyone': () => '/consignments?differs=1&role=all',
  'consignments, last page': () => '/consignments?page=100000',
  'the whole log, last page': () => '/consignments?role=all&page=100000',
  'consignments with a word': () => '/consignments?query=blanket',
  'consignments with words that nothing has': () => '/consignments?query=penicillin+syrup',
  'consignments of a carrier by name': () => '/consignments?query=northline',
  'the whole log with a word': () => '/consignments?role=all&query=blanket',
  'consignments with another party': ({ cast }) => `/consignments?with=${cast.carrierA.reference}`,
  'consignments of two days': () => `/consignments?from=${dayOf(Date.now() - 86_400_000)}&to=${dayOf(Date.now())}`,
  'several filters at once': () => '/consignments?query=tent&stage=waiting&role=consignor&sort=oldest-open',
  'the first lines of the file': () => '/consignments/list.csv',
  parties: () => '/parties',
  'parties with a name': () => '/parties?query=harbour',
  'a party, as anyone sees it': ({ cast }) => `/parties/${cast.donor.reference}`,
  'a party, ever': ({ cast }) => `/parties/${cast.carrierA.reference}?period=all`,
  'a party’s record': ({ cast }) => `/parties/${cast.hospital.reference}/record?period=all`,
  keys: () => '/keys',
  'a key that is to be revoked': ({ cast }) => `/keys?revoke=${cast.donor.key.key}`,
  members: () => '/members',
  notices: () => '/notices',
  drafts: () => '/today?drafts=all',
}

function pagesOf(name: string, values: readonly string[]) {
  return Object.fromEntries(
    values.map(value => [`consignments, ${name} ${value}`, () => `/consignments?${name}=${value}`]),
  )
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}

/** Milliseconds until all of a page is here; of a file, until its first piece is. */
async function timeOf(busy: Busy, path: string): Promise<number> {
  const start = performance.now()
  const response = await fetch(busy.url + path, { headers: { cookie: busy.cookie, 'accept-language': 'en' } })
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status} ${response.url}`)
  if (path.includes('.csv')) {
    const reader = response.body?.getReader()
    await reader?.read()
    const milliseconds = performance.now() - start
    await reader?.cancel()
    return milliseconds
  }
  await response.arrayBuffer()
  return performance.now() - start
}

const median = (figures: readonly number[]) =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] as number

/** Times of one page on both servers in turns, so that a noisy machine is noisy for both. */
async function compare(few: Busy, many: Busy, page: (busy: Busy) => string, rounds: number) {
  const times: { few: number[]; many: number[] } = { few: [], many: [] }
  for (let round = -1; round < rounds; round++) {
    const [ten, all] = [await timeOf(few, page(few)), await timeOf(many, page(many))]
    // The first answer of a page compiles it and fills what is kept in memory.
    if (round < 0) continue
    times.few.push(ten)
    times.many.push(all)
  }
  return { few: median(times.few), many: median(times.many) }
}

test('with ten thousand consignments every list takes at most three times what it takes with ten', async ({
  few,
  many,
}) => {
  test.setTimeout(20 * 60_000)
  const slow: string[] = []
  for (const [name, page] of Object.entries(PAGES)) {
    let took = await compare(few, many, page, ROUNDS)
    // Something else ran meanwhile, or it is slow: three times as many tell them apart.
    if (took.many > MOST * took.few) took = await compare(few, many, page, 3 * ROUNDS)
    const said = `${name}: ${took.few.toFixed(1)} ms with ten, ${took.many.toFixed(1)} ms with ten thousand, ${(took.many / took.few).toFixed(2)} times`
    test.info().annotations.push({ type: 'time', description: said })
    if (took.many > MOST * took.few) slow.push(said)
  }
  expect(slow).toEqual([])
})
