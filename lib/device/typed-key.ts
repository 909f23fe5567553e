import type { Trusted } from '../core/evidence/log-checks.ts'
import { parseFingerprint, parseVkey } from '../core/ledger/vkey.ts'

/** A key as typed: a fingerprint of 26 characters in any case, with blanks, hyphens, O for 0, I and L for 1; or a whole vkey. */
export function parseTypedKey(typed: string): Trusted | undefined {
  const text = typed.trim()
  if (text === '') return {}
  if (parseVkey(text).ok) return { vkey: text }
  const fingerprint = text.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return parseFingerprint(fingerprint).ok ? { fingerprint } : undefined
}
