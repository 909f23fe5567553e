import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { fingerprintOf } from '../lib/core/custody/key-fingerprint.ts'
import { keysOfParty } from '../lib/data/device-keys.ts'
import { personAt, test } from './people.fixture.ts'
import { deskOf, makeKey } from './workspace.fixture.ts'

const problemsOf = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(each => each.id)

/** Makes a key on the page of keys of whoever is signed in there. */
async function askForKey(page: Page, device: string): Promise<void> {
  await page.goto('/keys')
  await page.getByLabel('Name this device').fill(device)
  await page.getByRole('button', { name: 'Make an admin’s key here' }).click()
  await expect(page.getByText('Waiting for approval')).toBeVisible()
}

test('the operator registers a party, invites its admin and enrols its first key; everyone sees by whom', async ({
  browser,
  own,
}) => {
  const olga = await deskOf(browser, own, 'olga')
  await olga.goto('/parties')
  await olga.getByRole('link', { name: 'Register a party' }).click()
  await olga.getByRole('radio', { name: 'Person' }).check()
  await expect(olga.getByRole('radio', { name: 'Members only' })).toBeChecked()
  await olga.getByRole('radio', { name: 'Organisation' }).check()
  await expect(olga.getByRole('radio', { name: 'Everyone' })).toBeChecked()
  expect(await problemsOf(olga)).toEqual([])
  await olga.getByLabel('Name', { exact: true }).fill('Island Clinic')
  await olga.getByRole('button', { name: 'Sign: register the party' }).dblclick()
  await olga.waitForURL('**/manage')
  const manage = olga.url()
  await olga.getByText('Invite an admin by link').click()
  await olga.getByRole('button', { name: 'Make the invitation link' }).click()
  const link = await olga.getByText(/\/join\//).textContent()

  const context = await browser.newContext({ baseURL: own.url })
  const ines = await context.newPage()
  await ines.goto(link as string)
  await ines.getByLabel('Your name').fill('Inês Rocha')
  await ines.getByLabel('E-mail address').fill('ines@clinic.example')
  await ines.getByLabel('Password').fill('long enough words')
  await ines.getByRole('button', { name: 'Make the account and join' }).click()
  await ines.waitForURL(/\/keys/)
  await askForKey(ines, 'Tablet in the store')
  await expect(ines.getByText('the operator enrols the first one')).toBeVisible()
  await expect(ines.getByRole('checkbox', { name: 'Both screens show these twelve characters' })).toHaveCount(0)

  await olga.goto(manage)
  await expect(olga.getByText('Tablet in the store')).toBeVisible()
  await olga.getByRole('checkbox', { name: 'Both screens show these twelve characters' }).check()
  await olga.getByRole('button', { name: 'Approve as an admin’s key' }).click()
  await expect(olga.getByText('The party approves and revokes its own keys.')).toBeVisible()
  expect(await problemsOf(olga)).toEqual([])
  await ines.reload()
  await expect(ines.getByText('This device can sign')).toBeVisible()

  const stranger = await (await browser.newContext({ baseURL: own.url, javaScriptEnabled: false })).newPage()
  await stranger.goto(manage.replace('/manage', ''))
  await expect(stranger.getByRole('heading', { name: 'Island Clinic' })).toBeVisible()
  await expect(stranger.getByText('enrolled by the operator', { exact: false }).first()).toBeVisible()
  await expect(stranger.getByText('Inês')).toHaveCount(0)
  await expect(stranger.getByText('Tablet')).toHaveCount(0)

  await ines.goto(manage)
  await ines.getByLabel('Name', { exact: true }).fill('Island Clinic and Maternity')
  await ines.getByRole('button', { name: 'Sign: change the name' }).click()
  await expect(ines.getByRole('heading', { name: 'Island Clinic and Maternity', level: 1 })).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByRole('heading', { name: 'Island Clinic and Maternity' })).toBeVisible()
})

test('a party whose only admin lost the device comes back: suspend, revoke, enrol, resume, each signed by the operator', async ({
  browser,
  own,
}) => {
  const clinic = own.cast.clinic
  const olga = await deskOf(browser, own, 'olga')
  const tomas = await (await personAt(browser, own, 'tomas')).newPage()
  const key = await makeKey(tomas, own, 'clinic', { device: 'The new phone' })
  await olga.goto(`/parties/${clinic.reference}/manage`)
  await expect(olga.getByText('The party approves and revokes its own keys.')).toBeVisible()
  await expect(olga.getByRole('button', { name: 'Approve as an admin’s key' })).toHaveCount(0)
  await olga.getByRole('radio', { name: 'The party asked' }).check()
  await olga.getByRole('button', { name: 'Sign: suspend the party' }).click()
  await expect(olga.getByRole('heading', { name: '1. The party is suspended' })).toBeVisible()
  expect(await problemsOf(olga)).toEqual([])

  await olga.getByText(fingerprintOf(clinic.key.key)).click()
  await olga.getByRole('button', { name: 'Revoke this key for ever' }).click()
  await expect(olga.getByText('No key of this party signs.')).toBeVisible()
  await expect(olga.getByText('it could not approve keys of its own')).toBeVisible()
  await olga.getByRole('checkbox', { name: 'Both screens show these twelve characters' }).check()
  await olga.getByRole('button', { name: 'Approve as an admin’s key' }).click()
  await expect(olga.getByText('it could not approve keys of its own')).toBeHidden()
  await olga.getByRole('button', { name: 'Sign: lift the suspension' }).click()
  await expect(olga.getByRole('heading', { name: 'Suspend the party' })).toBeVisible()

  const { enrolled } = await keysOfParty(clinic.reference, own.log)
  expect(enrolled.find(each => each.key === key)).toMatchObject({ byOperator: true, role: 'admin' })
  expect(enrolled.find(each => each.key === clinic.key.key)?.revoked).toMatchObject({
    reason: 'lost',
    byOperator: true,
  })
  await tomas.goto(`/keys?as=${clinic.reference}`)
  await expect(tomas.getByText('This device can sign')).toBeVisible()
})
