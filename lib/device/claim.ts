import { hexDecode, hexEncode, utf8Encode } from '../core/bytes.ts'
import { claimMessage } from '../core/custody/claims.ts'
import { freshSeed, paperSigner } from './key.ts'
import { openStore } from './store.ts'

/**
 * Makes the one-time key of an open release and keeps its seed on the giver's device, before anything names the key: a release whose seed is lost
 * can only be withdrawn. Answers the public key, 64 lower-case hex characters; undefined where nothing can be kept.
 */
export async function makeClaim(): Promise<string | undefined> {
  const seed = freshSeed()
  const claim = hexEncode((await paperSigner(seed)).publicKey)
  const store = await openStore()
  const kept = await store?.put('claims', hexEncode(seed), claim).catch(() => undefined)
  return kept === undefined ? undefined : claim
}

/** The seed of an open release's one-time key that was made on this device; undefined on any other. `claim`: its public key, as the release names it. */
export async function claimOf(claim: string): Promise<string | undefined> {
  return (await openStore())?.get('claims', claim)
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
