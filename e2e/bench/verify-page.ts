import { verifyEvidence } from '../../lib/core/evidence/verify.ts'
import type { VerifySignature } from '../../lib/core/ledger/ed25519.ts'
import { signatureVerifier } from '../../lib/device/ed25519.ts'

type Signed = Parameters<VerifySignature>[0]

/** Milliseconds of each round, the verifier and its peer in turn; `cold` is the page's very first, which is all that a visitor sees. */
export type Rounds = {
  readonly cold: number
  readonly verifier: readonly number[]
  readonly native: readonly number[]
  readonly signatures: number
  /** The page's sentence for the file, so that nobody measures a file that fails early. */
  readonly verdict: string
}

/** Runs in the page: one evidence file through the one verifier, and the very signatures that it checks through WebCrypto, one after the other. */
async function measure({ file, rounds }: { file: string; rounds: number }): Promise<Rounds> {
  const bytes = new TextEncoder().encode(file)
  const { vkey } = JSON.parse(file) as { vkey: string }
  const verify = await signatureVerifier()
  const signed: Signed[] = []
  const watched: VerifySignature = each => {
    signed.push(each)
    return verify(each)
  }
  const start = performance.now()
  const { verdict, checks } = await verifyEvidence({ bytes, trusted: { vkey }, verify: watched })
  const cold = performance.now() - start
  const failed = checks.filter(check => check.outcome === 'fail').map(check => `${check.name}: ${check.code}`)
  const ready = await prepare(signed)
  const verifier: number[] = []
  const native: number[] = []
  for (let round = 0; round < rounds; round++) {
    // A verifier of its own each time, as in a page: it imports its keys anew.
    verifier.push(
      await time(async () => verifyEvidence({ bytes, trusted: { vkey }, verify: await signatureVerifier() })),
    )
    native.push(await time(() => verifyInTurn(ready)))
  }
  return { cold, verifier, native, signatures: signed.length, verdict: failed.length > 0 ? failed.join() : verdict }
}

type Ready = { readonly key: CryptoKey; readonly message: BufferSource; readonly signature: BufferSource }

/** All that the peer needs, so that nothing but verifying is left to it. */
async function prepare(signed: readonly Signed[]): Promise<Ready[]> {
  const keys = new Map<string, CryptoKey>()
  const ready: Ready[] = []
  for (const { publicKey, message, signature } of signed) {
    const name = publicKey.join()
    const key =
      keys.get(name) ?? (await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']))
    keys.set(name, key)
    ready.push({ key, message: new Uint8Array(message), signature: new Uint8Array(signature) })
  }
  return ready
}

async function verifyInTurn(ready: readonly Ready[]): Promise<void> {
  for (const { key, message, signature } of ready) {
    const isGood = await crypto.subtle.verify('Ed25519', key, signature, message)
    if (!isGood) throw new Error('a signature of the data set is wrong')
  }
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

Object.assign(globalThis, { measure })
