import { hexDecode, hexEncode, utf8Encode } from '../core/bytes.ts'
import { claimMessage } from '../core/custody/claims.ts'
import { freshSeed, paperSigner } from './key.ts'
import { openStore } from './store.ts'

/** A fresh one-time key of an open release, lower-case hex. `seed` goes into the code that the giver shows and nowhere else. */
export async function makeClaim(): Promise<{ seed: string; publicKey: string }> {
  const seed = freshSeed()
  const { publicKey } = await paperSigner(seed)
  return { seed: hexEncode(seed), publicKey: hexEncode(publicKey) }
}

/** Keeps the seed on the giver's device, so that the code can be shown again. `release`: its event hash. False where nothing can be kept. */
export async function keepClaim({ release, seed }: { release: string; seed: string }): Promise<boolean> {
  const store = await openStore()
  const kept = await store?.put('claims', seed, release).catch(() => undefined)
  return kept !== undefined
}

/** The seed of an open release that this device signed; undefined on any other. */
export async function claimOf(release: string): Promise<string | undefined> {
  return (await openStore())?.get('claims', release)
}

/**
 * The one-time key's signature for its taker, lower-case hex (PROTOCOL §4). `seed` as scanned; `party` and `key`: who takes, with which key.
 * Undefined for a seed that is none.
 */
export async function signClaim(args: {
  seed: string
  release: string
  party: string
  key: string
}): Promise<string | undefined> {
  const { seed, release, party, key } = args
  const bytes = hexDecode(seed, 32)
  if (!bytes) return undefined
  const { sign } = await paperSigner(bytes)
  return hexEncode(await sign(utf8Encode(claimMessage({ release, party, key }))))
}
