import { expect, type Page } from '@playwright/test'
import { recordMore } from './memory.fixture.ts'
import { labelOf } from './story.fixture.ts'
import { startWitnessed, untilSigned } from './witnesses.fixture.ts'

type See = (page: Page, name: string) => Promise<void>

/** Walks through what is said of witnesses: all have signed, this browser holds the site to them, one is missing. Takes a server of its own. The same in every language. */
export async function walkWitnesses(page: Page, see: See): Promise<void> {
  const witnessed = await startWitnessed()
  const { told } = witnessed
  const openLog = async (state: string) => {
    await page.goto(`${told.url}/log`)
    await expect(page.locator(state)).toBeVisible()
  }
  try {
    await recordMore(told, 1)
    await untilSigned(told.url, 2)
    await openLog('[data-witnesses="2/2"]')
    await expect(page.locator('[data-hold="take"]')).toBeVisible()
    await see(page, 'log-witnesses')
    await page.locator('[data-hold="take"]').click()
    await expect(page.locator('[data-held]')).toBeVisible()
    await see(page, 'log-held')
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(page.locator('[data-check="witnesses"][data-outcome="pass"]')).toBeVisible()
    await see(page, 'track-witnessed')
    await witnessed.south.stop('SIGKILL')
    await recordMore(told, 1)
    await untilSigned(told.url, 1)
    await openLog('[data-witnesses="1/2"]')
    await see(page, 'log-witness-down')
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(page.locator('[data-check="witnesses"][data-outcome="fail"]')).toBeVisible()
    await see(page, 'track-too-few-witnesses')
  } finally {
    await witnessed.end()
  }
}
