import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type VerifySignature, verifyEd25519Fallback } from './ed25519.ts'
import { checkVectors } from './vectors/check.ts'
import type { TlogVectors } from './vectors/shape.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const native: VerifySignature = ({ publicKey, message, signature }) =>
  nodeVerify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  )

const vectors = JSON.parse(readFileSync(new URL('./vectors/tlog-vectors.json', import.meta.url), 'utf8')) as TlogVectors

for (const [name, verify] of Object.entries({ native, fallback: verifyEd25519Fallback })) {
  test(`what Go's own packages signed and proved is read and written alike, signatures checked by ${name} code`, async () => {
    const { passed, failed } = await checkVectors(vectors, verify)
    expect(failed).toEqual([])
    expect(passed).toBe(773)
  })
}
