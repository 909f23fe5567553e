import { expect, test } from '@playwright/test'
import { hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { appendToEdge, type Edge, rootOfEdge } from './edge.ts'
import { growEdge, hashesCompletedBy, subtreeHash, subtreeHashes } from './hash-tiles.ts'
import {
  consistencyRanges,
  EMPTY_ROOT,
  inclusionRanges,
  leafHash,
  leftSize,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import { multiProofRanges, proveMulti, verifyMulti } from './multi-proof.ts'

const LEAVES = Array.from({ length: 1100 }, (_, i) => leafHash(utf8Encode(`leaf ${i}`)))
const SIZES = Array.from({ length: 33 }, (_, i) => i + 1)
const hex = (hashes: readonly Uint8Array[]) => hashes.map(hexEncode)
const rest = new Uint8Array(32).fill(7)

/** One bit of `hash` turned, another one for each `at`. */
function flipped(hash: Uint8Array, at: number): Uint8Array {
  const bytes = hash.slice()
  bytes[at % 32] = (bytes[at % 32] as number) ^ (1 << (at % 8))
  return bytes
}

/** The wrong proofs that differ from `proof` in number or order of hashes. */
function reshaped(proof: readonly Uint8Array[]): Uint8Array[][] {
  const wrong = [
    [...proof, rest],
    [rest, ...proof],
    [...proof, EMPTY_ROOT],
  ]
  proof.forEach((hash, i) => {
    wrong.push(proof.toSpliced(i, 1), proof.toSpliced(i, 0, hash), proof.with(i, hash.slice(0, 31)))
    const next = proof[i + 1]
    if (next) wrong.push(proof.with(i, next).with(i + 1, hash))
  })
  return wrong
}

test('the right edge states the same root as all leaves, at every size', () => {
  let edge: Edge = []
  for (let size = 0; size < 70; size++) {
    expect(hexEncode(rootOfEdge({ edge, size }))).toBe(hexEncode(rootOf(LEAVES.slice(0, size))))
    edge = appendToEdge({ edge, size, leafHash: LEAVES[size] as Uint8Array })
  }
  expect(() => rootOfEdge({ edge, size: 71 })).toThrow()
})

test('an inclusion proof holds for its leaf alone, in logs of every size up to 33', () => {
  const wrongly: string[] = []
  for (const treeSize of SIZES) {
    const leafHashes = LEAVES.slice(0, treeSize)
    const rootHash = rootOf(leafHashes)
    for (let leafIndex = 0; leafIndex < treeSize; leafIndex++) {
      const proof = proveInclusion({ leafHashes, leafIndex })
      const good = { leafHash: LEAVES[leafIndex] as Uint8Array, leafIndex, treeSize, rootHash, proof }
      if (!verifyInclusion(good)) wrongly.push(`refused: ${leafIndex} in ${treeSize}`)
      const bad = [
        { ...good, leafHash: LEAVES[treeSize] as Uint8Array },
        { ...good, leafHash: flipped(good.leafHash, leafIndex) },
        { ...good, rootHash: flipped(rootHash, leafIndex) },
        ...[leafIndex - 1, leafIndex + 1, treeSize, leafIndex + 0.5, Number.NaN].map(other => ({
          ...good,
          leafIndex: other,
        })),
        { ...good, treeSize: leafIndex },
        ...proof.map((hash, i) => ({ ...good, proof: proof.with(i, flipped(hash, leafIndex + i)) })),
        ...reshaped(proof).map(wrong => ({ ...good, proof: wrong })),
      ]
      if (bad.some(verifyInclusion)) wrongly.push(`believed: ${leafIndex} in ${treeSize}`)
    }
  }
  expect(wrongly).toEqual([])
})

test('a consistency proof holds for its two trees alone, between all sizes up to 33', () => {
  const wrongly: string[] = []
  for (const newSize of SIZES) {
    const leafHashes = LEAVES.slice(0, newSize)
    const newRoot = rootOf(leafHashes)
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const oldRoot = rootOf(leafHashes.slice(0, oldSize))
      const proof = proveConsistency({ leafHashes, oldSize })
      const good = { oldSize, oldRoot, newSize, newRoot, proof }
      if (!verifyConsistency(good)) wrongly.push(`refused: ${oldSize} to ${newSize}`)
      const bad = [
        { ...good, oldRoot: flipped(oldRoot, newSize) },
        // Nothing links an empty tree to a larger one: any root extends it.
        ...(oldSize === 0 ? [] : [{ ...good, newRoot: flipped(newRoot, oldSize) }]),
        ...(oldSize < newSize ? [{ ...good, oldSize: newSize, newSize: oldSize }] : []),
        { ...good, oldSize: newSize + 1 },
        { ...good, oldSize: oldSize - 0.5 },
        ...proof.map((hash, i) => ({ ...good, proof: proof.with(i, flipped(hash, oldSize + i)) })),
        ...reshaped(proof).map(wrong => ({ ...good, proof: wrong })),
      ]
      if (bad.some(verifyConsistency)) wrongly.push(`believed: ${oldSize} to ${newSize}`)
    }
  }
  expect(wrongly).toEqual([])
})

test('a rewritten leaf of the old tree is seen by whoever kept the old root', () => {
  let believed = 0
  for (const newSize of SIZES) {
    const rewritten = LEAVES.slice(0, newSize).with(0, rest)
    for (let oldSize = 1; oldSize <= newSize; oldSize++) {
      const oldRoot = rootOf(LEAVES.slice(0, oldSize))
      const proof = proveConsistency({ leafHashes: rewritten, oldSize })
      if (verifyConsistency({ oldSize, oldRoot, newSize, newRoot: rootOf(rewritten), proof })) believed++
    }
  }
  expect(believed).toBe(0)
})

test('a multi-proof has one shape: others are malformed, and wrong ones do not lead to the root', () => {
  type Args = Parameters<typeof verifyMulti>[0]
  const wrongly: string[] = []
  const expectCode = (code: string, args: Args) => {
    const result = verifyMulti(args)
    const got = result.ok ? 'believed' : result.code
    if (got !== code)
      wrongly.push(`${got}, not ${code}: ${args.leaves.map(leaf => leaf.leafIndex)} in ${args.treeSize}`)
  }
  for (const treeSize of SIZES) {
    const leafHashes = LEAVES.slice(0, treeSize)
    const rootHash = rootOf(leafHashes)
    for (const leafIndices of chosen(treeSize)) {
      const proof = proveMulti({ leafHashes, leafIndices })
      const leaves = leafIndices.map(leafIndex => ({ leafIndex, leafHash: LEAVES[leafIndex] as Uint8Array }))
      const good = { leaves, treeSize, rootHash, proof }
      expectCode('believed', good)
      for (const wrong of [
        [...proof, rest],
        [rest, ...proof],
      ])
        expectCode('malformed-proof', { ...good, proof: wrong })
      for (const [i, hash] of proof.entries()) {
        expectCode('malformed-proof', { ...good, proof: proof.toSpliced(i, 1) })
        expectCode('malformed-proof', { ...good, proof: proof.with(i, hash.slice(1)) })
        expectCode('root-mismatch', { ...good, proof: proof.with(i, flipped(hash, i)) })
      }
      const beyond = { leafIndex: treeSize, leafHash: rest }
      const unprovable = [[], [...leaves, ...leaves], [...leaves, beyond], leaves.length > 1 ? leaves.toReversed() : []]
      for (const wrong of unprovable) expectCode('malformed-proof', { ...good, leaves: wrong })
      expectCode('malformed-proof', { ...good, treeSize: -1 })
      expectCode('malformed-proof', { ...good, treeSize: Number.NaN })
      expectCode('root-mismatch', { ...good, rootHash: flipped(rootHash, treeSize) })
      for (const [i, leaf] of leaves.entries()) {
        const turned = { ...leaf, leafHash: flipped(leaf.leafHash, i) }
        expectCode('root-mismatch', { ...good, leaves: leaves.with(i, turned) })
        expectCode('malformed-proof', { ...good, leaves: leaves.with(i, { ...leaf, leafHash: rest.slice(1) }) })
        // A leaf moved to another place asks for other hashes, or leads to another root.
        const moved = verifyMulti({ ...good, leaves: leaves.with(i, { ...leaf, leafIndex: leaf.leafIndex + 1 }) })
        if (moved.ok) wrongly.push(`believed: ${leaf.leafIndex} moved in ${treeSize}`)
      }
    }
  }
  expect(wrongly).toEqual([])
})

/** All leaves, the ends, every third, some alone, and a few more. */
function chosen(treeSize: number): number[][] {
  const all = Array.from({ length: treeSize }, (_, i) => i)
  const mixed = all.filter(i => (sha256(utf8Encode(`${treeSize} ${i}`))[0] as number) < 90)
  const sets = [
    all,
    [...new Set([0, treeSize - 1])],
    all.filter(i => i % 3 === 2),
    mixed,
    ...all.filter(i => i % 4 === 1).map(i => [i]),
  ]
  return sets.filter(set => set.length > 0)
}

test('a proof of 1,000 leaves in a log of ten million holds', () => {
  // All leaves alike: a subtree's hash then depends on its width alone, so that ten million need not be hashed.
  const byWidth = new Map<number, Uint8Array>([[1, leafHash(utf8Encode('same'))]])
  const hashOf = (width: number): Uint8Array => {
    const known = byWidth.get(width)
    if (known) return known
    const hash = nodeHash(hashOf(leftSize(width)), hashOf(width - leftSize(width)))
    byWidth.set(width, hash)
    return hash
  }
  const treeSize = 10_000_000
  const leafIndices = Array.from({ length: 1000 }, (_, i) => i * 9_973 + (i % 7))
  const proof = multiProofRanges({ leafIndices, treeSize }).map(({ start, end }) => hashOf(end - start))
  const leaves = leafIndices.map(leafIndex => ({ leafIndex, leafHash: hashOf(1) }))
  expect(verifyMulti({ leaves, treeSize, rootHash: hashOf(treeSize), proof })).toEqual({ ok: true, value: true })
  expect(verifyMulti({ leaves, treeSize, rootHash: hashOf(treeSize), proof: proof.slice(1) })).toMatchObject({
    code: 'malformed-proof',
  })
})

test('proofs from tiles are the proofs from all leaves, and read each tile once', async () => {
  const grown = growEdge({ edge: [], size: 0, leafHashes: LEAVES })
  expect(grown.nodes.map(({ level, index }) => ({ level, index }))).toEqual(
    hashesCompletedBy({ oldSize: 0, newSize: LEAVES.length }),
  )
  const rows = [LEAVES, grown.nodes.map(node => node.hash)]
  for (const treeSize of [1, 2, 255, 256, 257, 511, 512, 513, 1000, 1100]) {
    const leafHashes = LEAVES.slice(0, treeSize)
    const reads: string[] = []
    const readTile = async ({ level, index, width }: { level: number; index: number; width: number }) => {
      reads.push(`${level}/${index}`)
      return (rows[level] ?? []).slice(256 * index, 256 * index + width)
    }
    const leafIndices = [...new Set([0, treeSize >> 1, treeSize - 1])]
    const many = await subtreeHashes({ ranges: multiProofRanges({ leafIndices, treeSize }), treeSize, readTile })
    expect(hex(many)).toEqual(hex(proveMulti({ leafHashes, leafIndices })))
    expect(new Set(reads).size).toBe(reads.length)
    for (const leafIndex of leafIndices) {
      const one = await subtreeHashes({ ranges: inclusionRanges({ leafIndex, treeSize }), treeSize, readTile })
      expect(hex(one)).toEqual(hex(proveInclusion({ leafHashes, leafIndex })))
      const ranges = consistencyRanges({ oldSize: leafIndex, newSize: treeSize })
      const grew = await subtreeHashes({ ranges, treeSize, readTile })
      expect(hex(grew)).toEqual(hex(proveConsistency({ leafHashes, oldSize: leafIndex })))
    }
    expect(hexEncode(await subtreeHash({ start: 0, end: treeSize, readTile }))).toBe(hexEncode(rootOf(leafHashes)))
  }
})

test('asking for what is no subtree, or for a tile that has lost hashes, throws instead of making up a proof', async () => {
  const readTile = async () => LEAVES.slice(0, 3)
  await expect(subtreeHash({ start: 0, end: 8, readTile })).rejects.toThrow('tile 0/0 has 3 hashes, not 8')
  await expect(subtreeHash({ start: 1, end: 3, readTile })).rejects.toThrow('no subtree')
  await expect(subtreeHash({ start: 2, end: 2, readTile })).rejects.toThrow('no subtree')
  expect(() => inclusionRanges({ leafIndex: 3, treeSize: 3 })).toThrow(RangeError)
  expect(() => consistencyRanges({ oldSize: 4, newSize: 3 })).toThrow(RangeError)
  expect(() => multiProofRanges({ leafIndices: [1, 1], treeSize: 3 })).toThrow(RangeError)
})
