import { expect, type Page } from '@playwright/test'
import { actingOn } from '../lib/data/acting.ts'
import { closeLog, openLog } from '../lib/data/open-log.ts'
import { browserWithCamera, launch, type Scene, type Shown } from './camera.fixture.ts'
import { enterDemo } from './demo.fixture.ts'
import type { Told } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const PHONE = { viewport: { width: 390, height: 780 }, locale: 'en' } as const
const OTHER_LOG = '0123456789ABCDEFGHJKMNPQR0'

/** A phone of a member of the party, with the scenes before its camera, on the page that scans. */
async function scanning(
  told: Told,
  { as, scenes, see }: { as: string; scenes: readonly Scene[]; see: (page: Page, party: string) => Promise<void> },
): Promise<void> {
  const { browser, end } = await browserWithCamera(scenes)
  try {
    const page = await browser.newPage(PHONE)
    const party = await enterDemo(page, told.url, as)
    await page.goto(`${told.url}/scan?as=${party}`)
    await see(page, party)
  } finally {
    await end()
  }
}

const always = (...codes: Shown[]): Scene[] => [{ seconds: 1, codes }]
const reading = (page: Page) => page.getByRole('status').filter({ hasText: /label|reference|code/i })

/** The release of the consignment that is open to somebody, or its only one. */
async function releaseOf(told: Told, reference: string): Promise<string> {
  const log = await openLog({ dataDir: told.dataDir, databaseUrl: `file:${told.database}`, isDemo: true })
  const acting = await actingOn(reference, log)
  await closeLog(log)
  return acting?.state.releases.at(-1)?.hash as string
}

test('scanning the label of what was handed over leads its taker straight to signing for it', async ({ told }) => {
  const reference = told.reference('waiting')
  const release = await releaseOf(told, reference)
  await scanning(told, {
    as: 'Seaway Freight',
    scenes: always({ text: labelOf(told, reference) }),
    see: async (page, party) => {
      await page.waitForURL(/\/consignments\//)
      expect(new URL(page.url()).pathname).toBe(`/consignments/${reference}/receive`)
      expect(new URL(page.url()).searchParams.get('release')).toBe(release)
      expect([party, null]).toContain(new URL(page.url()).searchParams.get('as'))
    },
  })
})

test('the label of a consignment that asks nothing of the scanner leads to its page', async ({ told }) => {
  const reference = told.reference('waiting')
  await scanning(told, {
    as: 'Lakeside Clinic',
    scenes: always({ text: labelOf(told, reference) }),
    see: page => page.waitForURL(url => url.pathname === `/consignments/${reference}`),
  })
})

test('a label that is torn, and one that is held askew, are read', async ({ told }) => {
  const reference = told.reference('relay')
  for (const held of [{ torn: 0.3 }, { degrees: 28 }, { degrees: 200, scale: 5 }]) {
    await scanning(told, {
      as: 'Harbour Relief',
      scenes: always({ text: labelOf(told, reference), ...held }),
      see: page => page.waitForURL(url => url.pathname === `/consignments/${reference}`),
    })
  }
})

test('the camera goes on looking: a label that comes after other codes is found', async ({ told }) => {
  const reference = told.reference('relay')
  await scanning(told, {
    as: 'Harbour Relief',
    scenes: [
      { seconds: 3, codes: [] },
      { seconds: 2, codes: [{ text: 'WIFI:S:shed;T:WPA;P:secret;;' }] },
      { seconds: 4, codes: [{ text: labelOf(told, reference) }] },
    ],
    see: async page => {
      await expect(reading(page).first()).toBeVisible()
      await page.waitForURL(url => url.pathname === `/consignments/${reference}`)
    },
  })
})

test('after half a minute without a label typing is offered louder, and the camera still looks', async ({ told }) => {
  await scanning(told, {
    as: 'Harbour Relief',
    scenes: always(),
    see: async page => {
      await page.clock.install()
      await page.reload()
      const finder = page.locator('[data-camera]')
      await expect(finder).toHaveAttribute('data-camera', 'looking')
      await page.clock.fastForward('00:29')
      await expect(page.getByText('No luck with the camera yet?')).toHaveCount(0)
      await page.clock.fastForward('00:03')
      await expect(page.getByText('No luck with the camera yet?')).toBeVisible()
      await page.clock.fastForward('10:00')
      await expect(finder).toHaveAttribute('data-camera', 'looking')
    },
  })
})

test('where the part that reads codes does not load, the page says so, and typing works', async ({ told }) => {
  const reference = told.reference('relay')
  await scanning(told, {
    as: 'Harbour Relief',
    scenes: always(),
    see: async page => {
      await page.route('**/_next/static/chunks/*.js', async route => {
        const answer = await route.fetch()
        const isReader = (await answer.text()).includes('scanner operation already in flight')
        await (isReader ? route.abort() : route.fulfill({ response: answer }))
      })
      await page.reload()
      await expect(page.getByText('The part that reads codes did not load')).toBeVisible()
      await page.getByRole('textbox').first().fill(reference)
      await page.getByRole('textbox').first().press('Enter')
      await page.waitForURL(url => url.pathname === `/consignments/${reference}`)
    },
  })
})

test('a code that is none of ours is named and shown as text, and leads nowhere', async ({ told }) => {
  const reference = told.reference('relay')
  const wrong = `${reference.slice(0, 10)}${reference.endsWith('0') ? '1' : '0'}`
  for (const [text, title, shown] of [
    ['https://evil.example/sign-in', 'This is not a Throughline label', 'https://evil.example/sign-in'],
    ['https://id.example.com/00/095200000000000015', 'This is a code of GS1, not our label', '/00/095200000000000015'],
    [labelOf(told, reference, OTHER_LOG), 'This is a label of another log', new URL(told.url).host],
    [labelOf(told, wrong), 'This reference is not right', wrong],
  ] as const) {
    await scanning(told, {
      as: 'Harbour Relief',
      scenes: always({ text, scale: 6 }),
      see: async page => {
        const notice = page.getByRole('status').filter({ hasText: title })
        await expect(notice).toContainText(shown)
        await expect(notice.getByRole('link')).toHaveCount(0)
        expect(new URL(page.url()).pathname).toBe('/scan')
      },
    })
  }
})

test('of two labels in view the person chooses', async ({ told }) => {
  const [left, right] = [told.reference('relay'), told.reference('partLoad')]
  await scanning(told, {
    as: 'Harbour Relief',
    scenes: always({ text: labelOf(told, left), x: 160, scale: 4 }, { text: labelOf(told, right), x: 480, scale: 4 }),
    see: async page => {
      await expect(page.getByText('Several labels are in view')).toBeVisible()
      await page.getByRole('button', { name: new RegExp(`${right.slice(0, 4)}-`) }).click()
      await page.waitForURL(url => url.pathname === `/consignments/${right}`)
    },
  })
})

test('the code of an open release leads to signing for it, and its secret stays behind the #', async ({ told }) => {
  const reference = told.reference('openRelease')
  const release = await releaseOf(told, reference)
  const seed = '5e'.repeat(32)
  await scanning(told, {
    as: 'Lakeside Clinic',
    scenes: always({ text: `${told.url}/take/${reference}#r=${release}&s=${seed}`, scale: 6 }),
    see: async page => {
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      await page.waitForURL(url => url.pathname === `/consignments/${reference}/receive`)
      expect(new URL(page.url()).searchParams.get('release')).toBe(release)
      expect(asked.filter(url => new URL(url).search.includes(seed))).toEqual([])
    },
  })
})

for (const [why, switches, host, title] of [
  [
    'is denied',
    ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
    '',
    'The camera is not allowed here',
  ],
  ['is absent', ['--use-fake-ui-for-media-stream'], '', 'No camera was found'],
  [
    'is withheld, because the page came without encryption',
    ['--use-fake-device-for-media-stream', '--host-resolver-rules=MAP shed.example 127.0.0.1'],
    'shed.example',
    'The camera works over https only',
  ],
] as const) {
  test(`where the camera ${why}, a plain sentence says so and typing leads on`, async ({ told }) => {
    const browser = await launch(switches)
    try {
      const page = await browser.newPage(PHONE)
      const url = host === '' ? told.url : told.url.replace('localhost', host)
      const party = await enterDemo(page, url, 'Seaway Freight')
      await page.goto(`${url}/scan?as=${party}`)
      await expect(page.getByText(title)).toBeVisible()
      const reference = told.reference('waiting')
      const field = page.getByLabel('Or type the reference')
      await field.fill(`${reference.slice(0, 10)}${reference.endsWith('0') ? '1' : '0'}`)
      await page.getByRole('button', { name: 'Go on' }).click()
      await expect(page.getByText('This reference is not right')).toBeVisible()
      await field.fill(` ${reference.slice(0, 4).toLowerCase()}-${reference.slice(4)} `.replace(/0/g, 'o'))
      await page.getByRole('button', { name: 'Go on' }).click()
      await page.waitForURL(at => at.pathname === `/consignments/${reference}/receive`)
    } finally {
      await browser.close()
    }
  })
}

test('the label of nothing recorded is said to be one, once, while it is still before the camera', async ({ told }) => {
  await scanning(told, {
    as: 'Harbour Relief',
    scenes: always({ text: labelOf(told, '7K3Q9XMD2TK') }),
    see: async page => {
      await page.waitForURL(/unknown=7K3Q9XMD2TK/)
      await expect(page.getByRole('status').filter({ hasText: 'Nothing is recorded under' })).toBeVisible()
      await page.clock.install()
      await page.reload()
      await expect(page.locator('[data-camera]')).toHaveAttribute('data-camera', 'looking')
      let left = 0
      page.on('framenavigated', () => {
        left += 1
      })
      await page.clock.fastForward('00:40')
      await expect(page.getByText('No luck with the camera yet?')).toBeVisible()
      expect(left).toBe(0)
      await expect(page.getByRole('link', { name: 'Scan again' })).toBeVisible()
    },
  })
})

test('a reference under which nothing is recorded is said to be one, also without scripts', async ({
  browser,
  told,
}) => {
  const page = await browser.newPage(PHONE)
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  await page.goto(`${told.url}/scan/7K3Q9XMD2TK?as=${party}`)
  await expect(page.getByRole('status').filter({ hasText: '7K3Q-9XMD-2TK' })).toContainText('Nothing is recorded')
  const plain = await browser.newContext({ javaScriptEnabled: false, ...PHONE })
  await plain.addCookies(await page.context().cookies())
  const still = await plain.newPage()
  await still.goto(`${told.url}/scan?as=${party}`)
  await still.getByLabel('Or type the reference').fill('7k3q9xmd2tk')
  await still.getByRole('button', { name: 'Go on' }).click()
  await expect(still.getByText('Nothing is recorded under')).toBeVisible()
})

test('who scans before signing in comes back to what was scanned', async ({ browser, told }) => {
  const page = await browser.newPage(PHONE)
  const reference = told.reference('waiting')
  await page.goto(`${told.url}/scan/${reference}`)
  await page.getByRole('link', { name: 'Enter the demonstration' }).click()
  await page.getByRole('button', { name: 'Enter as Seaway Freight' }).click()
  await page.waitForURL(at => at.pathname === `/consignments/${reference}/receive`)
})
