import { expect, test } from '@playwright/test'
import { utf8Encode } from '../bytes.ts'
import { leafHash, proveConsistency, proveInclusion, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts'
import { proveMulti, verifyMulti } from './multi-proof.ts'

const LEAVES = Array.from({ length: 33 }, (_, i) => leafHash(utf8Encode(`leaf ${i}`)))
const SIZES = LEAVES.map((_, i) => i + 1)

/** Every hash that differs from `hash` in one bit, 256 of them, in one buffer that is turned back after each. */
function* turnings(hash: Uint8Array): Generator<Uint8Array> {
  const bytes = hash.slice()
  for (let bit = 0; bit < 256; bit++) {
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
    yield bytes
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
  }
}

test('no bit of an inclusion proof, its leaf or its root can be turned, in logs of every size up to 33', () => {
  let [turned, believed] = [0, 0]
  for (const treeSize of SIZES) {
    const leafHashes = LEAVES.slice(0, treeSize)
    const rootHash = rootOf(leafHashes)
    for (let leafIndex = 0; leafIndex < treeSize; leafIndex++) {
      const hashes = [LEAVES[leafIndex] as Uint8Array, rootHash, ...proveInclusion({ leafHashes, leafIndex })]
      for (const [i, original] of hashes.entries()) {
        for (const hash of turnings(original)) {
          const [leaf, root, ...proof] = hashes.with(i, hash) as [Uint8Array, Uint8Array, ...Uint8Array[]]
          if (verifyInclusion({ leafHash: leaf, leafIndex, treeSize, rootHash: root, proof })) believed++
          turned++
        }
      }
    }
  }
  expect(believed).toBe(0)
  expect(turned).toBeGreaterThan(500_000)
})

test('no bit of a consistency proof or its roots can be turned, between all sizes up to 33', () => {
  let [turned, believed] = [0, 0]
  for (const newSize of SIZES) {
    const leafHashes = LEAVES.slice(0, newSize)
    for (let oldSize = 1; oldSize <= newSize; oldSize++) {
      const roots = [rootOf(leafHashes.slice(0, oldSize)), rootOf(leafHashes)]
      const hashes = [...roots, ...proveConsistency({ leafHashes, oldSize })]
      for (const [i, original] of hashes.entries()) {
        for (const hash of turnings(original)) {
          const [oldRoot, newRoot, ...proof] = hashes.with(i, hash) as [Uint8Array, Uint8Array, ...Uint8Array[]]
          if (verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof })) believed++
          turned++
        }
      }
    }
  }
  expect(believed).toBe(0)
  expect(turned).toBeGreaterThan(500_000)
})

test('no bit of a multi-proof, its leaves or its root can be turned, in logs of every size up to 33', () => {
  let turned = 0
  const codes = new Set<string>()
  for (const treeSize of SIZES) {
    const leafHashes = LEAVES.slice(0, treeSize)
    const rootHash = rootOf(leafHashes)
    for (const step of [2, 3, 5, 33]) {
      const leafIndices = leafHashes.map((_, i) => i).filter(i => i % step === treeSize % step || i === treeSize - 1)
      const proof = proveMulti({ leafHashes, leafIndices })
      const hashes = [rootHash, ...proof, ...leafIndices.map(i => LEAVES[i] as Uint8Array)]
      for (const [i, original] of hashes.entries()) {
        for (const hash of turnings(original)) {
          const [root, ...others] = hashes.with(i, hash) as [Uint8Array, ...Uint8Array[]]
          const leaves = leafIndices.map((leafIndex, j) => ({
            leafIndex,
            leafHash: others[proof.length + j] as Uint8Array,
          }))
          const result = verifyMulti({ leaves, treeSize, rootHash: root, proof: others.slice(0, proof.length) })
          codes.add(result.ok ? 'believed' : result.code)
          turned++
        }
      }
    }
  }
  expect([...codes]).toEqual(['root-mismatch'])
  expect(turned).toBeGreaterThan(300_000)
})
