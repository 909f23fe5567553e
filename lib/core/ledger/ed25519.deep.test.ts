import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { expect, test } from '@playwright/test'
import { concat, hexEncode, sha256, uintBytes, utf8Encode } from '../bytes.ts'
import { publicKeyOf, signEd25519, verifyEd25519Fallback } from './ed25519.ts'
import { isSoundPublicKey } from './sound-key.ts'

const { Point } = ed25519
const { n: ORDER, p: PRIME } = Point.CURVE()
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

type Signed = { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }

function native({ publicKey, message, signature }: Signed): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
}

const little = (value: bigint) => uintBytes(value, 32).reverse()
const big = (bytes: Uint8Array) => BigInt(`0x${hexEncode(bytes.slice().reverse())}`)
const scalar = (label: string) => (big(sha256(utf8Encode(label))) % (ORDER - 1n)) + 1n

/** The eight points of small order, and every other 32 bytes that a lenient decoder reads as one of them. */
function smallOrderEncodings(): Uint8Array[] {
  const encodings = new Map<string, Uint8Array>()
  for (const y of smallOrderPoints().map(point => point.y)) {
    for (const spelling of [y, y + PRIME]) {
      for (const sign of [0n, 1n << 255n]) {
        if (spelling < 1n << 255n) encodings.set(`${spelling} ${sign}`, little(spelling | sign))
      }
    }
  }
  return [...encodings.values()]
}

function smallOrderPoints() {
  // Any point times the prime order is of small order; one of order 8 gives them all.
  for (let i = 0; ; i++) {
    const y = sha256(utf8Encode(`point ${i}`))
    try {
      const point = Point.fromBytes(y, true)
      const small = point.multiplyUnsafe(ORDER - 1n).add(point)
      if (!small.double().double().is0()) {
        const all = [Point.ZERO]
        for (let j = 1; j < 8; j++) all.push((all[j - 1] as typeof small).add(small))
        return all
      }
    } catch {
      // About half of all y are on no point.
    }
  }
}

/** A signature by the scalar a and a key A that may have a small-order part, with R + `twist`: what only a malicious signer makes. */
function craft(args: { a: bigint; publicKey: Uint8Array; r: bigint; rBytes: Uint8Array; message: Uint8Array }): Signed {
  const k = big(sha512(concat(args.rBytes, args.publicKey, args.message))) % ORDER
  const signature = concat(args.rBytes, little((args.r + k * args.a) % ORDER))
  return { publicKey: args.publicKey, message: args.message, signature }
}

function corpus(): { name: string; signed: Signed }[] {
  const cases: { name: string; signed: Signed }[] = []
  const small = smallOrderPoints()
  const encodings = smallOrderEncodings()
  const message = utf8Encode('released: 40 of 40')
  for (let i = 0; i < 4; i++) {
    const seed = sha256(utf8Encode(`seed ${i}`))
    const good = { publicKey: publicKeyOf(seed), message, signature: signEd25519({ seed, message }) }
    cases.push({ name: 'honest', signed: good })
    const s = big(good.signature.slice(32))
    for (const [name, wrong] of [
      ['S + L', s + ORDER],
      ['S + 2L', s + 2n * ORDER],
      ['S = 0', 0n],
      ['S = L', ORDER],
      ['S of all ones', (1n << 256n) - 1n],
      ['S with the top bit', s | (1n << 255n)],
    ] as const) {
      cases.push({ name, signed: { ...good, signature: concat(good.signature.slice(0, 32), little(wrong)) } })
    }
    for (const part of ['publicKey', 'message', 'signature'] as const) {
      for (let j = 0; j < 4; j++) {
        const bytes = good[part].slice()
        const at = (sha256(utf8Encode(`${part} ${i} ${j}`))[0] as number) % bytes.length
        bytes[at] = (bytes[at] as number) ^ (1 << j)
        cases.push({ name: `bit of ${part} ${at}`, signed: { ...good, [part]: bytes } })
      }
    }
    // The key has a small-order part, or R has, or both: the equations with and without cofactor disagree.
    const [a, r] = [scalar(`a ${i}`), scalar(`r ${i}`)]
    for (const [j, torsion] of small.entries()) {
      const mixed = Point.BASE.multiply(a).add(torsion).toBytes()
      const plain = Point.BASE.multiply(a).toBytes()
      const rPlain = Point.BASE.multiply(r).toBytes()
      const rMixed = Point.BASE.multiply(r).add(torsion).toBytes()
      for (const [name, publicKey, rBytes] of [
        ['mixed-order key', mixed, rPlain],
        ['mixed-order R', plain, rMixed],
        ['mixed-order key and R', mixed, rMixed],
      ] as const) {
        for (const text of ['a', 'b']) {
          cases.push({ name: `${name} ${j}`, signed: craft({ a, publicKey, r, rBytes, message: utf8Encode(text) }) })
        }
      }
    }
  }
  // Keys and R of small order in every spelling, S = 0 and S = 1.
  for (const publicKey of encodings) {
    for (const rBytes of encodings) {
      cases.push({ name: 'small order', signed: { publicKey, message, signature: concat(rBytes, little(0n)) } })
    }
    const rBytes = Point.BASE.toBytes()
    cases.push({ name: 'small-order key', signed: { publicKey, message, signature: concat(rBytes, little(1n)) } })
  }
  // y at and above the prime that is on the curve: a second spelling of a point.
  for (let offset = 0n; offset < 19n; offset++) {
    for (const sign of [0n, 1n << 255n]) {
      const publicKey = little((PRIME + offset) | sign)
      const [rBytes, r] = [Point.BASE.multiply(7n).toBytes(), 7n]
      cases.push({ name: `y = p + ${offset}`, signed: craft({ a: 0n, publicKey, r, rBytes, message }) })
      const signature = concat(publicKey, little(0n))
      cases.push({ name: `R with y = p + ${offset}`, signed: { publicKey: little(1n), message, signature } })
    }
  }
  return cases
}

test('native code and the fallback give one verdict on every malformed signature', () => {
  const cases = corpus()
  const disagreed: string[] = []
  let accepted = 0
  for (const { name, signed } of cases) {
    const verdict = native(signed)
    if (verdict) accepted++
    if (verifyEd25519Fallback(signed) !== verdict) disagreed.push(name)
  }
  expect(disagreed).toEqual([])
  expect(cases.length).toBeGreaterThan(500)
  // Both verdicts occur well beyond the honest four, or agreement would say little.
  expect(accepted).toBeGreaterThan(60)
  expect(cases.length - accepted).toBeGreaterThan(300)
})

test('a key or signature of another length is refused, not thrown at', () => {
  const seed = sha256(utf8Encode('seed'))
  const message = utf8Encode('m')
  const [publicKey, signature] = [publicKeyOf(seed), signEd25519({ seed, message })]
  expect(verifyEd25519Fallback({ publicKey, message, signature })).toBe(true)
  expect(verifyEd25519Fallback({ publicKey: publicKey.slice(1), message, signature })).toBe(false)
  expect(verifyEd25519Fallback({ publicKey, message, signature: signature.slice(1) })).toBe(false)
  expect(verifyEd25519Fallback({ publicKey, message, signature: concat(signature, Uint8Array.of(0)) })).toBe(false)
})

test('only canonical keys in the prime-order subgroup may be enrolled', () => {
  for (let i = 0; i < 4; i++) expect(isSoundPublicKey(publicKeyOf(sha256(utf8Encode(`seed ${i}`))))).toBe(true)
  for (const encoding of smallOrderEncodings()) expect(isSoundPublicKey(encoding)).toBe(false)
  const [first, ...others] = smallOrderPoints()
  const honest = Point.BASE.multiply(5n)
  expect(isSoundPublicKey(honest.add(first as typeof honest).toBytes())).toBe(true)
  for (const torsion of others) expect(isSoundPublicKey(honest.add(torsion).toBytes())).toBe(false)
  for (let offset = 0n; offset < 19n; offset++) expect(isSoundPublicKey(little(PRIME + offset))).toBe(false)
  expect(isSoundPublicKey(new Uint8Array(31))).toBe(false)
  expect(isSoundPublicKey(new Uint8Array(33))).toBe(false)
  expect(isSoundPublicKey(little(2n))).toBe(false)
})

test('own arithmetic and the library say the same of which keys are sound', () => {
  const byLibrary = (key: Uint8Array) => {
    try {
      const point = Point.fromBytes(key, false)
      return !point.isSmallOrder() && point.isTorsionFree()
    } catch {
      return false
    }
  }
  const edges = [0n, 1n, 2n, PRIME - 1n, PRIME, PRIME + 1n, (1n << 255n) - 1n, (PRIME - 1n) / 2n]
  const corpus = edges.flatMap(y => [little(y), little(y | (1n << 255n))])
  const small = smallOrderPoints()
  for (let i = 0; i < 40; i++) {
    const any = sha256(utf8Encode(`any ${i}`))
    const honest = Point.BASE.multiply(scalar(`honest ${i}`))
    corpus.push(any, honest.toBytes(), honest.negate().toBytes(), honest.add(small[i % 8] as typeof honest).toBytes())
  }
  const differing = corpus.filter(key => isSoundPublicKey(key) !== byLibrary(key))
  expect(differing.map(hexEncode)).toEqual([])
  expect(corpus.filter(isSoundPublicKey).length).toBeGreaterThan(80)
})
