import { expect, type Page } from '@playwright/test'
import { recordMore } from './memory.fixture.ts'
import type { Told } from './server.fixture.ts'
import { labelOf } from './story.fixture.ts'
import { recordUntilSigned, startWitnessed, untilSigned } from './witnesses.fixture.ts'

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
    await recordUntilSigned(told, 2)
    await openLog('[data-witnesses="2/2"]')
    await expect(page.locator('[data-hold="take"]')).toBeVisible()
    await see(page, 'log-witnesses')
    await page.locator('[data-hold="take"]').click()
    await expect(page.locator('[data-held]')).toBeVisible()
    await see(page, 'log-held')
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(page.locator('[data-check="witnesses"][data-outcome="pass"]')).toBeVisible()
    await see(page, 'track-witnessed')
    await page.goto(`${told.url}/verify`)
    await checkHere(page, told, '[data-held="2/2"]')
    await see(page, 'verify-witnessed')
    await page.goto(`${told.url}/status`)
    await expect(page.locator('[data-health="well"]')).toBeVisible()
    await see(page, 'status-witnesses')
    await witnessed.south.stop('SIGKILL')
    await recordMore(told, 1)
    await untilSigned(told.url, 1)
    await openLog('[data-witnesses="1/2"]')
    await see(page, 'log-witness-down')
    await page.locator('[data-hold="again"]').click()
    await expect(page.locator('[data-hold-problem="unmet"]')).toBeVisible()
    await see(page, 'log-hold-unmet')
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(page.locator('[data-check="witnesses"][data-outcome="fail"]')).toBeVisible()
    await see(page, 'track-too-few-witnesses')
    await page.goto(`${told.url}/verify`)
    await checkHere(page, told, '[data-held="1/2"]')
    await see(page, 'verify-too-few-witnesses')
    await page.goto(`${told.url}/status`)
    await expect(page.locator('[data-health="well"]')).toBeVisible()
    await see(page, 'status-witness-down')
  } finally {
    await witnessed.end()
  }
}

/** Checks the evidence of a consignment on the verify page, until `state` is said of it. */
async function checkHere(page: Page, told: Told, state: string): Promise<void> {
  await page.locator('#text').fill(await (await fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`)).text())
  await page.locator('form#verify button[type=submit]').click()
  await expect(page.locator(state)).toBeVisible()
}
