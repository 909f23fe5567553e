/** Numbers from 0 to 2^32 − 1 that follow from a seed. */
export type Numbers = () => number

/** Other ways to write what stands in our formats: by eye the same, by bytes not. */
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['—', '–'],
  ['—', '-'],
  [' ', '\u00a0'],
  [' ', '  '],
  [' ', '\t'],
  ['\n', '\r\n'],
  ['\n', '\n\n'],
  ['\n', '\u2028'],
  ['-', '\u2010'],
  ['a', '\u0430'],
  ['e', 'e\u0301'],
  ['é', 'e\u0301'],
  ['o', '0'],
  ['K', '\u212a'],
  ['1', '١'],
  ['0', '０'],
  ['/', '\u2215'],
  ['/', '\\/'],
  ['"', "'"],
  ['+', '-'],
  ['/', '_'],
  ['=', ''],
  [':', ': '],
  [',', ', '],
  ['true', '1'],
  ['x', 'X'],
]

const NUMBERS = [
  '0',
  '00',
  '-0',
  '-1',
  '+1',
  '01',
  '1.0',
  '1e3',
  '0x10',
  ' 1',
  '1 ',
  '٣',
  '256',
  '65536',
  '9007199254740992',
  '9007199254740993',
  '9223372036854775808',
  '18446744073709551616',
  'NaN',
  'Infinity',
  '1_000',
  '',
]

const TEXTS = [
  '\ufeff',
  '\u0000',
  '\u202e',
  '\ud83d',
  '{}',
  '[]',
  '""',
  'null',
  '__proto__',
  'constructor',
  '\u0085',
  '%2F',
  '\u200b',
]

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const decode = (bytes: Uint8Array) => decoder.decode(bytes)
// Halves of a surrogate pair have no UTF-8 and become U+FFFD.
const utf8Encode = (text: string) => encoder.encode(text)
const pick = <Value>(values: readonly Value[], next: Numbers) => values[next() % values.length] as Value

type Change = (bytes: Uint8Array, next: Numbers, others: readonly Uint8Array[]) => Uint8Array

const CHANGES: readonly Change[] = [
  function flipBit(bytes, next) {
    return at(bytes, next, byte => byte ^ (1 << (next() % 8)))
  },
  function setByte(bytes, next) {
    return at(bytes, next, () => pick([0, 10, 13, 32, 34, 43, 47, 48, 61, 127, 128, 194, 226, 255], next))
  },
  function insertBytes(bytes, next) {
    return spliced(
      bytes,
      next,
      0,
      Uint8Array.from({ length: 1 + (next() % 4) }, () => next() & 255),
    )
  },
  function insertText(bytes, next) {
    return spliced(bytes, next, 0, utf8Encode(pick(TEXTS, next)))
  },
  function leaveOut(bytes, next) {
    return spliced(bytes, next, 1 + (next() % 40), new Uint8Array(0))
  },
  function cutShort(bytes, next) {
    return bytes.slice(0, bytes.length === 0 ? 0 : next() % bytes.length)
  },
  function repeatRange(bytes, next) {
    const from = bytes.length === 0 ? 0 : next() % bytes.length
    const range = bytes.slice(from, from + 1 + (next() % 60))
    return spliced(bytes, next, 0, next() % 50 === 0 ? repeated(range, 500) : range)
  },
  function splice(bytes, next, others) {
    const other = pick(others, next)
    const from = other.length === 0 ? 0 : next() % other.length
    return spliced(bytes, next, next() % 80, other.slice(from, from + (next() % 80)))
  },
  function lookAlike(bytes, next) {
    const [wanted, other] = pick(LOOK_ALIKES, next)
    return replaced(decode(bytes), wanted, other, next)
  },
  function otherNumber(bytes, next) {
    const text = decode(bytes)
    const found = [...text.matchAll(/[0-9]+/g)]
    if (found.length === 0) return bytes
    const { 0: digits, index } = pick(found, next)
    const kin = [
      `0${digits}`,
      `+${digits}`,
      `${digits}.0`,
      `${digits}e0`,
      ` ${digits}`,
      String(BigInt(digits.slice(0, 30)) + 1n),
    ]
    return utf8Encode(text.slice(0, index) + pick([...NUMBERS, ...kin], next) + text.slice(index + digits.length))
  },
  function lines(bytes, next) {
    const all = decode(bytes).split('\n')
    const [from, to] = [next() % all.length, next() % all.length]
    const line = all[from] as string
    if (next() % 2) all.splice(to, 0, line)
    else [all[from], all[to]] = [all[to] as string, line]
    return utf8Encode(all.join('\n'))
  },
  function members(bytes, next) {
    const all = decode(bytes).split(',')
    const [from, to] = [next() % all.length, next() % all.length]
    const member = all[from] as string
    if (next() % 2) all.splice(to, 0, member)
    else [all[from], all[to]] = [all[to] as string, member]
    return utf8Encode(all.join(','))
  },
  // The last character before the padding carries bits that say nothing: base64 that is decoded leniently has many spellings.
  function base64Tail(bytes, next) {
    return replaced(decode(bytes), '=', pick(['', '==', '=\n', ' ='], next), next, character => {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
      return letters[(letters.indexOf(character) + 1) % 64] ?? character
    })
  },
  function caseOf(bytes, next) {
    return at(bytes, next, byte => ((byte | 32) >= 97 && (byte | 32) <= 122 ? byte ^ 32 : byte))
  },
  function ends(bytes, next) {
    const text = decode(bytes)
    const other = [`${text}\n`, `\n${text}`, text.trimEnd(), `${text} `, `\ufeff${text}`, `${text}\u0000`, text + text]
    return utf8Encode(pick(other, next))
  },
]

/** A copy of `bytes` with one to three changes; now and then bytes that have nothing to do with it. */
export function mutate(bytes: Uint8Array, next: Numbers, others: readonly Uint8Array[]): Uint8Array {
  if (next() % 40 === 0) return Uint8Array.from({ length: next() % 300 }, () => next() & 255)
  let changed = bytes
  for (let left = 1 + (next() % 3); left > 0; left--) changed = pick(CHANGES, next)(changed, next, others)
  return changed
}

function at(bytes: Uint8Array, next: Numbers, change: (byte: number) => number): Uint8Array {
  if (bytes.length === 0) return bytes
  const copy = Uint8Array.from(bytes)
  const place = next() % bytes.length
  copy[place] = change(copy[place] as number)
  return copy
}

function spliced(bytes: Uint8Array, next: Numbers, without: number, put: Uint8Array): Uint8Array {
  const from = next() % (bytes.length + 1)
  return Uint8Array.from([...bytes.slice(0, from), ...put, ...bytes.slice(from + without)])
}

function repeated(bytes: Uint8Array, times: number): Uint8Array {
  const all = new Uint8Array(bytes.length * times)
  for (let n = 0; n < times; n++) all.set(bytes, n * bytes.length)
  return all
}

/** One of the places of `wanted`, at random, becomes `other`; with `before`, the character ahead of it changes instead. */
function replaced(
  text: string,
  wanted: string,
  other: string,
  next: Numbers,
  before?: (character: string) => string,
): Uint8Array {
  const places: number[] = []
  for (let place = text.indexOf(wanted); place >= 0; place = text.indexOf(wanted, place + 1)) places.push(place)
  if (places.length === 0) return utf8Encode(text)
  const place = pick(places, next)
  const isBefore = before && place > 0 && next() % 2 === 0
  const changed = isBefore
    ? text.slice(0, place - 1) + before(text[place - 1] as string) + text.slice(place)
    : text.slice(0, place) + other + text.slice(place + wanted.length)
  return utf8Encode(changed)
}
