import { expect, type Page } from '@playwright/test'
import { fingerprintOf } from '../lib/core/custody/key-fingerprint.ts'
import { keysOfParty } from '../lib/data/device-keys.ts'
import { expectAccessible } from './accessible.fixture.ts'
import { hideRevocation } from './attack.fixture.ts'
import { bodyOf, send, sign } from './events.fixture.ts'
import { startBetween } from './memory.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { untilSealed } from './server.fixture.ts'
import { deskOf } from './workspace.fixture.ts'

const whole = (page: Page) => page.getByRole('status').filter({ hasText: 'This list is whole.' })

/** A key of the donor's that was made on a device and is revoked by the donor's first key. */
async function revokeNewest(own: Peopled): Promise<string> {
  const { donor } = own.cast
  const { enrolled } = await keysOfParty(donor.reference, own.log)
  const newest = enrolled.find(({ key }) => key !== donor.key.key)
  if (!newest) throw new Error('nobody has made a key')
  const { key, head } = newest
  const revocation = {
    actor: donor,
    about: 'key',
    id: key,
    kind: 'revoke',
    after: head,
    body: { reason: 'lost' },
  } as const
  expect(await send(own.url, bodyOf(await sign(own, revocation)))).toMatchObject({ status: 201 })
  await untilSealed(own.url)
  return key
}

test('a party’s admin sees that the list of keys is whole, proven in this browser, before and after a revocation', async ({
  browser,
  own,
}) => {
  const amal = await deskOf(browser, own, 'amal')
  await untilSealed(own.url)
  await amal.goto('/keys')
  await expect(whole(amal)).toContainText('exactly these keys and revocations, and to no others')
  await expectAccessible(amal, 'keys, proven')
  const key = await revokeNewest(own)
  await amal.goto('/keys')
  await expect(
    amal
      .getByRole('listitem')
      .filter({ hasText: fingerprintOf(key) })
      .last(),
  ).toContainText('Revoked')
  await expect(whole(amal)).toBeVisible()
})

test('a server whose database hides a revocation is found out by the member’s browser, which says so loudly', async ({
  browser,
  own,
}) => {
  const amal = await deskOf(browser, own, 'amal')
  const key = await revokeNewest(own)
  expect(hideRevocation(own.database, key)).toBe(1)
  await own.restart()
  await amal.goto('/keys')
  // The page itself has nothing to say against the key.
  const shown = amal
    .getByRole('region', { name: 'Every key ever enrolled' })
    .getByRole('listitem')
    .filter({ hasText: fingerprintOf(key) })
  await expect(shown.last()).not.toContainText('Revoked')
  const alert = amal.getByRole('alert').filter({ hasText: 'This list could not be proven whole.' })
  await expect(alert).toContainText('a key or a revocation may be hidden from you')
  await expect(alert).toContainText('key-list-incomplete')
  await expect(alert.getByRole('link', { name: 'the list with its proof' })).toBeVisible()
  await expect(whole(amal)).toHaveCount(0)
  await expectAccessible(amal, 'keys, not proven')
})

test('a page that shows a revoked key as good is told apart from the log, and the key is named', async ({
  browser,
  own,
}) => {
  const amal = await deskOf(browser, own, 'amal')
  await untilSealed(own.url)
  const between = await startBetween(own.url)
  // Whoever serves the page shows an old one; the log's proof is today's.
  between.keep(/^\/keys$/)
  await amal.goto(`${between.url}/keys`)
  await expect(whole(amal)).toBeVisible()
  const key = await revokeNewest(own)
  await amal.goto('about:blank')
  await amal.goto(`${between.url}/keys`)
  const alert = amal.getByRole('alert').filter({ hasText: 'does not show your party’s keys as the log has them' })
  await expect(alert).toContainText('Revoked on the log, and shown here as good')
  await expect(alert).toContainText(fingerprintOf(key))
  await expectAccessible(amal, 'keys, otherwise on the log')
  await between.end()
})

test('a server that says its log promises no index is not taken at its word: leaf 0 says what the log promises', async ({
  browser,
  own,
}) => {
  const amal = await deskOf(browser, own, 'amal')
  await untilSealed(own.url)
  const between = await startBetween(own.url)
  between.lie(/^\/api\/keys\//, 404, { code: 'index-not-promised', detail: 'this log promises no index' })
  await amal.goto(`${between.url}/keys`)
  const alert = amal.getByRole('alert').filter({ hasText: 'This list could not be proven whole.' })
  await expect(alert).toContainText('index-missing: leaf 0 promises an index, and the server denies it')
  await expect(whole(amal)).toHaveCount(0)
  // One that hides leaf 0 as well is no better believed.
  between.lie(/^\/log\/tile\/entries\//, 404, { code: 'tile-unknown' })
  await amal.reload()
  await expect(alert).toContainText('leaf-zero-missing')
  await between.end()
})
