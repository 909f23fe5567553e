import { hexDecode } from '../core/bytes.ts'

/** What the code of an open release carries: its event hash and the one-time seed, lower-case hex of 32 bytes each. */
export interface Taking {
  readonly release: string
  readonly seed: string
}

/** The fragment of the code's address, which no server sees. */
export function formatTaking({ release, seed }: Taking): string {
  return `#r=${release}&s=${seed}`
}

/** Reads the fragment of a scanned address; one spelling, undefined for any other. */
export function parseTaking(fragment: string): Taking | undefined {
  const match = /^#r=([0-9a-f]{64})&s=([0-9a-f]{64})$/.exec(fragment)
  const [, release = '', seed = ''] = match ?? []
  return hexDecode(release, 32) && hexDecode(seed, 32) ? { release, seed } : undefined
}

const name = (release: string) => `throughline/taking/${release}`

/** Keeps a scanned code in this tab, over signing in and choosing a party. Nothing is kept where the browser declines; the fragment is then all there is. */
export function keepTaking({ release, seed }: Taking): void {
  try {
    sessionStorage.setItem(name(release), seed)
  } catch {
    // Storage is denied.
  }
}

/** The seed scanned for this release: from the page's own fragment, else from this tab. */
export function takingOf(release: string): string | undefined {
  const scanned = parseTaking(location.hash)
  if (scanned?.release === release) return scanned.seed
  try {
    const seed = sessionStorage.getItem(name(release))
    return seed !== null && hexDecode(seed, 32) ? seed : undefined
  } catch {
    return undefined
  }
}
