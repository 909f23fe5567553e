import { createReadStream, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { keptKey } from '../data/kept-keys.ts'
import { planImport } from './import-plan.ts'
import { planReports, signReports } from './import-reports.ts'
import { readTable, type Table } from './import-table.ts'

const TRAPS = 'lib/cli/import-traps.csv'

async function traps(): Promise<Table> {
  const table = await readTable(createReadStream(TRAPS))
  if (!table.ok) throw new Error(table.detail)
  return table.value
}

async function* chunksOf(bytes: Uint8Array, size = bytes.length) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

test('every bad row is named by its line and its reason, and every good one is imported', async () => {
  const { plans, problems, lines } = planImport(await traps(), [])
  const expected: [number, string][] = [
    [6, 'Vendor reads "Example Laboratories\\nSecond line"; expected text without control characters'],
    [8, 'Country holds bytes that are not UTF-8: save the file as UTF-8'],
    [9, 'Delivered to Client Date reads "2-Jun-06"; expected a date as YYYY-MM-DD'],
    [10, 'Scheduled Delivery Date reads "soon"; expected a date as YYYY-MM-DD'],
    [11, 'Delivered to Client Date reads "2007-02-30"; expected a date as YYYY-MM-DD'],
    [12, 'ID 1 stands on line 2 already'],
    [13, 'Line Item Quantity reads "0"; expected a whole number above zero, in digits alone'],
    [14, 'Line Item Quantity reads "-5"; expected a whole number above zero, in digits alone'],
    [15, 'Line Item Quantity reads "2.5"; expected a whole number above zero, in digits alone'],
    [16, 'Line Item Quantity reads "9999999999999"; expected at most twelve digits'],
    [17, 'Line Item Quantity reads "1,000"; expected a whole number above zero, in digits alone'],
    [18, 'Line Item Quantity reads "ten"; expected a whole number above zero, in digits alone'],
    [19, 'Line Item Quantity reads ""; expected a whole number above zero, in digits alone'],
    [20, 'Unit of Measure (Per Pack) reads "0"; expected a whole number above zero, in digits alone'],
    [21, 'Country reads "Atlantis"; expected one of the 43 countries of this history'],
    [22, 'ASN/DN # reads ""; expected something'],
    [23, 'Item Description reads "Nevirapine \\u202e200mg"; expected text without control characters'],
    [24, 'Item Description reads "Nevirapine\\u0007 200mg"; expected text without control characters'],
    [25, `Item Description reads "${'N'.repeat(60)}…"; expected at most 200 characters`],
    [26, 'Item Description reads ""; expected something'],
    [27, 'Shipment Mode reads "Drone"; expected Air, Air Charter, Ocean, Truck, N/A'],
    [28, '33 fields expected, 32 found'],
    [85, 'a quotation mark is not closed, or not doubled'],
  ]
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual(expected)
  expect(plans.map(({ shipment, fresh }) => [shipment, fresh.length])).toEqual([
    ['ASN-1', 2],
    ['ASN-2', 1],
    ['DN-3', 1],
    ['ASN-4', 1],
    ['ASN-54', 54],
  ])
  expect(lines).toBe(59)
})

test('texts in columns of numbers and dates are kept word for word or left out, never guessed', async () => {
  const { plans } = planImport(await traps(), [])
  const [second] = plans[1]?.fresh ?? []
  expect(second?.route).toEqual({
    dates: { scheduled: '2007-03-19', delivered: '2007-03-20', recorded: '2007-03-21' },
    to: 'CI',
  })
  expect(second?.sealed).toEqual({
    vendor: 'Example Laboratories',
    recipient: "Côte d'Ivoire, 105-CI-T01",
    site: 'Example Works, Unit 2',
    order: 'SCMS-1',
    freight: 'Freight Included in Commodity Cost',
    weight: 'See ASN-93 (ID#:1281)',
  })
  const [third] = plans[2]?.fresh ?? []
  expect(third).toMatchObject({
    item: 'HIV 1/2, "InstantChek" HIV 1+2 Kit, 100 Tests',
    route: { mode: 'ocean' },
    sealed: { weight: 'Weight Captured Separately', freight: 'Invoiced Separately' },
  })
  expect(plans[3]?.fresh[0]?.sealed.recipient).toBe("Côte d'Ivoire, 102-NG-T01")
})

test('packs stay packs: quantity and units per pack are never multiplied', async () => {
  const { plans } = planImport(await traps(), [])
  const [report] = planReports(plans[0]?.fresh ?? [])
  expect(report?.lines).toEqual([
    { id: '1', item: 'Nevirapine 200mg, tablets, 60 Tabs', unit: 'pack', quantity: '500', packSize: '60' },
  ])
})

test('a shipment that does not fit one record goes on in further ones of the same consignment', async () => {
  const { plans } = planImport(await traps(), [])
  const rows = plans[4]?.fresh ?? []
  const reports = planReports(rows)
  expect(reports.length).toBeGreaterThan(1)
  expect(reports.flatMap(({ lines }) => lines.map(line => line.id))).toEqual(rows.map((_, place) => String(place + 1)))
  const key = keptKey({
    origin: 'o'.repeat(200),
    use: 'importer',
    party: '00000000000',
    role: 'admin',
    seed: new Uint8Array(32),
  })
  let byte = 0
  const random = (length: number) => new Uint8Array(length).map(() => byte++)
  const desk = { origin: key.origin, clock: () => 0, random }
  const { notes, standing } = await signReports({ reports, actor: { reference: key.party, key }, desk })
  const read = notes.map(({ note }) => parseKnownEvent(utf8Encode(note)))
  expect(read.map(each => each.ok)).toEqual(notes.map(() => true))
  const events = read.flatMap(each => (each.ok ? [each.value] : []))
  expect(new Set(events.map(({ event }) => event.subject))).toEqual(new Set([`consignment/${standing.consignment}`]))
  expect(events.map(({ event }) => event.after)).toEqual(['', ...events.slice(0, -1).map(({ hash }) => hash)])
  // What all lines share is said once, what is an amount is said for each.
  expect(Object.keys(events[0]?.event.sealed ?? {})).toEqual(
    expect.arrayContaining([
      'recipient',
      'order',
      'shipment',
      'vendor/1',
      'vendor/2',
      'site/1',
      'freight/1',
      'weight/1',
    ]),
  )
  expect(Object.keys(events[0]?.event.sealed ?? {})).not.toContain('vendor')
})

test('rows of one shipment that tell of other dates stand in a report of their own', async () => {
  const { plans } = planImport(await traps(), [])
  const reports = planReports(plans[0]?.fresh ?? [])
  expect(reports.map(({ route }) => route.dates.scheduled)).toEqual(['2007-03-19', '2007-04-01'])
  expect(reports.map(({ lines }) => lines.map(line => line.id))).toEqual([['1'], ['2']])
})

test('where the pieces of the file are cut in transit makes no difference', async () => {
  const bytes = new Uint8Array(readFileSync(TRAPS))
  const whole = await readTable(chunksOf(bytes))
  expect(await readTable(chunksOf(bytes, 7))).toEqual(whole)
  expect(await readTable(chunksOf(bytes, 4096))).toEqual(whole)
})

test('a file without one of the columns is refused whole, by the name of the column', async () => {
  const text = readFileSync(TRAPS, 'utf8').replace('Line Item Quantity', 'Quantity')
  expect(await readTable(chunksOf(utf8Encode(text)))).toMatchObject({
    ok: false,
    code: 'columns-missing',
    detail: expect.stringContaining('Line Item Quantity'),
  })
  expect(await readTable(chunksOf(new Uint8Array()))).toMatchObject({ ok: false, code: 'columns-missing' })
})

test('a quotation mark that is never closed names the lines that are lost with it', async () => {
  const lines = readFileSync(TRAPS, 'utf8').split('\r\n').slice(0, 5)
  const open = [...lines.slice(0, 3), `"${lines[3]?.replaceAll('"', '')}`, ...lines.slice(4)].join('\n')
  const table = await readTable(chunksOf(utf8Encode(open)))
  expect(table).toMatchObject({
    ok: true,
    value: {
      rows: [{ line: 2 }, { line: 3 }],
      problems: [{ line: 4, reason: 'a quotation mark is not closed, or not doubled; lines 4 to 5 could not be read' }],
    },
  })
})
