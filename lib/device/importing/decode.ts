export type Encoding = 'utf-8' | 'utf-16' | 'windows-1252'

/**
 * A text file's bytes as text: by its byte order mark, else UTF-16 where every other byte of the beginning is zero, else UTF-8 where all of it is,
 * else Windows-1252, which spreadsheets on older machines write and which never fails: whoever shows the text says so.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return utf16(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return utf16(bytes, 'utf-16be')
  const head = bytes.subarray(0, 400)
  const zeros = (from: number) => head.filter((byte, place) => place % 2 === from && byte === 0).length
  if (head.length >= 4 && zeros(1) > head.length / 5 && zeros(0) === 0) return utf16(bytes, 'utf-16le')
  if (head.length >= 4 && zeros(0) > head.length / 5 && zeros(1) === 0) return utf16(bytes, 'utf-16be')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: fromWindows1252(bytes), encoding: 'windows-1252' }
  }
}

/** 0x80 to 0x9f; the five that stand for nothing are control characters, as the WHATWG has them. */
const WINDOWS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

// By hand: some engines' decoders take it for ISO 8859-1, which has no typographic quotes.
function fromWindows1252(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes)
    text += byte >= 0x80 && byte < 0xa0 ? WINDOWS.charAt(byte - 0x80) : String.fromCharCode(byte)
  return text
}

function utf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be') {
  return { text: new TextDecoder(label).decode(bytes), encoding: 'utf-16' as const }
}
