import { base64Decode } from '../bytes.ts'

/** C0, DEL, C1, bidirectional controls, line and paragraph separators, byte order mark, and what Unicode never assigns. */
const FORBIDDEN = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufeff]/u

/** Printable ASCII without outer blanks, which needs no further look; nearly all that is read. */
const PLAIN = /^[!-~]([ -~]*[!-~])?$/

/** True for well-formed NFC text of 1 to `most` UTF-16 units, without control or bidi-control characters and without outer blanks. */
export function isSignableText(text: string, most: number): boolean {
  if (text.length > most) return false
  if (PLAIN.test(text)) return true
  return (
    text !== '' &&
    !/\p{Cs}/u.test(text) &&
    !FORBIDDEN.test(text) &&
    text.normalize('NFC') === text &&
    text.trim() === text
  )
}

/** True for a base64 note of at least one byte. */
export function isNoteText(text: string): boolean {
  return text !== '' && base64Decode(text) !== undefined
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeapYear = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** True for a real calendar day spelled `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS[month - 1] ?? 0)
  return day >= 1 && day <= days
}

/** True for `YYYY-MM`, or a day. Labels print either as the expiry. */
export function isExpiry(text: string): boolean {
  return isDate(text) || isDate(`${text}-01`)
}

/** True for `YYYY-MM-DDTHH:MM:SS±HH:MM`: a real time with the offset of the place, at most 14 hours, never `-00:00`. */
export function isTime(text: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(text)
  if (!match || !isDate(match[1] as string)) return false
  const isUnknownOffset = match[3] === '-' && match[4] === '00' && match[5] === '00'
  return !isUnknownOffset && !(match[4] === '14' && match[5] !== '00')
}

/** Unix milliseconds of a time that {@link isTime} accepts. */
export function timeMilliseconds(time: string): number {
  return Date.parse(time)
}
