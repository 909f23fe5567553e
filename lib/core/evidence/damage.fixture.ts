import { hexEncode } from '../bytes.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'

/** Remembers verdicts: a loop over thousands of damaged files asks for the same few signatures again and again. */
export function remembering(verify: VerifySignature): VerifySignature {
  const verdicts = new Map<string, boolean | Promise<boolean>>()
  return args => {
    const id = `${hexEncode(args.publicKey)} ${hexEncode(args.signature)} ${hexEncode(args.message)}`
    const known = verdicts.get(id)
    if (known !== undefined) return known
    const verdict = verify(args)
    verdicts.set(id, verdict)
    return verdict
  }
}

/** Numbers from 0 to 2^32 − 1 that follow from a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
