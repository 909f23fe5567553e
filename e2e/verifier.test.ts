import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, type Page } from '@playwright/test'
import { newFolder } from '../lib/data/folders.fixture.ts'
import { EVERY_LOOK, expectAccessible } from './accessible.fixture.ts'
import { checkpointOf, recordMore, snapshotOf } from './memory.fixture.ts'
import { checkOf, runCommand, withOneCharacterChanged } from './report.fixture.ts'
import type { Told } from './server.fixture.ts'
import { test } from './story.fixture.ts'

/** The offline verifier as a visitor downloads it, and as `npm run verifier` makes it. */
async function downloaded(told: Told): Promise<{ path: string; folder: string }> {
  const folder = newFolder()
  const path = join(folder, 'throughline-verifier.html')
  const file = await fetch(`${told.url}/seal/throughline-verifier.html`)
  writeFileSync(path, Buffer.from(await file.arrayBuffer()))
  return { path, folder }
}

/** Opens it from the disk with the network cut; every request but for the file itself is noted. */
async function openOffline(page: Page, path: string): Promise<string[]> {
  const asked: string[] = []
  page.on('request', request => {
    if (request.url() !== pathToFileURL(path).href) asked.push(request.url())
  })
  await page.context().setOffline(true)
  await page.goto(pathToFileURL(path).href)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return asked
}

async function evidenceOf(told: Told, name: Parameters<Told['reference']>[0] = 'partLoad'): Promise<string> {
  return (await fetch(`${told.url}/api/evidence/${told.reference(name)}`)).text()
}

const asFile = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})
const resultOf = (page: Page, name: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) })

test('the file opened from a disk without a network checks several files at once, shows the way of the goods, and asks nobody anything', async ({
  page,
  told,
}) => {
  const { path } = await downloaded(told)
  const good = await evidenceOf(told)
  const tampered = withOneCharacterChanged(good)
  const asked = await openOffline(page, path)
  await page.getByLabel('The log’s key, from elsewhere').fill(told.fingerprint)
  await page
    .getByLabel('Files to check')
    .setInputFiles([asFile('good.json', good), asFile('tampered.json', tampered), asFile('other.json', '{"a":1}\n')])

  await expect(resultOf(page, 'good.json')).toContainText('Checked by your browser')
  await expect(resultOf(page, 'good.json')).toContainText('Intact, as this file shows it.')
  await expect(resultOf(page, 'good.json').getByRole('heading', { name: 'The way of the goods' })).toBeVisible()
  await expect(resultOf(page, 'good.json')).toContainText('474 blankets')
  await expect(resultOf(page, 'good.json')).toContainText(/Handed over · .*→ /)
  await expect(resultOf(page, 'tampered.json')).toContainText('A check failed')
  await expect(resultOf(page, 'tampered.json')).toContainText('Nobody changed a record')
  await expect(resultOf(page, 'tampered.json')).not.toContainText('474 blankets')
  await expect(resultOf(page, 'other.json')).toContainText('This cannot be checked')
  await expectAccessible(page, 'offline verifier', EVERY_LOOK)

  // Another key than the log's: a foreign file.
  await page.getByLabel('The log’s key, from elsewhere').fill('0'.repeat(26))
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(resultOf(page, 'good.json')).toContainText('A check failed')
  await page.getByLabel('The log’s key, from elsewhere').fill('no key')
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(page.getByText('This is neither a fingerprint')).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(0)
  // Nothing at all: no font, no icon, no script, no word to a server.
  expect(asked).toEqual([])
})

test('a receipt holds only with its own record, from a file of its own or from evidence, and only under the log’s key', async ({
  page,
  told,
}) => {
  const { path } = await downloaded(told)
  const evidence = await evidenceOf(told)
  const { leaves } = JSON.parse(evidence) as { leaves: { index: string; bytes: string }[] }
  const { events } = JSON.parse(
    (await (await fetch(`${told.url}/track/${told.reference('partLoad')}`)).text()).match(
      /id="view"[^>]*>([^<]*)</,
    )?.[1] ?? '{}',
  ) as { events: { hash: string }[] }
  const receipt = await (await fetch(`${told.url}/api/events/${events.at(-1)?.hash}/proof`)).text()
  const index = Number(/^index (\d+)$/m.exec(receipt)?.[1])
  const bytesAt = (place: (at: number) => boolean) =>
    Buffer.from(leaves.find(leaf => place(Number(leaf.index)))?.bytes ?? '', 'base64')
  const last = bytesAt(at => at === index)
  const note = last.subarray(last.indexOf(10) + 1)
  const other = bytesAt(at => at !== index)
  await openOffline(page, path)
  const key = page.getByLabel('The log’s key, from elsewhere')
  const files = page.getByLabel('Files to check')
  const choose = (record: string, bytes: Uint8Array | string) =>
    files.setInputFiles([asFile('a.tlog-proof', receipt), asFile(record, bytes)])
  const held = resultOf(page, 'a.tlog-proof')

  await choose('record.txt', note)
  await expect(held).toContainText('Give the log’s whole verifier key')
  await key.fill(told.vkey)
  await choose('record.txt', note)
  await expect(held).toContainText('The receipt holds')
  await expect(held).toContainText(told.origin)
  await expect(resultOf(page, 'record.txt')).toContainText('the record that a receipt here is about')
  await choose('leaf', last)
  await expect(held).toContainText('The receipt holds')
  await choose('leaf', other)
  await expect(held).toContainText('The receipt does not hold')
  await files.setInputFiles([asFile('a.tlog-proof', receipt)])
  await expect(held).toContainText('Choose the record together with it')
  await key.fill(told.fingerprint)
  await choose('evidence.json', evidence)
  await expect(held).toContainText('The receipt holds')
  await choose('evidence.json', evidence.replace(/"bytes":"(.)/g, '"bytes":"B'))
  await expect(held).not.toContainText('The receipt holds')
})

test('two histories that one key has signed each look intact alone, and a policy that nobody met fails both', async ({
  page,
  fresh,
}) => {
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 1)
  const first = await evidenceOf(fresh)
  const { size } = await checkpointOf(fresh.url)
  await snapshot.restore()
  snapshot.drop()
  await recordMore(fresh, 1)
  const second = await evidenceOf(fresh)
  expect((await checkpointOf(fresh.url)).size).toBe(size)
  const { path } = await downloaded(fresh)
  await openOffline(page, path)
  await page.getByLabel('The log’s key, from elsewhere').fill(fresh.fingerprint)
  await page.getByLabel('Files to check').setInputFiles([asFile('first.json', first), asFile('second.json', second)])
  await expect(page.getByRole('alert')).toContainText('two different histories')
  await expect(resultOf(page, 'first.json')).toContainText('A check failed')
  await expect(checkOf(page, 'checkpoint-consistent').first()).toContainText('failed')

  const policy = `log ${fresh.vkey}\nwitness w1 ${'witness.example+'}00000000+${'A'.repeat(44)}\nquorum w1\n`
  await page.getByLabel('Witnesses you trust').setInputFiles(asFile('policy.txt', policy))
  await expect(page.getByText('The policy file cannot be read.')).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(0)
})

test('where a browser has no Ed25519 of its own the file brings one, and says the same', async ({ browser, told }) => {
  const { path } = await downloaded(told)
  const context = await browser.newContext()
  await context.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  const page = await context.newPage()
  await openOffline(page, path)
  expect(await page.evaluate(() => crypto.subtle === undefined)).toBe(true)
  await page.getByLabel('The log’s key, from elsewhere').fill(told.vkey)
  await page.getByLabel('Files to check').setInputFiles(asFile('good.json', await evidenceOf(told)))
  await expect(resultOf(page, 'good.json')).toContainText('Checked by your browser')
  await context.close()
})

test('the file speaks four languages and changes between them with what it found', async ({ page, told }) => {
  const { path } = await downloaded(told)
  await openOffline(page, path)
  await page.getByLabel('The log’s key, from elsewhere').fill(told.vkey)
  await page.getByLabel('Files to check').setInputFiles(asFile('good.json', await evidenceOf(told)))
  for (const [name, title, dir] of [
    ['Français', 'Vérifier des preuves sans réseau', 'ltr'],
    ['Español', 'Comprobar pruebas sin red', 'ltr'],
    ['العربية', 'افحص ملفات الإثبات بلا شبكة', 'rtl'],
    ['English', 'Check evidence without a network', 'ltr'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', dir)
    await expect(resultOf(page, 'good.json')).toBeVisible()
    await expectAccessible(page, `offline verifier, ${name}`)
  }
})

test('the same sources make the same file, byte for byte; the page and the command name its hash', async ({
  page,
  told,
}) => {
  const { path, folder } = await downloaded(told)
  const again = join(folder, 'again.html')
  const made = await runCommand('lib/cli/bundle-verifier.mjs', [again])
  expect(made.code, made.output).toBe(0)
  expect(readFileSync(again).equals(readFileSync(path))).toBe(true)
  expect(readFileSync(path).length).toBeLessThanOrEqual(400_000)
  const sha256 = /SHA-256 ([0-9a-f]{64})/.exec(made.output)?.[1] as string
  await page.goto(`${told.url}/verify`)
  const shown = page.getByRole('region', { name: 'The same check, on your own disk' })
  await expect(shown).toContainText((sha256.match(/.{8}/g) ?? []).join(' '))
})
