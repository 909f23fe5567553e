import { writeFileSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { browserWithCamera } from './camera.fixture.ts'
import { NAMES } from './founded.fixture.ts'
import { runCommand, untilChecked, verdict } from './report.fixture.ts'
import { type Server, untilSealed } from './server.fixture.ts'
import { en, handOver, signWith } from './workspace.fixture.ts'

/** Shipment DN-1847 of the SCMS data: three lines as somebody copies them from a spreadsheet. */
const SHIPMENT = `Item Description\tUnit\tLine Item Quantity\tPack size
Abacavir 20mg/ml, oral solution, Bottle, 240 ml\tbottles\t480\t
Efavirenz 200mg, capsule, 90 Caps\tbottles\t1,176\t
Stavudine 20mg, capsules, 60 Caps\tbottles\t504\t
`
const [ABACAVIR, EFAVIRENZ, STAVUDINE] = SHIPMENT.split('\n')
  .slice(1, 4)
  .map(row => row.split('\t')[0]) as [string, string, string]

/** Where the job is done, and by whom: a page each, in browsers of their own, each with an enrolled key. */
export type Cast = {
  readonly server: Pick<Server, 'url'>
  /** 26 characters, as on a label. */
  readonly fingerprint: string
  readonly donor: Page
  readonly carrierB: Page
  readonly hospital: Page
  /** The first carrier's page, in a browser with something before its camera. */
  carrierA(camera: Browser): Promise<Page>
  /** Somebody who has nothing but the label. */
  readonly stranger: Page
}

/** Packed, labelled, 300 of 480 by one carrier, the rest offered to another, counted at the hospital, settled; then a release signed without a network. */
export async function doMainJob(cast: Cast): Promise<void> {
  const { donor, hospital, stranger, carrierB, server, fingerprint } = cast
  const id = await test.step('the donor packs', () => pack(donor, server))
  const label = `${server.url}/t/${id}#k=${fingerprint}`
  await test.step('the donor prints the label', async () => {
    await donor.goto(`${server.url}/consignments/${id}`)
    await donor.getByRole('link', { name: 'Labels' }).click()
    await expect(donor.getByRole('img', { name: label }).first()).toBeVisible()
  })
  await test.step('300 of 480 for the first carrier', () =>
    handOver(donor, { id, to: NAMES.carrierA, counts: { [ABACAVIR]: 300, [EFAVIRENZ]: 0, [STAVUDINE]: 0 } }))

  const { browser, end } = await browserWithCamera([{ seconds: 1, codes: [{ text: label, scale: 6 }] }])
  try {
    const carrierA = await cast.carrierA(browser)
    await test.step('the carrier scans the label and signs', async () => {
      await carrierA.goto(`${server.url}/scan`)
      await carrierA.waitForURL(url => url.pathname === `/consignments/${id}/receive`)
      await signWith(carrierA, 'Sign for 300 bottles', id)
    })
    await test.step('the rest for the second carrier', () => handOver(donor, { id, to: NAMES.carrierB }))
    await test.step('the first carrier passes on to the hospital', () => handOver(carrierA, { id, to: NAMES.hospital }))
  } finally {
    await end()
  }
  await test.step('the hospital counts', () => countAtHospital(hospital, id))
  await test.step('the donor settles', async () => {
    await donor.goto('/today')
    const differences = donor.getByRole('region', { name: en('today.differences.title') })
    const row = differences.getByRole('listitem').filter({ hasText: ABACAVIR })
    await row.getByRole('link', { name: 'Settle' }).click()
    await donor.getByRole('textbox', { name: `Lost: ${ABACAVIR}` }).fill('4')
    await signWith(donor, 'Settle: 4 bottles lost', id)
  })
  await test.step('a stranger comes from the label', () => readAsStranger(stranger, { server, label }))
  await test.step('signed without a network, sent after the desk recorded something else', async () => {
    await signOffline({ hospital, carrierB, id, url: server.url })
    await untilSealed(server.url)
    await stranger.goto(label)
    await stranger.reload()
    await untilChecked(stranger)
    await expect(verdict(stranger)).toContainText('Checked by your browser')
  })
  await test.step('the file verifies without the server', async () => {
    const file = test.info().outputPath('evidence.json')
    writeFileSync(file, await (await fetch(`${server.url}/api/evidence/${id}`)).text())
    const checked = await runCommand('lib/cli/verify.ts', [file, '--vkey', fingerprint])
    expect(checked.code, checked.output).toBe(0)
  })
}

async function pack(donor: Page, { url }: Pick<Server, 'url'>): Promise<string> {
  await donor.goto(`${url}/consignments/new`)
  await donor.getByRole('button', { name: 'Start a consignment' }).click()
  await donor.waitForURL(/\/consignments\/[0-9A-Z]{11}/)
  const id = /consignments\/([0-9A-Z]{11})/.exec(donor.url())?.[1] as string
  await donor.getByLabel('For whom').fill(NAMES.hospital)
  await donor.getByLabel('Item, line 1', { exact: true }).evaluate((field, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, SHIPMENT)
  await donor.getByRole('button', { name: 'Add 3 lines' }).click()
  await donor.getByRole('button', { name: new RegExp(`^Sign: packed .* for ${NAMES.hospital}$`) }).click()
  await expect(donor.getByRole('heading', { level: 1 })).toContainText(ABACAVIR)
  return id
}

async function countAtHospital(hospital: Page, id: string): Promise<void> {
  await hospital.goto('/today')
  const toSign = hospital.getByRole('region', { name: en('today.sign.title') })
  const row = toSign.getByRole('listitem').filter({ hasText: ABACAVIR })
  await row.getByRole('link', { name: 'Count and sign' }).click()
  await hospital.getByRole('textbox', { name: `In your hands, in good order: ${ABACAVIR}` }).fill('294')
  await hospital.getByRole('button', { name: 'Missing 6' }).click()
  await hospital.getByRole('textbox', { name: `Missing: ${ABACAVIR}` }).fill('4')
  await hospital.getByRole('button', { name: 'Damaged 2' }).click()
  await hospital.getByRole('radio', { name: 'not found' }).check()
  await hospital.getByRole('radio', { name: 'wet' }).check()
  await signWith(hospital, 'Sign for 296 bottles, of them damaged: 2 bottles', id)
}

async function readAsStranger(stranger: Page, at: { server: Pick<Server, 'url'>; label: string }): Promise<void> {
  await untilSealed(at.server.url)
  await stranger.goto(at.label)
  await untilChecked(stranger)
  await expect(verdict(stranger)).toContainText('Checked by your browser')
  const main = stranger.getByRole('main')
  for (const name of [NAMES.donor, NAMES.carrierA, NAMES.carrierB, NAMES.hospital])
    await expect(main).toContainText(name)
  const balance = stranger.getByRole('region', { name: 'Where the goods are' })
  await expect(balance).toContainText(`294 with ${NAMES.hospital}`)
  await expect(balance).toContainText(`2 damaged, with ${NAMES.hospital}`)
  await expect(balance).toContainText('4 lost')
  await expect(balance).toContainText(`180 with ${NAMES.donor}`)
  await expect(balance).toContainText('480 packed. It adds up: 480 came in, 480 are accounted for.')
  // The second carrier's half of its ticket is blank: nobody has signed for it.
  await expect(main).toContainText('180 bottles')
}

async function signOffline(args: { hospital: Page; carrierB: Page; id: string; url: string }): Promise<void> {
  const { hospital, carrierB, id } = args
  await hospital.goto(`/consignments/${id}/release`)
  await hospital.getByRole('textbox', { name: ABACAVIR, exact: true }).first().fill('94')
  await hospital.getByRole('radio', { name: NAMES.carrierB }).check()
  await hospital.context().setOffline(true)
  await hospital.getByRole('button', { name: /^Hand over / }).click()
  await expect(hospital.getByText(en('outbox.kept'))).toBeVisible()

  await carrierB.goto(`/consignments/${id}/receive`)
  await signWith(carrierB, 'Sign for', id)

  await hospital.context().setOffline(false)
  await hospital.goto(`/consignments/${id}`)
  await expect(hospital.getByRole('main')).toContainText(`${NAMES.hospital} gives to ${NAMES.carrierB}`)
}
