import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { makeAccount } from '../lib/auth/account.ts'
import { openAuth } from '../lib/auth/auth.ts'
import { addMember, type MemberRole } from '../lib/data/members.ts'
import { PASSWORD } from './accounts.fixture.ts'
import type { Part } from './founded.fixture.ts'
import type { Peopled } from './people.fixture.ts'

type Belonging = readonly [Part, MemberRole]

/** An account of this test's own, and the parties it belongs to. */
export async function newPerson(peopled: Peopled, name: string, ...belongings: readonly Belonging[]) {
  const auth = await openAuth({ publicUrl: peopled.url, log: peopled.log })
  const email = `${randomUUID()}@relief.example`
  const made = await makeAccount({ name, email, password: PASSWORD }, auth)
  if (!made.ok) throw new Error(made.code)
  for (const [part, role] of belongings)
    await addMember({ userId: made.value, party: peopled.cast[part].reference, role }, peopled.log)
  return { userId: made.value, email, name }
}

/** A browser that nobody has used, by default without scripts: every form here works without. */
export async function freshPage(browser: Browser, { url }: Peopled, javaScriptEnabled = false): Promise<Page> {
  return (await browser.newContext({ baseURL: url, javaScriptEnabled })).newPage()
}

/** Fills in the form at `at` and sends it. */
export async function signIn(page: Page, email: string, { password = PASSWORD, at = '/sign-in' } = {}): Promise<void> {
  await page.goto(at)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
