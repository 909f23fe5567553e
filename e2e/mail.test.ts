import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Page } from '@playwright/test'
import { PASSWORD } from './accounts.fixture.ts'
import { freshPage, newPerson, signIn } from './doors.fixture.ts'
import { type Mailed, test } from './mail.fixture.ts'
import { withAuthenticator } from './passkeys.fixture.ts'
import { personAt } from './people.fixture.ts'

const linkIn = (text: string) => /https?:\/\/\S+\/(?:join|reset-password)\/[\w-]{27}/.exec(text)?.[0] ?? 'no link'
const toOnly = (email: string) => (letter: { to: readonly string[] }) => letter.to.includes(email)

async function membersOf(browser: Browser, mailed: Mailed, javaScriptEnabled = true): Promise<Page> {
  const page = await (await personAt(browser, mailed, 'amal', { javaScriptEnabled })).newPage()
  await page.goto('/members')
  return page
}

async function invite(page: Page, email: string, language = 'English'): Promise<void> {
  await page.getByLabel('Mail it to').fill(email)
  await page.getByRole('radio', { name: language }).check()
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts'

  test(`an invitation is mailed, and who reads it joins in a browser of their own, ${how}`, async ({
    browser,
    mailed,
  }) => {
    const email = `${randomUUID()}@relief.example`
    const members = await membersOf(browser, mailed, scripts)
    await invite(members, email)
    await expect(members.getByRole('main').getByRole('status')).toContainText(`is on its way to ${email}`)
    await expect(members.getByRole('main')).not.toContainText('/join/')
    await expect(members.getByRole('region', { name: 'Open invitations' })).toContainText(email)

    const letter = await mailed.smtp.untilLetter(toOnly(email))
    expect(letter).toMatchObject({ from: 'log@relief.example', to: [email] })
    expect(letter.subject).toBe('Amal Haddad invites you to Harbour Relief')
    expect(letter.text).toContain('You will be a member.')
    expect(letter.html).toContain('<html lang="en" dir="ltr">')
    expect(linkIn(letter.html)).toBe(linkIn(letter.text))
    expect(letter.id).toMatch(/@localhost$/)

    const theirs = await freshPage(browser, mailed, scripts)
    await theirs.goto(linkIn(letter.text))
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Join Harbour Relief')
    await expect(theirs.getByLabel('E-mail address')).toHaveValue(email)
    await theirs.getByLabel('Your name').fill('Sami Okoro')
    await theirs.getByLabel('Password').fill(PASSWORD)
    await theirs.getByRole('button', { name: 'Make the account and join' }).click()
    await expect(theirs).toHaveURL(/\/keys$/)
  })

  test(`who forgot the password asks for a letter, and nobody learns who has an account, ${how}`, async ({
    browser,
    mailed,
  }) => {
    const person = await newPerson(mailed, 'Forgetful Femi', ['donor', 'viewer'])
    const page = await freshPage(browser, mailed, scripts)
    const stranger = `${randomUUID()}@relief.example`
    const said: string[] = []
    for (const email of [stranger, person.email.toUpperCase()]) {
      await page.goto('/sign-in')
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.getByLabel('E-mail address').fill(email)
      await page.getByRole('button', { name: 'Send me the link' }).click()
      said.push((await page.getByRole('main').getByRole('status').textContent()) ?? '')
    }
    expect(said[0]).toContain('If an account has this address')
    expect(said[1]).toBe(said[0])
    const letter = await mailed.smtp.untilLetter(toOnly(person.email))
    expect(letter.subject).toBe('Set a new password')
    expect(letter.text).toContain('Someone, probably you, asked for a link')
    expect(mailed.smtp.letters().filter(toOnly(stranger))).toEqual([])
    const rows = JSON.stringify(await mailed.log.prisma.verification.findMany({ where: { value: person.userId } }))
    expect(rows).not.toContain(linkIn(letter.text).split('/').at(-1))

    await page.goto(linkIn(letter.text))
    await page.getByLabel('New password').fill('another long password')
    await page.getByRole('button', { name: 'Set the password and sign in' }).click()
    await expect(page).toHaveURL(/\/today$/)
    const told = await mailed.smtp.untilLetter(
      each => toOnly(person.email)(each) && each !== letter && each.id !== letter.id,
    )
    expect(told.subject).toBe('Your password was changed')
    await page.goto(linkIn(letter.text))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not open anything')
    await expect(page.getByRole('link', { name: 'Ask for a new link' })).toBeVisible()
  })
}

test('letters are in the language of who reads them', async ({ browser, mailed }) => {
  const members = await membersOf(browser, mailed)
  const invited = `${randomUUID()}@relief.example`
  await invite(members, invited, 'العربية')
  const letter = await mailed.smtp.untilLetter(toOnly(invited))
  expect(letter.subject).toBe('يدعوك Amal Haddad إلى Harbour Relief')
  expect(letter.html).toContain('<html lang="ar" dir="rtl">')
  expect(letter.text).toContain('\u2068Harbour Relief\u2069')

  const person = await newPerson(mailed, 'Nour Arabi', ['donor', 'viewer'])
  const theirs = await freshPage(browser, mailed)
  await signIn(theirs, person.email)
  await theirs.goto('/today?lang=ar')
  await expect(theirs.locator('html')).toHaveAttribute('dir', 'rtl')
  await members.goto(`/members?member=${person.userId}`)
  await members.getByRole('button', { name: 'Make the link', exact: true }).click()
  const reset = await mailed.smtp.untilLetter(toOnly(person.email))
  expect(reset.subject).toBe('تعيين كلمة مرور جديدة')
})

test('an admin has the link to set a password mailed, and sees it only on asking for that', async ({
  browser,
  mailed,
}) => {
  const person = await newPerson(mailed, 'Lost Lina', ['donor', 'viewer'])
  const members = await membersOf(browser, mailed)
  await members.goto(`/members?member=${person.userId}`)
  await members.getByRole('button', { name: 'Make the link', exact: true }).click()
  await expect(members.getByRole('main').getByRole('status')).toContainText(`is on its way to ${person.email}`)
  await expect(members.getByRole('main')).not.toContainText('/reset-password/')
  const letter = await mailed.smtp.untilLetter(toOnly(person.email))
  expect(letter.text).toContain('\u2068Amal Haddad\u2069 made a link for you')

  await members.getByRole('radio', { name: 'is shown here' }).check()
  await members.getByRole('button', { name: 'Make the link', exact: true }).click()
  await expect(members.getByRole('main').getByRole('status')).toContainText('/reset-password/')
  const theirs = await freshPage(browser, mailed)
  await theirs.goto(linkIn(letter.text))
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link does not open anything')
})

test('where the mail server refuses or is down, the admin is told, the link is shown, and it works', async ({
  browser,
  mailed,
}) => {
  const members = await membersOf(browser, mailed)
  const main = members.getByRole('main')
  mailed.smtp.refuse(550)
  const refused = `${randomUUID()}@relief.example`
  await invite(members, refused)
  await expect(main.getByRole('alert')).toContainText(`The mail server refused the letter to ${refused}`)
  const shown = await main.getByRole('status').getByText('/join/').textContent()
  const theirs = await freshPage(browser, mailed)
  await theirs.goto(shown ?? '')
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Join Harbour Relief')
  mailed.smtp.accept()
  await mailed.smtp.stop()
  const unreachable = `${randomUUID()}@relief.example`
  await invite(members, unreachable)
  await expect(main.getByRole('alert')).toContainText(`The letter to ${unreachable} could not be sent`)
  await expect(main.getByRole('status')).toContainText('/join/')
  await expect(members.getByRole('region', { name: 'Open invitations' })).not.toContainText(unreachable)
  await mailed.smtp.start()
})

test('a letter that somebody asked for while the mail server was down arrives when it is up again', async ({
  browser,
  mailed,
}) => {
  const person = await newPerson(mailed, 'Patient Paula', ['donor', 'viewer'])
  await mailed.smtp.stop()
  const page = await freshPage(browser, mailed)
  await page.goto('/reset-password')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('If an account has this address')
  await mailed.smtp.start()
  await page.goto(linkIn((await mailed.smtp.untilLetter(toOnly(person.email))).text))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set a new password')
})

test('names that are made to look like headers or HTML stay names', async ({ browser, mailed }) => {
  const name = '<b>Bcc: all@relief.example</b>'
  const person = await newPerson(mailed, name, ['donor', 'admin'])
  const page = await freshPage(browser, mailed)
  await signIn(page, person.email, { at: '/sign-in?next=/members' })
  const email = `${randomUUID()}@relief.example`
  await invite(page, email)
  const letter = await mailed.smtp.untilLetter(toOnly(email))
  expect(letter.to).toEqual([email])
  expect(letter.subject).toBe(`${name} invites you to Harbour Relief`)
  expect(letter.html).not.toContain('<b>')
  for (const typed of ['a@relief.example, b@relief.example', 'a@relief.example\r\nBcc: b@relief.example']) {
    const before = mailed.smtp.letters().length
    await page.locator('[name=email]').evaluate((input, value) => {
      input.setAttribute('type', 'hidden')
      input.setAttribute('value', value)
    }, typed)
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(page.getByText('That is not an e-mail address')).toBeVisible()
    expect(mailed.smtp.letters()).toHaveLength(before)
  }
})

test('a person is written to when a passkey opens their account or their password is another', async ({
  browser,
  mailed,
}) => {
  const person = await newPerson(mailed, 'Watchful Wen', ['donor', 'viewer'])
  const subjectsUntil = (subject: string) =>
    mailed.smtp.untilLetter(letter => toOnly(person.email)(letter) && letter.subject === subject)
  const page = await freshPage(browser, mailed, true)
  await withAuthenticator(page)
  await signIn(page, person.email, { at: '/sign-in?next=/account' })
  const own = page.getByRole('region', { name: 'Passkeys' })
  await own.getByLabel('Name').fill('Pocket phone')
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  expect((await subjectsUntil('A passkey was added to your account')).text).toContain('Pocket phone')
  // The letter is quicker than the page: what is typed into one that is being left is lost.
  await expect(own.getByRole('link', { name: 'Change Pocket phone' })).toBeVisible()
  await page.getByLabel('Your password now').fill(PASSWORD)
  await page.getByLabel('New password').fill('another long password')
  await page.getByRole('button', { name: 'Change the password' }).click()
  expect((await subjectsUntil('Your password was changed')).text).toContain('One passkey also opens your account')
  await expect(page.getByText('Your password was changed, and every other browser')).toBeVisible()
  await own.getByRole('link', { name: 'Change Pocket phone' }).click()
  await own.getByRole('button', { name: 'Remove Pocket phone' }).click()
  expect((await subjectsUntil('A passkey was removed from your account')).text).toContain('every other browser')
})

test('letters are limited: ten for one account in an hour, however often they are asked for', async ({
  browser,
  mailed,
}) => {
  const person = await newPerson(mailed, 'Flooded Finn', ['donor', 'viewer'])
  const page = await freshPage(browser, mailed)
  for (let asked = 0; asked < 11; asked++) {
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': `203.0.113.${asked}` })
    await page.goto('/reset-password')
    await page.getByLabel('E-mail address').fill(person.email)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await expect(page.getByRole('main').getByRole('status')).toBeVisible()
  }
  const last = await newPerson(mailed, 'Finn’s friend', ['donor', 'viewer'])
  await page.goto('/reset-password')
  await page.getByLabel('E-mail address').fill(last.email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await mailed.smtp.untilLetter(toOnly(last.email))
  expect(mailed.smtp.letters().filter(toOnly(person.email))).toHaveLength(10)
})

test('without a mail server the links are shown, and who forgot the password is told whom to ask', async ({
  browser,
  peopled,
}) => {
  const page = await freshPage(browser, peopled)
  await page.goto('/sign-in')
  await expect(page.getByRole('link', { name: 'Forgot your password?' })).toHaveCount(0)
  await page.goto('/reset-password')
  await expect(page.getByRole('main')).toContainText('Ask an admin of your organisation')
  await expect(page.getByRole('button', { name: 'Send me the link' })).toHaveCount(0)
  const members = await (await personAt(browser, peopled, 'amal')).newPage()
  await members.goto('/members')
  await expect(members.getByLabel('Mail it to')).toHaveCount(0)
  await members.getByRole('button', { name: 'Make the invitation link' }).click()
  await expect(members.getByRole('main').getByRole('status')).toContainText('/join/')
})

test('no secret of the mail server, and no link, stands in what the server writes', async ({ mailed }) => {
  const written = mailed.output()
  for (const secret of [
    'p@ss word',
    'p%40ss',
    ...mailed.smtp.letters().map(({ text }) => linkIn(text).split('/').at(-1) ?? ''),
  ])
    if (secret.length > 5) expect(written).not.toContain(secret)
})
