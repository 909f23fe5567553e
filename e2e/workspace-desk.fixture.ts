import { expect, type Page } from '@playwright/test'
import { enterAs, inBrowser, type Stage } from './workspace-stage.fixture.ts'

const DONOR = 'Harbour Relief'

/** Every consignment of the story for those who act in it and for one who does not; the lists; what is new today. */
export async function desks(stage: Stage): Promise<void> {
  const { played, see } = stage
  await inBrowser(stage, undefined, async page => {
    await page.goto('/enter')
    await see(page, 'enter')
    const donor = await enterAs(page, DONOR)
    await see(page, 'today-donor')
    await page.goto('/enter')
    await see(page, 'enter-entered')
    for (const { name, reference } of played.story.consignments) {
      await page.goto(`/consignments/${reference}?${donor}`)
      await see(page, `detail-${name}-donor`)
    }
    const list = `/consignments?${donor}`
    for (const [state, query] of [
      ['all', ''],
      ['filtered', '&stage=delivered&role=consignor'],
      ['differs', '&differs=1'],
      ['found', '&query=tablet'],
      ['not-found', '&query=penicillin&stage=closed&from=2026-01-01'],
      ['with', `&with=${played.cast.carrierA.reference}&from=2026-01-01&to=2036-01-01&sort=item`],
      ['everywhere', '&role=all&sort=stage'],
    ] as const) {
      await page.goto(list + query)
      await see(page, `consignments-${state}`)
    }
    const carrier = await enterAs(page, 'Seaway Freight')
    await see(page, 'today-carrier')
    for (const name of ['waiting', 'offline', 'partLoad', 'relay'] as const) {
      await page.goto(`/consignments/${played.reference(name)}?${carrier}`)
      await see(page, `detail-${name}-carrier`)
    }
    const hospital = await enterAs(page, 'Valley District Hospital')
    await see(page, 'today-hospital')
    for (const name of ['partLoad', 'relay', 'openRelease'] as const) {
      await page.goto(`/consignments/${played.reference(name)}?${hospital}`)
      await see(page, `detail-${name}-hospital`)
    }
    await page.goto(`/consignments/7K3Q9XMD2TK?${hospital}`)
    await see(page, 'detail-unknown')
    const operator = await enterAs(page, 'Throughline demonstration')
    await page.goto(`/consignments?${operator}`)
    await see(page, 'consignments-empty')
    await page.goto(`/consignments/${played.reference('relay')}?${operator}`)
    await see(page, 'detail-relay-nobody')
  })
}

const cell = (page: Page, name: string) => page.locator(`[data-cell="${name}"]`)

/** A consignment before it is signed, and its labels. */
export async function drafts(stage: Stage): Promise<void> {
  const { see, t } = stage
  await inBrowser(stage, undefined, async (page, context) => {
    const donor = await enterAs(page, DONOR)
    await page.goto(`/consignments/new?${donor}`)
    await see(page, 'new')
    await page.getByRole('button', { name: t('draft.new.start') }).click()
    await page.waitForURL(/\/consignments\/[0-9A-Z]{11}/)
    const draft = new URL(page.url()).pathname
    await see(page, 'draft-empty')
    await page.getByRole('button', { name: t('draft.paste.open') }).click()
    const rows = [
      'Item description\tQTY\tUoM\tExpiry\tLot',
      'Gloves, nitrile, M\t1,200\tpairs\t06/2028\tGL-77',
      'Saline 0.9 %, 500 ml\tmany\tbtl\t2027-02\t',
      'Surgical masks, type IIR\t474\tpcs\t2029\tM-1',
    ]
    await page.locator('textarea').first().fill(rows.join('\n'))
    await expect(page.locator('li').filter({ hasText: 'many' }).first()).toBeVisible()
    await see(page, 'draft-paste')
    await page.getByRole('button', { name: t('draft.paste.close') }).click()
    await cell(page, '0/item').fill('Surgical masks, type IIR')
    await cell(page, '0/quantity').fill('474')
    await cell(page, '0/unit').selectOption('piece')
    await cell(page, '0/packSize').fill('50')
    await cell(page, '0/quantity').press('Enter')
    await cell(page, '1/item').fill('Saline 0.9 %, 500 ml')
    await cell(page, '1/quantity').fill('many')
    await cell(page, '1/expiry').fill('soon')
    await page.getByText(t('draft.more.title')).click()
    await expect(page.getByText(t('draft.saving.saved'))).toBeVisible()
    await see(page, 'draft-wrong')
    for (const [name, query] of [
      ['single', 'sheet=single'],
      ['a6', 'sheet=a6&marks=fragile,up'],
      ['a4', 'sheet=a4&copies=9&number=1'],
    ] as const) {
      await page.goto(`${draft}/label?${donor}&${query}`)
      await see(page, `label-${name}`)
    }
    await page.goto(`/today?${donor}`)
    await see(page, 'today-drafts')
    await page.goto(`${draft}?${donor}`)
    await context.clearCookies()
    await cell(page, '1/quantity').fill('40')
    await expect(page.getByText(t('draft.saving.signed-out'))).toBeVisible()
    await see(page, 'draft-signed-out')
    await enterAs(page, DONOR)
  })
}
