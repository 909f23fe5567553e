import { expect, type Page } from '@playwright/test'
import { NAMES } from './founded.fixture.ts'
import { test } from './people.fixture.ts'
import { choose, deskOf, handOver, MASKS, packedFor, rowOf, signWith, wordsOf } from './workspace.fixture.ts'

test('in Arabic, from right to left: handed over, received with a shortage, settled', async ({ browser, peopled }) => {
  const t = wordsOf('ar')
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal', { locale: 'ar' })
  const hana = await deskOf(browser, peopled, 'hana', { locale: 'ar' })
  await expect(amal.locator('html')).toHaveAttribute('dir', 'rtl')
  await handOver(amal, { id, to: NAMES.hospital, t })

  await hana.goto('/today')
  await rowOf(hana, { id, list: t('today.sign.title') })
    .getByRole('link', { name: t('today.do.receive') })
    .click()
  await expect(hana.getByText(t('act.signAs', { party: NAMES.hospital }))).toBeVisible()
  await hana.getByRole('textbox', { name: t('act.receive.got', { item: MASKS }) }).fill('476')
  await hana.getByRole('button', { name: t('act.fate.missing', { count: 4 }) }).click()
  await choose(hana, t('reasons.not-found'))
  await signWith(hana, t('act.receive.sign').split(' ')[0] as string, id)

  await amal.goto('/today')
  await rowOf(amal, { id, list: t('today.differences.title') })
    .getByRole('link', { name: t('today.do.settle') })
    .click()
  await amal.getByRole('button', { name: t('act.settle.allLost') }).click()
  await signWith(amal, t('act.settle.signLost').split(' ')[0] as string, id)
})

/** Presses Tab until the wanted control has the focus; a person without a mouse could not reach it otherwise. */
async function tabTo(page: Page, role: 'link' | 'button' | 'textbox' | 'radio', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).last()
  await expect(wanted).toBeEnabled()
  for (let presses = 0; presses < 150; presses++) {
    if (await wanted.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach the ${role} ${name}`)
}

test('with the keyboard alone: handed over, received with damage', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const hana = await deskOf(browser, peopled, 'hana')

  await amal.goto(`/consignments/${id}`)
  await amal.keyboard.press('Tab')
  await expect(amal.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await amal.keyboard.press('Enter')
  await tabTo(amal, 'link', /^Hand over$/)
  await amal.keyboard.press('Enter')
  await amal.waitForURL(/\/release/)
  await tabTo(amal, 'textbox', MASKS)
  await amal.keyboard.press('ControlOrMeta+a')
  await amal.keyboard.type('300')
  await tabTo(amal, 'radio', new RegExp(NAMES.hospital))
  await amal.keyboard.press('Space')
  await tabTo(amal, 'button', /^Hand over 300 boxes/)
  await amal.keyboard.press('Enter')
  await amal.waitForURL(url => url.pathname === `/consignments/${id}`)

  await hana.goto(`/consignments/${id}/receive`)
  await tabTo(hana, 'textbox', `In your hands, in good order: ${MASKS}`)
  await hana.keyboard.press('ControlOrMeta+a')
  await hana.keyboard.type('298')
  await tabTo(hana, 'button', 'Damaged 2')
  await hana.keyboard.press('Enter')
  await tabTo(hana, 'radio', 'on the way')
  await hana.keyboard.press('ArrowRight')
  await expect(hana.getByRole('radio', { name: 'wet' })).toBeChecked()
  await tabTo(hana, 'button', /^Sign for 300 boxes, of them damaged: 2 boxes/)
  await hana.keyboard.press('Enter')
  await hana.waitForURL(url => url.pathname === `/consignments/${id}`)
  await expect(hana.getByRole('main')).toContainText('298')
})
