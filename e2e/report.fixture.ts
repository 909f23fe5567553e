import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, type Locator, type Page } from '@playwright/test'
import type { CheckName } from '../lib/core/evidence/report.ts'

/** What each check is called on a page. */
export const TITLES: Readonly<Record<CheckName, string>> = {
  'log-key': 'This is the log you were pointed to',
  'checkpoint-signed': 'The log stands by its list',
  'checkpoint-consistent': 'The history was not rewritten',
  witnesses: 'Others keep watch',
  'leaves-included': 'Nobody changed a record',
  'chain-unbroken': 'Nothing is missing in between',
  'events-signed': 'Each side signed for itself',
  'custody-rules': 'The rules were kept',
  balance: 'The quantities add up',
  complete: 'Nothing newer is left out',
  attachments: 'Photos and papers',
  'page-agrees': 'This page shows what was signed',
}

export type Outcomes = Readonly<Partial<Record<CheckName, 'passed' | 'failed' | 'not checked' | 'waiting'>>>

/** A live consignment of this site, opened by its label, first visit. */
export const FIRST_VISIT: Outcomes = {
  'log-key': 'passed',
  'checkpoint-signed': 'passed',
  'checkpoint-consistent': 'not checked',
  witnesses: 'not checked',
  'leaves-included': 'passed',
  'chain-unbroken': 'passed',
  'events-signed': 'passed',
  'custody-rules': 'passed',
  balance: 'passed',
  complete: 'passed',
  attachments: 'not checked',
  'page-agrees': 'passed',
}

/** The verdict beside the seal: the last status of a page, after what a form has to say. */
export function verdict(page: Page): Locator {
  return page.getByRole('status').last()
}

/** One check of the list, by its title. */
export function checkOf(page: Page, name: CheckName): Locator {
  const heading = page.getByRole('heading', { name: TITLES[name], exact: true })
  return page.getByRole('listitem').filter({ has: heading })
}

/** What each listed check came to, in the words of the page: what a screen reader hears before the sentence. */
export async function outcomes(page: Page): Promise<Outcomes> {
  const found: [string, string][] = []
  for (const [name, title] of Object.entries(TITLES)) {
    if ((await page.getByRole('heading', { name: title, exact: true }).count()) === 0) continue
    const said = checkOf(page, name as CheckName)
      .getByRole('paragraph')
      .first()
    const word = /^(passed|failed|not checked): /.exec((await said.textContent({ timeout: 5000 })) ?? '')?.[1]
    found.push([name, word ?? 'waiting'])
  }
  return Object.fromEntries(found) as Outcomes
}

/** Waits until the seal is drawn, whatever it came to. */
export async function untilChecked(page: Page): Promise<void> {
  await expect(verdict(page)).toContainText(/Checked by your browser|Consistent in itself|A check failed|Reported, not/)
}

/** An evidence file with one character of its newest record changed, which is still a file in its one spelling. */
export function withOneCharacterChanged(evidence: string): string {
  const { leaves } = JSON.parse(evidence) as { leaves: { bytes: string }[] }
  // Index leaves are short, and events are not.
  const leaf = leaves.map(({ bytes }) => bytes).findLast(bytes => bytes.length > 600)
  if (leaf === undefined) throw new Error('the file holds no event')
  return evidence.replace(leaf, `${leaf.slice(0, 400)}${leaf[400] === 'A' ? 'B' : 'A'}${leaf.slice(401)}`)
}

/** What a command said and its exit code. */
export type Ran = { readonly code: number; readonly output: string }

/** Runs a TypeScript command of this project by its file, as the scripts of package.json do after their set-up. */
export function runCommand(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const command = ['--conditions=react-server', '--import', 'tsx', file, ...args]
  return new Promise(resolve => {
    execFile(process.execPath, command, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` })
    })
  })
}
