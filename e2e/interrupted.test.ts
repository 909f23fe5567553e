import { expect } from '@playwright/test'
import { emailOf, PASSWORD } from './accounts.fixture.ts'
import { NAMES } from './founded.fixture.ts'
import { personAt, test } from './people.fixture.ts'
import { deskOf, handOver, MASKS, packedFor, signWith } from './workspace.fixture.ts'

test('a session that ends in the middle of a form loses nothing: what was typed is there after signing in again', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.goto(`/consignments/${id}/release`)
  await amal.getByRole('textbox', { name: MASKS }).fill('123')
  await amal.getByRole('radio', { name: NAMES.carrierB }).check()
  await amal.context().clearCookies()
  await amal.reload()
  await amal.waitForURL(/\/sign-in/)
  await amal.getByRole('textbox', { name: 'E-mail address' }).fill(emailOf('amal'))
  await amal.getByLabel('Password').fill(PASSWORD)
  await amal.getByRole('button', { name: 'Sign in', exact: true }).click()
  await amal.waitForURL(url => url.pathname === `/consignments/${id}/release`)
  await expect(amal.getByRole('textbox', { name: MASKS })).toHaveValue('123')
  await expect(amal.getByRole('radio', { name: NAMES.carrierB })).toBeChecked()
  await signWith(amal, `Hand over 123 boxes to ${NAMES.carrierB}`, id)
})

test('a signature needs no session: what is signed after it ended is recorded all the same', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.goto(`/consignments/${id}/release`)
  await amal.getByRole('radio', { name: NAMES.carrierB }).check()
  await expect(amal.getByRole('button', { name: 'Hand over 480 boxes' })).toBeEnabled()
  await amal.context().clearCookies()
  await amal.getByRole('button', { name: 'Hand over 480 boxes' }).click()
  await expect(amal.getByText('You were signed out meanwhile; nothing is lost.')).toBeVisible()
  await amal.getByRole('link', { name: 'Sign in to go on' }).click()
  await amal.waitForURL(/\/sign-in\?next=/)
  const vera = await (await personAt(browser, peopled, 'vera')).newPage()
  await vera.goto(`/consignments/${id}`)
  await expect(vera.getByRole('main')).toContainText(`${NAMES.donor} gives to ${NAMES.carrierB}`)
})

test('a browser whose key is gone says so where it would sign, and makes another that an admin approves', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases())
      await new Promise(resolve => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = resolve
        request.onblocked = resolve
      })
  })
  await amal.goto(`/consignments/${id}/release`)
  await amal.getByRole('radio', { name: NAMES.carrierA }).check()
  await expect(amal.getByRole('button', { name: 'Hand over 480 boxes' })).toBeDisabled()
  await expect(amal.getByRole('main')).toContainText(`This device has no key for ${NAMES.donor} yet.`)
  await amal.getByRole('link', { name: 'Go to keys' }).click()
  await expect(amal.getByText('You have keys on other devices.')).toBeVisible()
  await expect(amal.getByRole('button', { name: 'Make an admin’s key here' })).toBeVisible()
})

test('a browser that keeps nothing makes no key and says what to do', async ({ browser, peopled }) => {
  const context = await personAt(browser, peopled, 'dana')
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
  })
  const dana = await context.newPage()
  await dana.goto('/keys')
  await dana.getByRole('textbox', { name: 'Name this device' }).fill('A private window')
  await dana.getByRole('button', { name: 'Make a key here' }).click()
  await expect(dana.getByText(/This browser keeps nothing for this site/)).toBeVisible()
  const { id } = await packedFor(peopled)
  await dana.goto(`/consignments/${id}/release`)
  await dana.getByRole('radio', { name: NAMES.carrierA }).check()
  await expect(dana.getByRole('button', { name: 'Hand over 480 boxes' })).toBeDisabled()
  await expect(dana.getByRole('main')).toContainText(/keeps nothing here/)
})

test('someone else’s consignment can be looked at, and its forms say why nothing can be signed', async ({
  browser,
  peopled,
}) => {
  const { id } = await packedFor(peopled)
  const blessing = await deskOf(browser, peopled, 'blessing')
  await blessing.goto(`/consignments/${id}`)
  await expect(blessing.getByRole('main')).toContainText(`${NAMES.carrierB} has no part in this consignment`)
  for (const [kind, why] of [
    ['release', 'The party holds nothing of this.'],
    ['receive', 'There is no such handover in effect.'],
    ['distribute', 'Only the consignee signs this.'],
    ['redirect', 'Only the consignor signs this.'],
  ] as const) {
    await blessing.goto(`/consignments/${id}/${kind}`)
    await expect(blessing.getByRole('main'), kind).toContainText('This cannot be signed now')
    await expect(blessing.getByRole('main'), kind).toContainText(why)
  }
  const amal = await deskOf(browser, peopled, 'amal')
  await handOver(amal, { id, to: NAMES.carrierA })
  await blessing.goto(`/consignments/${id}/receive`)
  await expect(blessing.getByRole('main')).toContainText('This cannot be signed now')
})

test('a person of several parties signs for the one that the address names, and each button says which', async ({
  browser,
  peopled,
}) => {
  const context = await personAt(browser, peopled, 'tomas')
  const tomas = await context.newPage()
  await tomas.goto('/today')
  await tomas.waitForURL(/\/choose-party/)
  await tomas
    .getByRole('link', { name: NAMES.clinic })
    .or(tomas.getByRole('button', { name: NAMES.clinic }))
    .first()
    .click()
  await tomas.waitForURL(url => url.searchParams.get('as') === peopled.cast.clinic.reference)
  await tomas.goto(`/keys?as=${peopled.cast.carrierB.reference}`)
  await expect(tomas.getByRole('main')).toContainText('Viewers read and sign nothing')
  await tomas.goto(`/keys?as=${peopled.cast.donor.reference}`)
  await tomas.waitForURL(/\/choose-party/)
})
