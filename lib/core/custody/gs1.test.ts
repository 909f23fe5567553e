import { expect, test } from '@playwright/test'
import { demonstrationSscc, gs1CheckDigit, isDemonstration, parseGs1Path, readGs1Key } from './gs1.ts'

const pathOf = (path: string) => {
  const read = parseGs1Path(path)
  return read.ok ? read.value.path : read.code
}

// Digital Link URIs of tests/dl_normaliser_test.py in RalphTro/epcis-event-hash-generator at 5d2f1c3 (MIT), their paths: those of SSCC and GTIN in canonical form.
const PUBLISHED = [
  '/01/04012345111118/21/98%22',
  '/01/04150567890128/21/987654',
  '/01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29',
  '/01/04012345123456/10/Lot987',
  '/01/04012345123456',
  '/01/09780345418913/21/765tz',
  '/00/340123453111111115',
  '/00/040123450000000115',
]

test('published Digital Link paths are read, and written back as they were', () => {
  for (const path of PUBLISHED) expect(pathOf(path)).toBe(path.slice(1))
})

test('keys whose check digits are known to be right are taken', () => {
  for (const digits of ['09521234543213', '106141411234567897', '095212340000000013'])
    expect(gs1CheckDigit(digits.slice(0, -1))).toBe(digits.slice(-1))
})

test('one wrong digit anywhere in a key is found by its check digit', () => {
  for (const [code, key] of [
    ['00', '340123453111111115'],
    ['01', '09521234543213'],
  ] as const) {
    for (let place = 0; place < key.length; place++) {
      for (let digit = 0; digit < 10; digit++) {
        const other = key.slice(0, place) + digit + key.slice(place + 1)
        if (other !== key) expect(pathOf(`${code}/${other}`), other).toBe('gs1-check-digit')
      }
    }
  }
})

test('what the published tests call no Digital Link is refused, and what is no SSCC and no GTIN', () => {
  for (const path of [
    '/123/4012345ABC987/456/4711',
    '/99/9780345418913',
    '/01/9780345418913/99/utfgf',
    '/abc/9780345418913',
    '/01/97803',
    '/8006/04012345123456/22/ABCD/10/XYZ',
    '42',
    'Hello World!',
    '/00/340123453111111115/10/A',
    '/00/34012345311111111',
    '/01/04012345123456/10',
    '/01/04012345123456/10/',
    '/01/04012345123456/10/A/10/B',
    '/01/04012345123456/10/123456789012345678901',
    '/01/04012345123456/10/%E2%82%AC',
    '/01/04012345123456/10/%zz',
    '/01/٠٤٠١٢٣٤٥١٢٣٤٥٦',
    '/01/04012345123456/',
    '',
  ])
    expect(pathOf(path), path).toBe('gs1-malformed')
})

test('variant, lot and serial number stand in the order of the grammar and in no other', () => {
  expect(pathOf('/01/09780345418913/22/344/10/1223/21/765tz')).toBe('01/09780345418913/22/344/10/1223/21/765tz')
  expect(pathOf('/01/09780345418913/21/765tz/10/1223')).toBe('gs1-malformed')
  expect(pathOf('/01/09780345418913/10/1223/22/344')).toBe('gs1-malformed')
})

test('other spellings of the same characters are the same path, and case is not', () => {
  expect(pathOf('/01/04012345123456/10/a%2db')).toBe('01/04012345123456/10/a-b')
  expect(pathOf('/01/04012345123456/10/(a)')).toBe('01/04012345123456/10/%28a%29')
  expect(pathOf('/01/04012345123456/10/lot')).not.toBe(pathOf('/01/04012345123456/10/LOT'))
})

test('in an address a GTIN has fourteen digits; typed, one of 8, 12 or 13 is led by zeros', () => {
  expect(pathOf('/01/9780345418913')).toBe('gs1-malformed')
  const typed = (number: string, lot = '', serial = '') => {
    const read = readGs1Key({ number, lot, serial })
    return read.ok ? read.value.path : read.code
  }
  expect(typed('96385074')).toBe('01/00000096385074')
  expect(typed('0 12345 67890 5')).toBe('01/00012345678905')
  expect(typed('978-0345418913', '1223')).toBe('01/09780345418913/10/1223')
  expect(typed(' (00) 3 4012345 311111111 5 ')).toBe('00/340123453111111115')
  expect(typed('340123453111111115', 'A1')).toBe('gs1-malformed')
  expect(typed('123')).toBe('gs1-malformed')
  expect(typed('9780345418914')).toBe('gs1-check-digit')
})

test('a key that the demonstration makes stands under its prefix and passes its own check', () => {
  const made = demonstrationSscc('4711')
  expect(made.path).toMatch(/^00\/0952\d{14}$/)
  expect(isDemonstration(made)).toBe(true)
  expect(pathOf(made.path)).toBe(made.path)
  expect(isDemonstration({ key: '340123453111111115' })).toBe(false)
  expect(isDemonstration({ key: '09521234543213' })).toBe(true)
})
