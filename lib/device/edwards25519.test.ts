import { ed25519 as noble } from '@noble/curves/ed25519.js'
import { expect, test } from '@playwright/test'
import { hexEncode, sha256, uintBytes, utf8Encode } from '../core/bytes.ts'
import { ed25519 } from './edwards25519.ts'

const PRIME = 2n ** 255n - 19n
const little = (value: bigint) => uintBytes(value, 32).reverse()
const seeded = (label: string) => sha256(utf8Encode(label))

/** Every spelling near the prime and near zero, both signs, and random bytes, of which half are on the curve. */
function encodings(): Uint8Array[] {
  const edges = [...Array(20).keys()].flatMap(i => [BigInt(i), PRIME - BigInt(i), PRIME + BigInt(i)])
  const fits = edges.filter(value => value < 1n << 255n)
  const random = [...Array(120).keys()].map(i => seeded(`encoding ${i}`))
  return [...fits.flatMap(value => [little(value), little(value | (1n << 255n))]), ...random, ...smallOrder()]
}

/** Points of small order: any point times the prime order. */
function smallOrder(): Uint8Array[] {
  const { n } = noble.Point.CURVE()
  return [...Array(24).keys()].flatMap(i => {
    const point = attempt(() => noble.Point.fromBytes(seeded(`small ${i}`), true))
    return point
      ? [
          point
            .multiplyUnsafe(n - 1n)
            .add(point)
            .toBytes(),
        ]
      : []
  })
}

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

test('the seal decodes exactly the keys that the library decodes, strictly and permissively', () => {
  for (const bytes of encodings()) {
    for (const permissive of [true, false]) {
      const theirs = attempt(() => noble.Point.fromBytes(bytes, permissive))
      const ours = attempt(() => ed25519.Point.fromBytes(bytes, permissive))
      expect(ours && hexEncode(ours.toBytes()), hexEncode(bytes)).toBe(theirs && hexEncode(theirs.toBytes()))
      expect(ours?.isSmallOrder()).toBe(theirs?.isSmallOrder())
      expect(ours?.isTorsionFree()).toBe(theirs?.isTorsionFree())
    }
  }
})

test('the seal computes [S]B − [k]A as the library does', () => {
  const { n } = noble.Point.CURVE()
  const scalar = (label: string) => BigInt(`0x${hexEncode(seeded(label))}`) % n
  for (let i = 0; i < 24; i++) {
    const [s, k] = i === 0 ? [0n, 1n] : i === 1 ? [n - 1n, 0n] : [scalar(`s ${i}`), scalar(`k ${i}`)]
    const key = noble.Point.BASE.multiply(scalar(`a ${i}`) + 1n).toBytes()
    const theirs = noble.Point.BASE.multiplyUnsafe(s).subtract(noble.Point.fromBytes(key).multiplyUnsafe(k))
    const ours = ed25519.Point.BASE.multiplyUnsafe(s).subtract(ed25519.Point.fromBytes(key).multiplyUnsafe(k))
    expect(hexEncode(ours.toBytes())).toBe(hexEncode(theirs.toBytes()))
  }
})
