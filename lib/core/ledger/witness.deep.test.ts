import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { hexDecode, utf8Encode } from '../bytes.ts'
import { formatCheckpointText, signCheckpoint } from './checkpoint.ts'
import { cosign, readCosignature } from './cosign.ts'
import { signEd25519, type VerifySignature } from './ed25519.ts'
import { verifyGrowth } from './growth.ts'
import { EMPTY_ROOT, leafHash, proveConsistency, rootOf, verifyConsistency } from './merkle.ts'
import { noteSignatureLine } from './note.ts'
import type { TlogVectors } from './vectors/shape.ts'
import { noteKey, parseVkey, TYPE_COSIGNATURE, TYPE_ED25519 } from './vkey.ts'
import { decideWitness, type KnownLog, NO_HEAD, type WitnessHead } from './witness-decision.ts'
import { formatWitnessRequest, parseWitnessRequest } from './witness-request.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verify: VerifySignature = ({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
}

type Step = { name: string; request: string; response?: string; status: number; witness_size_after: number }
const vectors = JSON.parse(
  readFileSync(new URL('./vectors/tlog-vectors.json', import.meta.url), 'utf8'),
) as TlogVectors & { witness: { clock: number; steps: Step[] } }
const { log, witness1 } = vectors.keys
const seedOf = (hex: string) => hexDecode(hex, 32) as Uint8Array
const logKey = noteKey({ name: log.name, type: TYPE_ED25519, publicKey: seedOf(log.public_hex) })
const witnessSeed = seedOf(witness1.seed_hex)

const leaves = Array.from({ length: 40 }, (_, i) => leafHash(utf8Encode(`entry ${i}`)))

test('a witness answers the published script as it says, step by step, and remembers what it says', async () => {
  let head: WitnessHead = NO_HEAD
  const logOf = (origin: string): KnownLog | undefined => (origin === log.name ? { keys: [logKey], head } : undefined)
  expect(vectors.witness.steps).toHaveLength(14)
  for (const step of vectors.witness.steps) {
    const decided = await decideWitness({ body: utf8Encode(step.request), logOf, verify })
    expect([step.name, decided.status]).toEqual([step.name, step.status])
    if (decided.status === 409) expect(`${decided.size}\n`).toBe(step.response)
    if (decided.status === 200) {
      head = decided.head
      const time = BigInt(vectors.witness.clock)
      const line = noteSignatureLine(cosign({ name: witness1.name, seed: witnessSeed, time, text: decided.text }))
      expect(line).toBe(step.response)
    }
    expect(head.size).toBe(BigInt(step.witness_size_after))
  }
})

const seed = seedOf(log.seed_hex)
const signed = (size: number, from = leaves) =>
  signCheckpoint({
    checkpoint: { origin: log.name, size: BigInt(size), rootHash: rootOf(from.slice(0, size)) },
    seed,
    name: log.name,
  })
const request = (args: { old: number; size: number; from?: Uint8Array[]; proof?: Uint8Array[] }) => {
  const { old, size, from = leaves } = args
  const proof = args.proof ?? (old === 0 ? [] : proveConsistency({ leafHashes: from.slice(0, size), oldSize: old }))
  return formatWitnessRequest({ oldSize: BigInt(old), proof, checkpoint: signed(size, from) })
}
const at = (size: number) => ({ size: BigInt(size), rootHash: rootOf(leaves.slice(0, size)) })
const decide = async (body: Uint8Array, head: WitnessHead = NO_HEAD) =>
  (await decideWitness({ body, logOf: name => (name === log.name ? { keys: [logKey], head } : undefined), verify }))
    .status

test('what is wrong in two ways is answered by the first in the protocol’s order', async () => {
  const other = leaves.map((_, i) => leafHash(utf8Encode(`other ${i}`)))
  // Old is above the size, and not the size cosigned last.
  expect(await decide(formatWitnessRequest({ oldSize: 9n, proof: [], checkpoint: signed(8) }), at(5))).toBe(400)
  // Wrongly signed, and old is not the size cosigned last.
  const tampered = utf8Encode(new TextDecoder().decode(request({ old: 0, size: 8 })).replace('\n8\n', '\n7\n'))
  expect(await decide(tampered, at(5))).toBe(403)
  // Another history, and old is not the size cosigned last.
  expect(await decide(request({ old: 4, size: 8, from: other }), at(5))).toBe(409)
  expect(await decide(request({ old: 5, size: 8, from: other }), at(5))).toBe(422)
  expect(await decide(request({ old: 5, size: 5, from: other }), at(5))).toBe(422)
  expect(await decide(request({ old: 5, size: 5 }), at(5))).toBe(200)
  expect(await decide(request({ old: 5, size: 5, proof: [EMPTY_ROOT] }), at(5))).toBe(422)
  expect(await decide(request({ old: 0, size: 5, proof: [EMPTY_ROOT] }))).toBe(422)
  expect(await decide(request({ old: 0, size: 0 }))).toBe(200)
  expect(await decide(request({ old: 0, size: 5 }))).toBe(200)
})

test('an empty tree with another root, a trailing hash and extension lines are refused', async () => {
  const sized = (size: bigint, rootHash: Uint8Array) =>
    signCheckpoint({ checkpoint: { origin: log.name, size, rootHash }, seed, name: log.name })
  const none = formatWitnessRequest({ oldSize: 0n, proof: [], checkpoint: sized(0n, leaves[0] as Uint8Array) })
  expect(await decide(none)).toBe(422)
  const proof = [...proveConsistency({ leafHashes: leaves.slice(0, 8), oldSize: 5 }), EMPTY_ROOT]
  expect(await decide(request({ old: 5, size: 8, proof }), at(5))).toBe(422)
  const text = `${formatCheckpointText({ origin: log.name, size: 5n, rootHash: rootOf(leaves.slice(0, 5)) })}more\n`
  const line = noteSignatureLine({
    name: log.name,
    keyId: logKey.keyId,
    signature: signEd25519({ seed, message: utf8Encode(text) }),
  })
  expect(await decide(utf8Encode(`old 0\n\n${text}\n${line}`))).toBe(400)
})

test('only lines by the log’s own keys are handed on', async () => {
  const forged = '— witness.example AAAAAAAAAAAAAAAAAAAAAAAA\n'
  const body = utf8Encode(`${new TextDecoder().decode(request({ old: 0, size: 5 }))}${forged}`)
  const decided = await decideWitness({ body, logOf: () => ({ keys: [logKey], head: NO_HEAD }), verify })
  expect(decided.status === 200 && decided.signatures.map(({ name }) => name)).toEqual([log.name])
})

test('each way of spoiling a request has its own code', () => {
  const hash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
  const cases: [string, string][] = [
    ['ok', `old 5\n${hash}\nnote\n`],
    ['ok', `old 5\n${hash.repeat(63)}\nnote\n`],
    ['witness-request-too-long', `old 5\n${hash.repeat(64)}\nnote\n`],
    ['witness-request-malformed', `old 5\n${hash}`],
    ['witness-request-malformed', 'old 5\n\n'],
    ['witness-request-malformed', ''],
    ...['old 05', 'old +5', 'old -5', 'old 5 ', 'old  5', 'Old 5', 'old 0x5', 'old 9223372036854775808', 'old', ''].map(
      line => ['witness-request-old-malformed', `${line}\n${hash}\nnote\n`] as [string, string],
    ),
    ['witness-request-hash-malformed', `old 5\n${hash.replace('=', '')}\nnote\n`],
    ['witness-request-hash-malformed', `old 5\n${hash.replace('AAA', 'AAB')}\r\n\nnote\n`],
  ]
  for (const [code, text] of cases) {
    const parsed = parseWitnessRequest(utf8Encode(text))
    expect([text, parsed.ok ? 'ok' : parsed.code]).toEqual([text, code])
  }
})

test('growth is judged as consistency is, for all sizes up to 40, and no bit of a proof may differ', () => {
  for (let newSize = 0; newSize <= 40; newSize++) {
    const newRoot = rootOf(leaves.slice(0, newSize))
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const oldRoot = rootOf(leaves.slice(0, oldSize))
      const proof = proveConsistency({ leafHashes: leaves.slice(0, newSize), oldSize })
      const claim = { oldSize: BigInt(oldSize), oldRoot, newSize: BigInt(newSize), newRoot, proof }
      expect(verifyGrowth(claim)).toBe(true)
      for (const wrong of [proof.slice(1), [...proof, newRoot]]) {
        if (wrong.length === proof.length) continue
        const isTrue = verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof: wrong })
        expect(verifyGrowth({ ...claim, proof: wrong })).toBe(isTrue)
      }
      if (oldSize > 0 && oldSize < newSize) expect(verifyGrowth({ ...claim, oldRoot: newRoot })).toBe(false)
    }
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(255),
      (newSize, part, bit) => {
        const oldSize = 1 + Math.floor(part * (newSize - 1))
        const proof = proveConsistency({ leafHashes: leaves.slice(0, newSize), oldSize })
        if (proof.length === 0) return
        const which = bit % proof.length
        const flipped = proof.map((hash, i) =>
          i === which ? hash.with(bit >> 3, (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7))) : hash,
        )
        const roots = { oldRoot: rootOf(leaves.slice(0, oldSize)), newRoot: rootOf(leaves.slice(0, newSize)) }
        expect(verifyGrowth({ oldSize: BigInt(oldSize), newSize: BigInt(newSize), ...roots, proof: flipped })).toBe(
          false,
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('a witness’s answer counts only with its own good line over this checkpoint', async () => {
  const parsed = parseVkey(witness1.cosig_vkey)
  const key = parsed.ok ? parsed.value : noteKey({ name: 'x', type: TYPE_COSIGNATURE, publicKey: new Uint8Array(32) })
  const text = formatCheckpointText({ origin: log.name, size: 5n, rootHash: EMPTY_ROOT })
  const lineAt = (time: bigint, over = text) =>
    noteSignatureLine(cosign({ name: witness1.name, seed: witnessSeed, time, text: over }))
  const read = async (lines: string) => {
    const result = await readCosignature({ lines, text, key, verify })
    return result.ok ? result.value : result.code
  }
  const good = lineAt(7n)
  const strange = '— somebody.else AAAAAAAAAAAAAAAAAAAAAAAA\n'
  expect(await read(good)).toEqual({ line: good, time: 7n })
  expect(await read(strange + good)).toEqual({ line: good, time: 7n })
  expect(await read(strange)).toBe('cosignature-missing')
  expect(await read(lineAt(0n))).toBe('cosignature-invalid')
  expect(await read(lineAt(7n, text.replace('5', '6')))).toBe('cosignature-invalid')
  expect(await read('')).toBe('note-unsigned')
  expect(await read('<html></html>')).toBe('note-signature-line-malformed')
  const short = noteSignatureLine({ name: witness1.name, keyId: key.keyId, signature: new Uint8Array(64) })
  expect(await read(short)).toBe('cosignature-malformed')
})
