import { readdirSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test'
import { fingerprintOf } from '../lib/core/custody/key-fingerprint.ts'
import { formatReference } from '../lib/core/custody/reference.ts'
import { keysOfParty } from '../lib/data/device-keys.ts'
import { isLocale, type Locale } from '../lib/messages/locale.ts'
import { PEOPLE, type Who } from './accounts.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import type { Part } from './founded.fixture.ts'
import { type Peopled, personAt } from './people.fixture.ts'

/** A message by its full name, as the pages say it. */
export type Words = (name: string, values?: Readonly<Record<string, string | number>>) => string

/** What the site says in a language: messages without plurals, their places filled in. */
export function wordsOf(locale: Locale): Words {
  const folder = new URL(`../lib/messages/${locale}/`, import.meta.url)
  const files = readdirSync(folder).map(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object)
  const messages: unknown = Object.assign({}, ...files)
  return (name, values = {}) => {
    const found = name
      .split('.')
      .reduce<unknown>((branch, step) => (branch as Record<string, unknown>)?.[step], messages)
    if (typeof found !== 'string' || found.includes(', plural')) throw new Error(`${name} is no plain message`)
    return found.replace(/\{(\w+)(?:, number)?\}/g, (_, place: string) => String(values[place] ?? ''))
  }
}

export const en = wordsOf('en')
export const MASKS = 'Surgical masks, type IIR'

/** Makes this browser's key through the page of keys. Answers its name once the page says that it waits. */
export async function makeKey(
  page: Page,
  peopled: Peopled,
  part: Part,
  { t = en, device = 'Phone at the gate' } = {},
): Promise<string> {
  const party = peopled.cast[part].reference
  await page.goto(`/keys?as=${party}`)
  const known = new Set((await keysOfParty(party, peopled.log)).waiting.map(({ key }) => key))
  await page.getByRole('textbox', { name: t('keys.here.device') }).fill(device)
  await page
    .getByRole('region', { name: t('keys.here.title') })
    .getByRole('button')
    .click()
  await expect(page.getByText(t('keys.here.waiting.title'), { exact: true })).toBeVisible()
  const made = (await keysOfParty(party, peopled.log)).waiting.find(({ key }) => !known.has(key))
  if (!made) throw new Error('the page says that a key waits, and none does')
  await expect(page.getByText(fingerprintOf(made.key)).first()).toBeVisible()
  return made.key
}

/** Enrols a waiting key as the party's admin would, with the admin's key that this process holds. Answers the enrolment's event hash. */
export async function enrol(peopled: Peopled, part: Part, key: string): Promise<string> {
  const actor = peopled.cast[part]
  const asked = (await keysOfParty(actor.reference, peopled.log)).waiting.find(each => each.key === key)
  if (!asked) throw new Error(`${key} does not wait`)
  const { publicKey, role, proof } = asked
  const body = { party: actor.reference, publicKey, role, held: 'device', proof }
  const signed = await sign(peopled, { actor, about: 'key', id: key, kind: 'enrol', body })
  expect(await send(peopled.url, bodyOf(signed))).toMatchObject({ status: 201 })
  return signed.hash
}

/** A page of a person's own browser, signed in, with an enrolled key for their first party. The browser is the page's `context()`. */
export async function deskOf(
  browser: Browser,
  peopled: Peopled,
  who: Who,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const [first] = PEOPLE[who].of
  if (!first) throw new Error(`${who} has no party`)
  const context = await personAt(browser, peopled, who, options)
  const page = await context.newPage()
  const t = wordsOf(isLocale(options.locale) ? options.locale : 'en')
  await enrol(peopled, first.part, await makeKey(page, peopled, first.part, { t }))
  await page.reload()
  await expect(page.getByText(t('keys.here.enrolled.title'), { exact: true })).toBeVisible()
  return page
}

/** A consignment that the donor packed for the hospital with the key that this process holds: 480 boxes of masks unless it says otherwise. */
export async function packedFor(
  peopled: Peopled,
  more: { lines?: readonly object[]; sealed?: Readonly<Record<string, string>> } = {},
): Promise<{ id: string; head: string }> {
  const { donor, hospital } = peopled.cast
  const { id, draft } = packing(donor, { consignee: hospital, ...more })
  const signed = await sign(peopled, draft)
  expect(await send(peopled.url, bodyOf(signed))).toMatchObject({ status: 201, body: { inEffect: true } })
  return { id, head: signed.hash }
}

/** Fills in a release to a party and signs it, from the page of the consignment. Ends on that page again. */
export async function handOver(
  page: Page,
  args: { id: string; to: string; counts?: Readonly<Record<string, number>>; t?: Words },
): Promise<void> {
  const { id, to, counts = {}, t = en } = args
  await page.goto(`/consignments/${id}`)
  await page.getByRole('link', { name: t('consignments.act.release'), exact: true }).click()
  await page.waitForURL(url => url.pathname.endsWith('/release'))
  for (const [item, count] of Object.entries(counts))
    await page.getByRole('textbox', { name: item, exact: true }).fill(String(count))
  const search = page.getByRole('searchbox')
  // Of many parties the form shows the nearest.
  if (await search.isVisible()) await search.fill(to)
  await page.getByRole('radio', { name: to }).check()
  await signWith(page, t('act.release.signGoods', { goods: '' }).trim(), id)
}

/** The row of a consignment in one of the lists of today. */
export function rowOf(page: Page, { id, list }: { id: string; list: string }): Locator {
  return page
    .getByRole('region', { name: list })
    .getByRole('listitem')
    .filter({ hasText: formatReference(id) })
}

/** Presses the one button that signs, whose name begins so, and waits until the page of the consignment is there. */
export async function signWith(page: Page, label: string, id: string): Promise<void> {
  const button = page.getByRole('button', { name: label }).last()
  await expect(button).toBeEnabled()
  await button.click()
  await expect(page).toHaveURL(url => url.pathname === `/consignments/${id}`, { timeout: 30_000 })
}

/** Taps the chip of a choice: its radio is only there for keyboards and screen readers. */
export async function choose(page: Page | Locator, name: string | RegExp): Promise<void> {
  const radio = page.getByRole('radio', { name, exact: typeof name === 'string' })
  await radio.locator('xpath=ancestor::label').click()
  await expect(radio).toBeChecked()
}
