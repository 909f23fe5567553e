import { hexDecode } from '../../core/bytes.ts'
import { parseReference } from '../../core/custody/reference.ts'

/** What a scanned or typed text turned out to be. Whatever it is, it is shown as text and never followed by itself. */
export type ReadCode =
  /** A consignment of this log, by its label or by its reference alone. */
  | { readonly what: 'consignment'; readonly reference: string }
  /** The code of an open release: event hash and the seed of its one-time key, both 64 hex characters. */
  | { readonly what: 'claim'; readonly reference: string; readonly release: string; readonly seed: string }
  /** A label with the fingerprint of another log, or one without any on another host. */
  | { readonly what: 'other-log'; readonly reference: string; readonly host: string }
  /** A reference with a wrong character, typed or on a label that was read well: someone wrote it wrong. */
  | { readonly what: 'wrong-reference'; readonly text: string }
  /** A GS1 Digital Link: of goods or a pallet, by a number that is not ours. */
  | { readonly what: 'gs1'; readonly text: string }
  | { readonly what: 'nothing' }
  | { readonly what: 'unknown'; readonly text: string }

/** What of this site a text is compared with: the log key's fingerprint (26 characters) and the page's host, port included. */
type Here = { readonly fingerprint: string; readonly host: string }

const LONGEST_SHOWN = 300
const MADE_OF = /^[0-9A-Za-z\s-]*$/

/** Reads what a camera saw or a person typed. A label of ours is known by its fingerprint, on whatever host it was printed for. */
export function readCode(text: string, here: Here): ReadCode {
  const trimmed = text.trim()
  if (trimmed === '') return { what: 'nothing' }
  const address = addressOf(trimmed)
  if (address) return readAddress(address, shown(trimmed), here)
  const reference = parseReference(trimmed)
  if (reference.ok) return { what: 'consignment', reference: reference.value }
  // Eleven characters, or something that was meant to be: a person looks at the label again. Anything else is no reference of anyone.
  return MADE_OF.test(trimmed) && trimmed.length <= 20
    ? { what: 'wrong-reference', text: trimmed }
    : { what: 'unknown', text: shown(trimmed) }
}

/** The text as an http address; one that is typed without its scheme counts where its path is a label's. */
function addressOf(text: string): URL | undefined {
  const whole = /^https?:\/\//i.test(text) ? text : /^[\w.:-]+\/(?:t|take|track)\//i.test(text) ? `https://${text}` : ''
  return URL.canParse(whole) ? new URL(whole) : undefined
}

function readAddress(address: URL, text: string, here: Here): ReadCode {
  const [first = '', second = '', ...rest] = address.pathname.split('/').slice(1)
  if (/^(?:00|01)$/.test(first) && /^\d{8,18}$/.test(second)) return { what: 'gs1', text }
  const room = first.toLowerCase()
  if (rest.length > 0 || !/^(?:t|take|track)$/.test(room)) return { what: 'unknown', text }
  const reference = parseReference(safeDecode(second))
  if (!reference.ok) return { what: 'wrong-reference', text: shown(safeDecode(second)) }
  const fragment = new URLSearchParams(address.hash.slice(1))
  if (room === 'take') return readClaim(reference.value, fragment, text)
  const fingerprint = fragment.get('k')?.toUpperCase()
  const isOurs = fingerprint === undefined ? address.host === here.host : fingerprint === here.fingerprint
  return isOurs
    ? { what: 'consignment', reference: reference.value }
    : { what: 'other-log', reference: reference.value, host: address.host }
}

function readClaim(reference: string, fragment: URLSearchParams, text: string): ReadCode {
  const release = fragment.get('r') ?? ''
  const seed = fragment.get('s') ?? ''
  if (!hexDecode(release, 32) || !hexDecode(seed, 32)) return { what: 'unknown', text }
  return { what: 'claim', reference, release, seed }
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** As much of a text as fits a screen, without what would turn its direction or hide in it. */
function shown(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN)}…` : plain
}
