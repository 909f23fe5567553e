import { expect, type Page } from '@playwright/test'
import { PASSWORD } from './accounts.fixture.ts'
import { callAction, Fields } from './actions.fixture.ts'
import { freshPage, newPerson, signIn } from './doors.fixture.ts'
import { answerDirectly, sendAnswer, withAuthenticator } from './passkeys.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'

const VERIFY = '/api/auth/passkey/verify-authentication'
const ADD = '/api/auth/passkey/verify-registration'
const LATER = 16 * 60_000

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name.endsWith('session_token'))?.value

async function addHere(page: Page, name: string): Promise<void> {
  const own = page.getByRole('region', { name: 'Passkeys' })
  await own.getByLabel('Name').fill(name)
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(own.getByText('The passkey was added')).toBeVisible()
}

const passkeysOf = ({ log }: Peopled, userId: string) => log.prisma.passkey.findMany({ where: { userId } })

test('a member adds a passkey, signs in with it, renames it, and removes it; the password stays', async ({
  browser,
  peopled,
}) => {
  const person = await newPerson(peopled, 'Pilar Passkey', ['donor', 'member'])
  const page = await freshPage(browser, peopled, true)
  const device = await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  await expect(page.getByRole('region', { name: 'Passkeys' })).toContainText('You have none yet')
  const first = await cookieOf(page)
  await addHere(page, 'Work laptop')
  expect(await device.count()).toBe(1)
  const second = await cookieOf(page)
  expect(second).not.toBe(first)
  expect(await peopled.log.prisma.session.count({ where: { userId: person.userId } })).toBe(1)

  await page.getByRole('button', { name: 'Sign out here' }).click()
  await device.answers(false)
  await page.goto('/sign-in?next=/members')
  const button = page.getByRole('button', { name: 'Sign in with a passkey' })
  await expect(button).toBeVisible()
  await device.untilAsked()
  await device.answers(true)
  await button.click()
  await expect(page).toHaveURL(/\/members$/)
  await expect(page.getByText('Pilar Passkey').first()).toBeVisible()
  const third = await cookieOf(page)
  expect([first, second]).not.toContain(third)

  const elsewhere = await freshPage(browser, peopled)
  await signIn(elsewhere, person.email)
  await page.goto('/account')
  const own = page.getByRole('region', { name: 'Passkeys' })
  await own.getByRole('link', { name: 'Change Work laptop' }).click()
  await own.getByLabel('Name').first().fill('Old laptop')
  await own.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('The name was changed')
  await own.getByRole('link', { name: 'Change Old laptop' }).click()
  await own.getByRole('button', { name: 'Remove Old laptop' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('The passkey was removed')
  await expect(own).toContainText('You have none yet')
  await elsewhere.goto('/today')
  await expect(elsewhere).toHaveURL(/\/sign-in/)

  await page.getByRole('button', { name: 'Sign out here' }).click()
  await device.answers(false)
  await page.goto('/sign-in')
  await device.untilAsked()
  await device.answers(true)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('belongs to no account here')
  await expect.poll(() => cookieOf(page)).toBeUndefined()
  await signIn(page, person.email)
  await expect(page).toHaveURL(/\/today$/)
})

test('who signed in a while ago says again that it is them before a passkey is added', async ({ browser, peopled }) => {
  const person = await newPerson(peopled, 'Stale Stella', ['donor', 'viewer'])
  const page = await freshPage(browser, peopled, true)
  await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  const former = await cookieOf(page)
  const own = page.getByRole('region', { name: 'Passkeys' })
  await expect(own.getByRole('button', { name: 'Add a passkey' })).toBeVisible()
  await peopled.log.prisma.session.updateMany({
    where: { userId: person.userId },
    data: { createdAt: new Date(Date.now() - LATER) },
  })
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(own.getByRole('alert')).toContainText('It has been a while since you signed in')
  expect(await passkeysOf(peopled, person.userId)).toEqual([])

  await page.goto('/account')
  await expect(own.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0)
  await own.getByLabel('Your password now').fill('not her password')
  await own.getByRole('button', { name: 'Confirm it is me' }).click()
  await expect(own.getByRole('alert')).toContainText('That is not your password now')
  await own.getByLabel('Your password now').fill(PASSWORD)
  await own.getByRole('button', { name: 'Confirm it is me' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('You can add a passkey now')
  expect(await cookieOf(page)).not.toBe(former)
  expect(await peopled.log.prisma.session.count({ where: { userId: person.userId } })).toBe(1)
  await addHere(page, 'Stella’s phone')
})

test('a question that is closed or fails is told in a calm sentence, and nothing is changed', async ({
  browser,
  peopled,
}) => {
  const person = await newPerson(peopled, 'Calm Carla', ['donor', 'viewer'])
  const page = await freshPage(browser, peopled, true)
  const device = await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  await device.recognises(false)
  const own = page.getByRole('region', { name: 'Passkeys' })
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(own.getByRole('alert')).toContainText('Nothing was done')
  expect(await passkeysOf(peopled, person.userId)).toEqual([])

  await device.recognises(true)
  await addHere(page, 'Phone')
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(own.getByRole('alert')).toContainText('This device has a passkey for your account already')

  await page.getByRole('button', { name: 'Sign out here' }).click()
  await device.answers(false)
  await page.goto('/sign-in')
  await device.untilAsked()
  await device.recognises(false)
  await device.answers(true)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Nothing was done')
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeEnabled()
})

test('nobody adds a passkey without a session, for someone else, or with a challenge of someone else’s', async ({
  browser,
  peopled,
}) => {
  const [mallory, victim] = [
    await newPerson(peopled, 'Mallory', ['donor', 'viewer']),
    await newPerson(peopled, 'Victim', ['donor', 'admin']),
  ]
  const page = await freshPage(browser, peopled, true)
  const device = await withAuthenticator(page)
  await page.goto('/')
  const options = { status: 401, code: 'UNAUTHORIZED' }
  const asked = await page.evaluate(async () => {
    const answer = await fetch('/api/auth/passkey/generate-register-options')
    return { status: answer.status, code: ((await answer.json()) as { code?: string }).code }
  })
  expect(asked).toEqual(options)

  await signIn(page, mallory.email)
  await expect(page).toHaveURL(/\/today$/)
  const challenge = await page.evaluate(async () =>
    (await fetch('/api/auth/passkey/generate-register-options?name=x&context=y')).json(),
  )
  const kept = (await page.context().cookies()).filter(({ name }) => name.endsWith('.passkey'))
  expect(kept).toHaveLength(1)
  await signIn(page, victim.email)
  await expect(page).toHaveURL(/\/today$/)
  // The page of signing in asked for a challenge too; this is the one that was given to someone else.
  await page.context().addCookies(kept)
  const step = { path: ADD, verification: 'required', more: { name: 'Mine now' } } as const
  expect((await sendAnswer(page, 'create', challenge, step)).status).toBe(401)
  for (const more of [{ name: 'x', createSession: true }, {}, { name: 'a\u202eb' }, { name: 'x'.repeat(81) }]) {
    await device.empty()
    expect(await answerDirectly(page, 'create', { ...step, more })).toEqual({ status: 400, code: 'NAME_MALFORMED' })
  }
  expect((await answerDirectly(page, 'create', step)).status).toBe(200)
  expect((await passkeysOf(peopled, victim.userId)).map(({ name }) => name)).toEqual(['Mine now'])
  expect(await passkeysOf(peopled, mallory.userId)).toEqual([])
})

test('an answer counts once, from this site, and only from a device that knew the person', async ({
  browser,
  peopled,
}) => {
  const person = await newPerson(peopled, 'Once Only', ['donor', 'viewer'])
  const page = await freshPage(browser, peopled, true)
  const device = await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  await addHere(page, 'Phone')
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await expect(page).toHaveURL(/\/$/)
  const step = { path: VERIFY, verification: 'required' } as const
  expect(await answerDirectly(page, 'get', { ...step, isTwice: true })).toEqual({
    status: 400,
    code: 'CHALLENGE_NOT_FOUND',
  })
  await device.recognises(false)
  const unknown = await answerDirectly(page, 'get', { ...step, verification: 'discouraged' })
  expect(unknown).toEqual({ status: 400, code: 'USER_NOT_VERIFIED' })
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const forged = await fetch(`${peopled.url}${VERIFY}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example', cookie: cookies },
    body: JSON.stringify({ response: { id: 'x' } }),
  })
  expect(forged.status).toBe(403)
})

test('another person’s passkey is neither renamed nor removed, whichever party they act for', async ({
  browser,
  peopled,
}) => {
  const [owner, other] = [
    await newPerson(peopled, 'Owner', ['donor', 'viewer']),
    await newPerson(peopled, 'Other', ['donor', 'admin'], ['hospital', 'admin']),
  ]
  const page = await freshPage(browser, peopled, true)
  await withAuthenticator(page)
  await signIn(page, owner.email, { at: '/sign-in?next=/account' })
  await addHere(page, 'Owner’s phone')
  const [passkey] = await passkeysOf(peopled, owner.userId)
  const id = passkey?.id ?? ''

  const theirs = await freshPage(browser, peopled)
  await signIn(theirs, other.email)
  const cookie = (await theirs.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const party of ['donor', 'hospital', 'clinic'] as const) {
    const as = peopled.cast[party].reference
    for (const [action, fields] of [
      ['renamePasskey', { as, id, name: 'Mine' }],
      ['removePasskey', { as, id }],
    ] as const) {
      const args = [{}, new Fields(fields)]
      const { value } = await callAction(peopled.url, `app/(workspace)/account/actions.ts#${action}`, { args, cookie })
      expect((value as { code?: string }).code).toBe(party === 'clinic' ? 'not-member' : 'passkey-gone')
    }
  }
  expect(await passkeysOf(peopled, owner.userId)).toEqual([passkey])
})

test('who is removed from their party is signed out, and their passkey opens nothing of it', async ({
  browser,
  peopled,
}) => {
  const [person, admin] = [
    await newPerson(peopled, 'Leaving Lars', ['donor', 'member']),
    await newPerson(peopled, 'Staying Sue', ['donor', 'admin']),
  ]
  const page = await freshPage(browser, peopled, true)
  const device = await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  await addHere(page, 'Phone')
  const theirs = await freshPage(browser, peopled)
  await signIn(theirs, admin.email, { at: `/sign-in?next=${encodeURIComponent(`/members?member=${person.userId}`)}` })
  await theirs.getByRole('button', { name: 'Remove Leaving Lars' }).click()
  await expect(theirs.getByRole('main').getByRole('status')).toContainText('The member was removed')

  await device.answers(false)
  await page.goto('/members')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fmembers$/)
  await device.untilAsked()
  await device.answers(true)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You belong to no party')
})

test('a browser that offers passkeys under the field signs in as soon as one is chosen there', async ({
  browser,
  peopled,
}) => {
  const person = await newPerson(peopled, 'Field Fatima', ['donor', 'viewer'])
  const page = await freshPage(browser, peopled, true)
  await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  await addHere(page, 'Phone')
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await page.goto('/sign-in?next=/keys')
  await expect(page).toHaveURL(/\/keys$/)
})
