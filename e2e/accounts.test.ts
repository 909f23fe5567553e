import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { createInvitation } from '../lib/data/invitations.ts'
import { emailOf, PASSWORD } from './accounts.fixture.ts'
import { freshPage, newPerson, signIn } from './doors.fixture.ts'
import { type Peopled, personAt, test } from './people.fixture.ts'

async function invited(peopled: Peopled, days: 1 | 7 = 7): Promise<string> {
  const amal = await peopled.log.prisma.user.findUniqueOrThrow({ where: { email: emailOf('amal') } })
  const party = peopled.cast.donor.reference
  const made = await createInvitation({ party, role: 'member', note: 'x', days, createdBy: amal.id }, peopled.log)
  if (!made.ok) throw new Error(made.code)
  return `/join/${made.value.token}`
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts'

  test(`an admin makes a link, someone new joins with it, and it opens nothing any more, ${how}`, async ({
    browser,
    peopled,
  }) => {
    const admin = await personAt(browser, peopled, 'amal', { javaScriptEnabled: scripts })
    const members = await admin.newPage()
    await members.goto('/members')
    const note = `for ${randomUUID()}`
    await members.getByLabel('For whom').fill(note)
    await members.getByRole('radio', { name: '1 day', exact: true }).check()
    await members.getByRole('button', { name: 'Make the invitation link' }).click()
    const link = (await members.getByRole('main').getByRole('status').getByText('/join/').textContent()) ?? ''
    const open = members
      .getByRole('region', { name: 'Open invitations' })
      .getByRole('listitem')
      .filter({ hasText: note })
    await expect(open).toContainText('invited by Amal Haddad')

    const newcomer = await freshPage(browser, peopled, scripts)
    await newcomer.goto(link)
    await expect(newcomer.getByRole('heading', { level: 1 })).toHaveText('Join Harbour Relief')
    await expect(newcomer.getByRole('main')).toContainText('Amal Haddad invites you.')
    await expect(newcomer.getByRole('main')).toContainText('Member: prepares consignments')
    await newcomer.getByLabel('Your name').fill('Sami Okoro')
    await newcomer.getByLabel('E-mail address').fill(emailOf('amal'))
    await newcomer.getByLabel('Password').fill(PASSWORD)
    await newcomer.getByRole('button', { name: 'Make the account and join' }).click()
    await expect(newcomer.getByRole('main').getByRole('alert')).toContainText('There is an account with this address')
    await expect(newcomer.getByLabel('Your name')).toHaveValue('Sami Okoro')
    await expect(newcomer.getByLabel('Password')).toHaveValue('')

    await newcomer.getByLabel('E-mail address').fill(`${randomUUID()}@relief.example`)
    await newcomer.getByLabel('Password').fill(PASSWORD)
    await newcomer.getByRole('button', { name: 'Make the account and join' }).click()
    await expect(newcomer).toHaveURL(/\/keys$/)
    await expect(newcomer.getByText('Harbour Relief').first()).toBeVisible()

    const late = await freshPage(browser, peopled, scripts)
    await late.goto(link)
    await expect(late.getByRole('main')).toContainText('an invitation lets one person in')
    await members.goto('/members')
    await expect(open).toHaveCount(0)
  })

  test(`a forgotten password is set by a link that an admin hands over, once, ${how}`, async ({ browser, peopled }) => {
    const person = await newPerson(peopled, 'Forgetful Femi', ['donor', 'viewer'])
    const before = await freshPage(browser, peopled)
    await signIn(before, person.email)
    await expect(before).toHaveURL(/\/today$/)

    const members = await (await personAt(browser, peopled, 'amal', { javaScriptEnabled: scripts })).newPage()
    await members.goto(`/members?member=${person.userId}`)
    await members.getByRole('button', { name: 'Make the link', exact: true }).click()
    const link = (await members.getByRole('main').getByRole('status').getByText('/reset-password/').textContent()) ?? ''

    const theirs = await freshPage(browser, peopled, scripts)
    await theirs.goto(link)
    await expect(theirs.getByRole('main')).toContainText(`For Forgetful Femi, ${person.email}.`)
    await theirs.getByLabel('New password').fill('too short')
    await theirs.getByRole('button', { name: 'Set the password and sign in' }).click()
    await expect(theirs.getByRole('main').getByRole('alert')).toContainText('at least 10 characters')
    await theirs.getByLabel('New password').fill('another long password')
    await theirs.getByRole('button', { name: 'Set the password and sign in' }).click()
    await expect(theirs).toHaveURL(/\/today$/)

    await before.goto('/today')
    await expect(before).toHaveURL(/\/sign-in\?next=%2Ftoday$/)
    await theirs.goto(link)
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link does not open anything')
  })

  test(`a wrong password is told in a sentence, the address stays, then the page asked for opens, ${how}`, async ({
    browser,
    peopled,
  }) => {
    const page = await freshPage(browser, peopled, scripts)
    await page.goto('/members')
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fmembers$/)
    await signIn(page, emailOf('vera'), { password: 'not her password', at: page.url() })
    await expect(page.getByRole('main').getByRole('alert')).toContainText('do not belong together')
    await expect(page.getByLabel('E-mail address')).toHaveValue(emailOf('vera'))
    await expect(page.getByLabel('Password')).toHaveValue('')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).toHaveURL(/\/members$/)
    await expect(page.getByRole('button', { name: 'Make the invitation link' })).toHaveCount(0)
    const cookies = (await page.context().cookies()).filter(({ name }) => name.endsWith('session_token'))
    expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([[true, 'Lax']])
  })
}

test('after signing in nobody is sent to another site', async ({ browser, peopled }) => {
  for (const next of [
    '//evil.example/x',
    '/\\evil.example',
    'https://evil.example',
    '/%09/evil.example/..//evil.example',
  ]) {
    const page = await freshPage(browser, peopled)
    await signIn(page, emailOf('vera'), { at: `/sign-in?next=${encodeURIComponent(next)}` })
    expect(new URL(page.url()).origin).toBe(peopled.url)
  }
  const page = await freshPage(browser, peopled, true)
  await page.goto('/sign-in')
  await page.locator('input[name=next]').evaluate(input => input.setAttribute('value', '//evil.example'))
  await page.getByLabel('E-mail address').fill(emailOf('vera'))
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(`${peopled.url}/today`)
})

test('a link that is withdrawn, too old or mistyped says so', async ({ browser, peopled }) => {
  const [withdrawn, old] = [await invited(peopled), await invited(peopled, 1)]
  const rows = await peopled.log.prisma.invitation.findMany({ orderBy: { createdAt: 'desc' }, take: 2 })
  const ofDays = (days: number) =>
    rows.find(row => Number(row.expiresAt - row.createdAt) === days * 86_400_000)?.id ?? ''
  await peopled.log.prisma.invitation.update({ where: { id: ofDays(7) }, data: { revokedAt: 1n } })
  await peopled.log.prisma.invitation.update({ where: { id: ofDays(1) }, data: { expiresAt: 1n } })
  const page = await freshPage(browser, peopled)
  for (const [link, sentence] of [
    [withdrawn, 'It was withdrawn'],
    [old, 'It was good until 1 Jan 1970'],
    [`${old}x`, 'No invitation belongs to it'],
  ] as const) {
    await page.goto(link)
    await expect(page.getByRole('main')).toContainText(sentence)
    await expect(page.getByLabel('Password')).toHaveCount(0)
  }
})

test('who has an account already joins with it, and acts for both parties', async ({ browser, peopled }) => {
  const person = await newPerson(peopled, 'Two Hats', ['clinic', 'member'])
  const link = await invited(peopled)
  const page = await freshPage(browser, peopled)
  await page.goto(link)
  await page.getByRole('link', { name: 'Sign in, then join with it' }).click()
  await signIn(page, person.email, { at: page.url() })
  const [former] = await page.context().cookies()
  await expect(page.getByRole('main')).toContainText('You are signed in as Two Hats')
  await page.getByRole('button', { name: 'Join with this account' }).click()
  await expect(page).toHaveURL(new RegExp(`/keys\\?as=${peopled.cast.donor.reference}$`))
  const [cookie] = await page.context().cookies()
  expect(cookie?.value).not.toBe(former?.value)
  expect(await peopled.log.prisma.session.count({ where: { userId: person.userId } })).toBe(1)

  await page.goto('/members')
  await expect(page).toHaveURL(/\/choose-party\?next=%2Fmembers$/)
  await page.getByRole('link', { name: /Lakeside Clinic/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Members of Lakeside Clinic')
})

test('who belongs to no party is told what to do', async ({ browser, peopled }) => {
  const page = await freshPage(browser, peopled)
  await signIn(page, emailOf('nobody'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You belong to no party')
  await expect(page.getByRole('main')).toContainText('Ask an admin of your organisation for an invitation link')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto('/today')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('the last admin stays; a second one may go, and what signs for the party is named', async ({
  browser,
  peopled,
}) => {
  const { reference } = peopled.cast.carrierA
  const page = await (await personAt(browser, peopled, 'chipo', { javaScriptEnabled: false })).newPage()
  const chipo = await peopled.log.prisma.user.findUniqueOrThrow({ where: { email: emailOf('chipo') } })
  await page.goto(`/members?member=${chipo.id}`)
  await page.getByRole('button', { name: 'Remove Chipo Phiri' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This is the party’s only admin')

  const second = await newPerson(peopled, 'Second Admin', ['carrierA', 'admin'])
  const key = await peopled.log.prisma.key.findFirstOrThrow({ where: { party: reference } })
  const { publicKey, role } = key
  await peopled.log.prisma.deviceKey.create({
    data: {
      key: key.key,
      publicKey,
      party: reference,
      userId: second.userId,
      role,
      proof: '',
      device: 'Cab phone',
      createdAt: 0n,
    },
  })
  await page.goto(`/members?member=${second.userId}`)
  await expect(page.getByRole('main')).toContainText('One key of theirs signs for the party:')
  await expect(page.getByRole('main')).toContainText('Cab phone')
  await expect(page.getByRole('link', { name: 'Revoke on the page of keys' })).toHaveAttribute('href', '/keys')
  await page.getByRole('button', { name: 'Remove Second Admin' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('The member was removed')
  await expect(page.getByRole('listitem').filter({ hasText: 'Second Admin' })).toHaveCount(0)
})

test('nobody gets a link into another party’s pages by way of a shared member, but the operator may make one', async ({
  browser,
  peopled,
}) => {
  const shared = await newPerson(peopled, 'Shared Sana', ['donor', 'member'], ['hospital', 'admin'])
  const amal = await (await personAt(browser, peopled, 'amal', { javaScriptEnabled: false })).newPage()
  await amal.goto(`/members?member=${shared.userId}`)
  await amal.getByRole('button', { name: 'Make the link', exact: true }).click()
  await expect(amal.getByRole('main').getByRole('alert')).toContainText(
    'also belongs to a party that you do not administer',
  )

  const olga = await (await personAt(browser, peopled, 'olga', { javaScriptEnabled: false })).newPage()
  await olga.goto('/members')
  const other = olga.getByRole('region', { name: 'A member of another party forgot the password' })
  await other.getByLabel('E-mail address').fill('stranger@relief.example')
  await other.getByRole('button', { name: 'Make the link' }).click()
  await expect(other.getByRole('alert')).toContainText('No member has this address')
  await other.getByLabel('E-mail address').fill(shared.email)
  await other.getByRole('button', { name: 'Make the link' }).click()
  await expect(other.getByRole('status')).toContainText('/reset-password/')
})

test('a person sees where they are signed in, ends that elsewhere, and changes name and password', async ({
  browser,
  peopled,
}) => {
  const person = await newPerson(peopled, 'Lea Tran', ['donor', 'viewer'])
  const [here, elsewhere] = [await freshPage(browser, peopled), await freshPage(browser, peopled)]
  await signIn(elsewhere, person.email)
  await signIn(here, person.email, { at: '/sign-in?next=/account' })
  const sessions = here.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.filter({ hasText: 'this browser' })).toHaveCount(1)
  await here.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(here.getByRole('main').getByRole('status')).toContainText('Every other browser was signed out')
  await expect(sessions).toHaveCount(1)
  await elsewhere.goto('/today')
  await expect(elsewhere).toHaveURL(/\/sign-in/)

  await here.getByLabel('Your name').fill('Lea Tran-Okafor')
  await here.getByRole('button', { name: 'Save the name' }).click()
  await expect(here.getByRole('main').getByRole('status')).toContainText('Your name was changed')
  await here.getByLabel('Your password now').fill('a wrong password')
  await here.getByLabel('New password').fill('another long password')
  await here.getByRole('button', { name: 'Change the password' }).click()
  await expect(here.getByRole('main').getByRole('alert')).toContainText('That is not your password now')
  const [former] = await here.context().cookies()
  await here.getByLabel('Your password now').fill(PASSWORD)
  await here.getByLabel('New password').fill('another long password')
  await here.getByRole('button', { name: 'Change the password' }).click()
  await expect(here.getByRole('main').getByRole('status')).toContainText('Your password was changed')
  const [cookie] = await here.context().cookies()
  expect(cookie?.value).not.toBe(former?.value)
  expect(await peopled.log.prisma.session.count({ where: { userId: person.userId } })).toBe(1)
  await signIn(elsewhere, person.email)
  await expect(elsewhere.getByRole('main').getByRole('alert')).toContainText('do not belong together')
})
