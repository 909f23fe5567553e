import { expect } from '@playwright/test'
import { fingerprintOf } from '../lib/core/custody/key-fingerprint.ts'
import { keysOfParty } from '../lib/data/device-keys.ts'
import { NAMES } from './founded.fixture.ts'
import { test } from './people.fixture.ts'
import { choose, deskOf, handOver, makeKey, packedFor } from './workspace.fixture.ts'

test('invited, approved by comparing fingerprints, then revoked: the next act is refused, what was signed before stays', async ({
  browser,
  own,
}) => {
  const { id } = await packedFor(own)
  const { id: later } = await packedFor(own)
  const amal = await deskOf(browser, own, 'amal')

  await amal.goto('/members')
  const invite = amal.getByRole('region', { name: 'Invite someone' })
  await invite.getByRole('textbox', { name: 'For whom' }).fill('Farid, the night shift')
  await invite.getByRole('button', { name: 'Make the invitation link' }).click()
  const link = await invite.getByText(/\/join\//).textContent()

  const context = await browser.newContext({ baseURL: own.url })
  const farid = await context.newPage()
  await farid.goto(link as string)
  await expect(farid.getByRole('heading', { level: 1 })).toContainText(`Join ${NAMES.donor}`)
  await farid.getByRole('textbox', { name: 'Your name' }).fill('Farid Osman')
  await farid.getByRole('textbox', { name: 'E-mail address' }).fill('farid@relief.example')
  await farid.getByLabel('Password').fill('long enough words')
  await farid.getByRole('button', { name: 'Make the account and join' }).click()
  await farid.waitForURL(/\/keys/)
  const key = await makeKey(farid, own, 'donor', { device: 'Farid’s phone' })
  await farid.goto(`/consignments/${id}/release`)
  await farid.getByRole('radio', { name: NAMES.carrierA }).check()
  await expect(farid.getByRole('button', { name: 'Hand over 480 boxes' })).toBeDisabled()
  await expect(farid.getByRole('main')).toContainText('waits until an admin of Harbour Relief approves it')

  await amal.goto('/keys')
  const waiting = amal.getByRole('listitem').filter({ hasText: 'Farid’s phone' })
  await expect(waiting).toContainText(fingerprintOf(key))
  await expect(waiting.getByRole('button', { name: 'Approve as a member’s key' })).toBeHidden()
  await waiting.getByRole('checkbox', { name: 'Both screens show these twelve characters' }).check()
  await waiting.getByRole('button', { name: 'Approve as a member’s key' }).click()
  await expect(amal.getByText('waits for approval')).toBeHidden()

  await handOver(farid, { id, to: NAMES.carrierA })

  // The form is open while the key is revoked: the log says no, and what was typed stays.
  await farid.goto(`/consignments/${later}/release`)
  await farid.getByRole('textbox', { name: 'Surgical masks, type IIR' }).fill('77')
  await farid.getByRole('radio', { name: NAMES.carrierA }).check()
  const sign = farid.getByRole('button', { name: 'Hand over 77 boxes' })
  await expect(sign).toBeEnabled()
  await amal.goto('/keys')
  await amal.getByRole('link', { name: new RegExp(`Revoke … ?${fingerprintOf(key)}`) }).click()
  const revoking = amal.getByRole('region', { name: 'Revoke this key' })
  await choose(revoking, 'Left, or not needed')
  await revoking.getByRole('button', { name: 'Revoke this key for ever' }).click()
  await expect(revoking).toBeHidden()

  await sign.click()
  await expect(farid.getByText('Not recorded.')).toBeVisible()
  await expect(farid.getByRole('main')).toContainText('The key had been revoked.')
  await expect(farid.getByRole('textbox', { name: 'Surgical masks, type IIR' })).toHaveValue('77')
  await farid.reload()
  await farid.getByRole('radio', { name: NAMES.carrierA }).check()
  await expect(farid.getByRole('main')).toContainText('This device’s key for Harbour Relief was revoked.')
  await farid.goto('/keys')
  await expect(farid.getByText('Revoked', { exact: true }).first()).toBeVisible()

  await amal.goto(`/consignments/${id}`)
  await expect(amal.getByRole('main')).toContainText(`${NAMES.donor} gives to ${NAMES.carrierA}`)
})

test('a key that is declined is not enrolled, and its owner reads so', async ({ browser, own }) => {
  const amal = await deskOf(browser, own, 'amal')
  const context = await browser.newContext({ baseURL: own.url, storageState: await amal.context().storageState() })
  const other = await context.newPage()
  const key = await makeKey(other, own, 'donor', { device: 'A phone nobody knows' })
  await amal.goto('/keys')
  await amal
    .getByRole('listitem')
    .filter({ hasText: 'A phone nobody knows' })
    .getByRole('button', { name: 'Decline' })
    .click()
  await expect(amal.getByText('A phone nobody knows')).toBeHidden()
  await other.reload()
  await expect(other.getByText('Declined', { exact: true })).toBeVisible()
  const { enrolled, waiting } = await keysOfParty(own.cast.donor.reference, own.log)
  expect([...enrolled, ...waiting].filter(each => each.key === key)).toEqual([])
})

test('colleagues are told of a new key at the next start, and what is new is said once', async ({ browser, own }) => {
  const hana = await deskOf(browser, own, 'hana')
  await hana.goto('/today')
  await deskOf(browser, own, 'mercy')
  await hana.goto('/today')
  const news = hana.getByText('New among your keys.')
  await expect(news).toBeVisible()
  await hana.getByRole('button', { name: 'I have seen this' }).click()
  await expect(news).toBeHidden()
  await hana.reload()
  await expect(hana.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(news).toBeHidden()
})
