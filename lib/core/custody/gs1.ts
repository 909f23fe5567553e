import { fail, pass, type Result } from '../result.ts'

/** A GS1 key as the path of its Digital Link URI, without the first slash: one spelling each, such as `01/09521234543213/10/ABC%2F1`. */
export interface Gs1Path {
  readonly path: string
  readonly kind: 'sscc' | 'gtin'
  /** 18 digits of an SSCC, 14 of a GTIN; the check digit is the last. */
  readonly key: string
  /** Product variant (22), lot (10) and serial number (21), decoded. */
  readonly qualifiers: readonly (readonly [code: '22' | '10' | '21', value: string])[]
}

/** `gs1-check-digit`: the last digit does not follow from the others. `gs1-malformed`: anything else that is no such path. */
export type Gs1Code = 'gs1-malformed' | 'gs1-check-digit'

/** In the order that a path has them (GS1 Digital Link URI Syntax 1.4.1, gtin-path). */
const QUALIFIERS = ['22', '10', '21'] as const
/** The 82 characters of GS1 AI encodable character set 82 that a lot or a serial number may have, 1 to 20 of them. */
const VALUE = /^[A-Za-z0-9!"%&'()*+,\-./:;<=>?_]{1,20}$/

/** The digit that follows `digits` in an SSCC or a GTIN: from the right, weights 3, 1, 3, 1 … (GS1 General Specifications). */
export function gs1CheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** Whether a key stands under GS1's demonstration prefix 952, which nobody's goods carry. */
export function isDemonstration({ key }: Pick<Gs1Path, 'key'>): boolean {
  return key.slice(1, 4) === '952'
}

/**
 * Reads a path such as `/01/09521234543213/10/ABC` after scheme and host, percent-encoded or not: what two spellings mean alike is one path. A GTIN
 * has 14 digits here, shorter ones led by zeros as the grammar of version 1.4.1 wants them; names such as `/gtin/` are no codes since then.
 */
export function parseGs1Path(path: string): Result<Gs1Path, Gs1Code> {
  const parts = path.replace(/^\//, '').split('/').map(decoded)
  const [code, key = '', ...rest] = parts
  if (code === '00') return rest.length === 0 ? readKey({ kind: 'sscc', key, length: 18, qualifiers: [] }) : malformed()
  if (code !== '01' || rest.length % 2 !== 0) return malformed()
  const qualifiers: (readonly ['22' | '10' | '21', string])[] = []
  let least = 0
  for (let place = 0; place < rest.length; place += 2) {
    const at = QUALIFIERS.findIndex((each, index) => index >= least && each === rest[place])
    const [name, value] = [QUALIFIERS[at], rest[place + 1]]
    if (name === undefined || value === undefined || !VALUE.test(value)) return malformed()
    qualifiers.push([name, value])
    least = at + 1
  }
  return readKey({ kind: 'gtin', key, length: 14, qualifiers })
}

/**
 * What somebody types who has the numbers before them: an SSCC, or a GTIN of 8, 12, 13 or 14 digits with a lot and a serial number if there are any.
 * Blanks and hyphens between digits, and the brackets of `(00)` and `(01)` before them, are no part of a number.
 */
export function readGs1Key(typed: {
  readonly number: string
  readonly lot?: string
  readonly serial?: string
}): Result<Gs1Path, Gs1Code> {
  const [lot, serial] = [typed.lot?.trim() ?? '', typed.serial?.trim() ?? '']
  const digits = typed.number
    .trim()
    .replace(/^\((00|01)\)/, '')
    .replace(/[\s-]/g, '')
  if (digits.length === 18) return lot + serial === '' ? parseGs1Path(`00/${digits}`) : malformed()
  if (![8, 12, 13, 14].includes(digits.length)) return malformed()
  const more = [...(lot === '' ? [] : ['10', encoded(lot)]), ...(serial === '' ? [] : ['21', encoded(serial)])]
  return parseGs1Path(['01', digits.padStart(14, '0'), ...more].join('/'))
}

/** An SSCC under the demonstration prefix for 13 digits of one's own choice; nothing else here makes a key. */
export function demonstrationSscc(serial: string): Gs1Path {
  const digits = `0952${serial.padStart(13, '0')}`
  const read = parseGs1Path(`00/${digits}${gs1CheckDigit(digits)}`)
  if (!read.ok) throw new Error(`no 13 digits: ${serial}`)
  return read.value
}

function readKey(args: Omit<Gs1Path, 'path'> & { length: number }): Result<Gs1Path, Gs1Code> {
  const { kind, key, length, qualifiers } = args
  if (key.length !== length || !/^[0-9]+$/.test(key)) return malformed()
  if (gs1CheckDigit(key.slice(0, -1)) !== key.slice(-1)) return fail('gs1-check-digit', key)
  const more = qualifiers.flatMap(([code, value]) => [code, encoded(value)])
  return pass({ path: [kind === 'sscc' ? '00' : '01', key, ...more].join('/'), kind, key, qualifiers })
}

const malformed = () => fail('gs1-malformed', 'a path is /00/<18 digits> or /01/<14 digits>[/22/…][/10/…][/21/…]')

/** Every character that the grammar wants percent-encoded, in upper-case hex. */
function encoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
