import { expect, type Page } from '@playwright/test'
import { handOver, pack, receive, release, type Told } from '../lib/cli/story-acts.ts'
import { SITES } from '../lib/cli/story-cast.ts'
import { enterAs, inBrowser, lastRelease, type Played, type Stage } from './workspace-stage.fixture.ts'

const { beira, hospital: door } = SITES
let packed = 0

/** Goods that the donor has packed, of three kinds, and of which nothing has left. */
function packedByDonor({ scribe, cast }: Played): Promise<Told> {
  packed += 1
  return pack(scribe, {
    name: `looked at ${packed}`,
    by: cast.donor,
    site: beira,
    consignee: cast.hospital,
    sealed: { order: 'HR-2255' },
    lines: [
      { id: '1', item: 'Surgical masks, type IIR', lot: 'SM-0071', unit: 'piece', packSize: '50', quantity: '480' },
      { id: '2', item: 'Pulse oximeter, fingertip', unit: 'piece', quantity: '12' },
      { id: '3', item: 'Amoxicillin 250 mg', lot: 'AMX5190', expiry: '2027-11', unit: 'tablet', quantity: '6000' },
    ],
  })
}

/** Goods of which four are missing between the carrier and the hospital, and nobody has settled it. */
async function short(played: Played): Promise<{ id: string; handoff: string }> {
  const { donor, carrierA, hospital } = played.cast
  const told = await packedByDonor(played)
  const parts = [{ line: '1', quantity: '480' }]
  await handOver(told, { from: donor, to: carrierA, at: beira, parts })
  const { hash } = await release(told, { by: carrierA, to: hospital, site: door, parts })
  const missing = { quantity: '4', reason: 'not-found' } as const
  const damaged = { quantity: '2', reason: 'wet' } as const
  await receive(told, {
    by: hospital,
    release: hash,
    site: door,
    lines: [{ line: '1', received: '474', missing, damaged }],
  })
  return { id: told.id, handoff: hash }
}

const more = (page: Page) => page.locator('main details summary').last().click()

/** The donor's forms: each as it opens, and where it has states, in them. */
async function ofTheDonor({ played, see, t }: Stage, page: Page): Promise<void> {
  const { id } = await packedByDonor(played)
  const { id: shortId, handoff } = await short(played)
  const donor = await enterAs(page, 'Harbour Relief')
  const open = (reference: string, kind: string, query = '') =>
    page.goto(`/consignments/${reference}/${kind}?${donor}${query}`)
  await page.goto(`/consignments/${id}?${donor}`)
  await see(page, 'detail-packed-donor')
  await open(id, 'release')
  await see(page, 'release')
  const oximeters = page.getByLabel('Pulse oximeter, fingertip', { exact: true }).last()
  await oximeters.fill('a few')
  await page.getByRole('radio', { name: t('act.release.ways.via') }).check()
  await more(page)
  await see(page, 'release-via-wrong')
  // What is typed is kept for when the form is opened again.
  await oximeters.fill('10')
  await open(id, 'pack')
  await see(page, 'pack-more')
  for (const kind of ['redirect', 'correct', 'adjust'] as const) {
    await open(id, kind)
    await see(page, kind)
  }
  await open(id, 'receive')
  await see(page, 'receive-nothing')
  await open(played.reference('waiting'), 'withdraw')
  await see(page, 'withdraw')
  await page.goto(`/consignments/${shortId}?${donor}`)
  await see(page, 'detail-short-donor')
  await open(shortId, 'settle', `&release=${handoff}`)
  await page.getByRole('button', { name: t('act.settle.allLost') }).click()
  await see(page, 'settle')
  await open(played.reference('offline'), 'settle')
  await see(page, 'settle-stray')
  const waiting = played.reference('waiting')
  await open(waiting, 'waybill', `&release=${await lastRelease(played, waiting)}`)
  await see(page, 'waybill')
  await open(id, 'release')
  await page.getByRole('radio', { name: t('act.release.ways.open') }).check()
  await page.locator('main button.primary').last().click()
  await page.waitForURL(/\/waybill\?/)
  await expect(page.getByRole('img', { name: t('act.waybill.code') })).toBeVisible()
  await see(page, 'waybill-open')
  await page.goto(`/take/${id}`)
  await see(page, 'take-without-code')
  const hash = await lastRelease(played, id)
  await page.goto('about:blank')
  await page.goto(`/take/${id}#r=${hash}&s=${'5e'.repeat(32)}`)
  await see(page, 'take')
  const clinic = await enterAs(page, 'Lakeside Clinic')
  await page.goto(`/consignments/${id}/receive?${clinic}&release=${hash}`)
  await see(page, 'receive-without-code')
}

/** The forms of those who take, count and give out. */
async function ofTheTakers({ played, see, t }: Stage, page: Page): Promise<void> {
  const carrier = await enterAs(page, 'Seaway Freight')
  const waiting = `/consignments/${played.reference('waiting')}`
  await page.goto(`${waiting}/receive?${carrier}`)
  await see(page, 'receive')
  const count = page.getByRole('textbox', { name: 'Wheelchair, folding, adult' }).first()
  await count.fill('20')
  await see(page, 'receive-fewer')
  await page.getByRole('main').locator('.tally .choices button').first().click()
  await see(page, 'receive-difference')
  await count.fill('26')
  await see(page, 'receive-more')
  await page.goto(`${waiting}/refuse?${carrier}`)
  await see(page, 'refuse')
  await page.goto(`${waiting}/redirect?${carrier}`)
  await see(page, 'act-not-yours')
  const hospital = await enterAs(page, 'Valley District Hospital')
  const held = `/consignments/${played.reference('partLoad')}`
  for (const kind of ['distribute', 'write-off', 'adjust', 'release'] as const) {
    await page.goto(`${held}/${kind}?${hospital}`)
    await see(page, `${kind}-hospital`)
  }
  await page.goto(`${held}/adjust?${hospital}`)
  await page.getByRole('main').getByRole('textbox').first().fill('470')
  await more(page)
  await expect(page.getByText(t('act.receive.why'), { exact: true }).first()).toBeVisible()
  await see(page, 'adjust-fewer')
}

/** Every form that signs something about goods, and the papers that come of it. */
export async function acts(stage: Stage): Promise<void> {
  await inBrowser(stage, undefined, async page => {
    await ofTheDonor(stage, page)
    await ofTheTakers(stage, page)
  })
}
