import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { entryOf, keyBeside, rootByDefinition, TileStore } from './map.fixture.ts'
import { EMPTY_MAP_ROOT, type MapEntry, mapBit, mapLeafHash, mapNodeHash } from './map.ts'
import { type MapEnd, type MapProof, proveMap, verifyMapProof } from './map-proof.ts'

const keyTo = (deepest: number) =>
  fc
    .record({ name: fc.nat(5), depths: fc.array(fc.nat(deepest), { maxLength: 2 }) })
    .map(({ name, depths }) => depths.reduce(keyBeside, sha256(utf8Encode(`${name}`))))
const keys = (deepest = 255) => fc.uniqueArray(keyTo(deepest), { selector: hexEncode, minLength: 1, maxLength: 8 })
const inMap = (deepest = 255) =>
  fc
    .uniqueArray(keyTo(deepest), { selector: hexEncode, maxLength: 12 })
    .map(list => list.map((each, i) => ({ key: each, count: i + 1, leafHash: sha256(each) })))

async function mapOf(entries: readonly MapEntry[]): Promise<{ store: TileStore; root: Uint8Array }> {
  const store = new TileStore()
  return { store, root: await store.grow(entries) }
}

const answersOf = (entries: readonly MapEntry[], asked: readonly Uint8Array[]) =>
  asked.map(each => entries.find(entry => hexEncode(entry.key) === hexEncode(each)))

test('one proof says of any set of keys what the map holds of each, present or not', async () => {
  await fc.assert(
    fc.asyncProperty(inMap(), keys(), async (entries, asked) => {
      const { store, root } = await mapOf(entries)
      const proof = await proveMap(store, asked)
      expect(verifyMapProof({ root, keys: asked, proof })).toEqual({ ok: true, value: answersOf(entries, asked) })
      expect(await proveMap(store, [...asked].reverse())).toEqual(proof)
    }),
    { numRuns: 80 },
  )
})

/** Everything that is one step away from a proof: a bit, a number, one member more, less, twice or in another place. */
function nearly({ ends, hashes }: MapProof): MapProof[] {
  const flips = (bytes: Uint8Array) =>
    [0, 7, 100, 255].map(bit => {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      return flipped
    })
  const shapes = (bytes: Uint8Array) => [...flips(bytes), bytes.subarray(1), new Uint8Array(32), new Uint8Array(33)]
  const near: MapProof[] = []
  const withEnds = (list: readonly MapEnd[]) => near.push({ ends: list, hashes })
  const withHashes = (list: readonly Uint8Array[]) => near.push({ ends, hashes: list })
  ends.forEach((end, i) => {
    const { depth, leaf } = end
    for (const other of [depth - 1, depth + 1, 256, 257, -1, 0.5, Number.NaN])
      withEnds(ends.with(i, { ...end, depth: other }))
    withEnds(ends.toSpliced(i, 1))
    withEnds(ends.toSpliced(i, 0, end))
    withEnds(ends.toSpliced(i, 0, { depth }))
    if (i > 0) withEnds(ends.with(i, ends[i - 1] as MapEnd).with(i - 1, end))
    if (leaf === undefined) {
      withEnds(ends.with(i, { depth, leaf: { count: 1, leafHash: new Uint8Array(32) } }))
      return
    }
    withEnds(ends.with(i, { depth }))
    for (const count of [leaf.count + 1, leaf.count - 1, 0, -1, 1.5, 2 ** 53]) {
      withEnds(ends.with(i, { depth, leaf: { ...leaf, count } }))
    }
    for (const leafHash of shapes(leaf.leafHash)) withEnds(ends.with(i, { depth, leaf: { ...leaf, leafHash } }))
    const { key: named, ...unnamed } = leaf
    if (named) withEnds(ends.with(i, { depth, leaf: unnamed }))
    for (const other of shapes(named ?? leaf.leafHash)) withEnds(ends.with(i, { depth, leaf: { ...leaf, key: other } }))
  })
  hashes.forEach((hash, i) => {
    for (const other of shapes(hash)) if (hexEncode(other) !== hexEncode(hash)) withHashes(hashes.with(i, other))
    withHashes(hashes.toSpliced(i, 1))
    withHashes(hashes.toSpliced(i, 0, hash))
    if (i > 0) withHashes(hashes.with(i, hashes[i - 1] as Uint8Array).with(i - 1, hash))
  })
  withEnds([...ends, { depth: 0 }])
  withHashes([...hashes, EMPTY_MAP_ROOT])
  return near.filter(each => spelled(each) !== spelled({ ends, hashes }))
}

const spelled = (proof: MapProof) =>
  JSON.stringify(proof, (_, value) => (value instanceof Uint8Array ? hexEncode(value) : value))

test('whatever differs from a proof by one bit, number or member proves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(inMap(9), keys(9), async (entries, asked) => {
      const { store, root } = await mapOf(entries)
      for (const proof of nearly(await proveMap(store, asked))) {
        const verified = verifyMapProof({ root, keys: asked, proof })
        expect(verified.ok, spelled(proof)).toBe(false)
      }
    }),
    { numRuns: 6 },
  )
})

test('a proof of other keys, of another root, or of none is refused', async () => {
  const entries = [1, 2, 3, 4, 5].map(i => entryOf(i))
  const { store, root } = await mapOf(entries)
  const asked = [entryOf(1).key, entryOf('absent').key]
  const proof = await proveMap(store, asked)
  expect(verifyMapProof({ root, keys: asked, proof }).ok).toBe(true)
  expect(verifyMapProof({ root: sha256(root), keys: asked, proof })).toMatchObject({ code: 'map-root-mismatch' })
  expect(verifyMapProof({ root: EMPTY_MAP_ROOT, keys: asked, proof })).toMatchObject({ code: 'map-root-mismatch' })
  expect(verifyMapProof({ root, keys: [entryOf(1).key], proof }).ok).toBe(false)
  expect(verifyMapProof({ root, keys: [entryOf(1).key, entryOf(2).key], proof }).ok).toBe(false)
  expect(verifyMapProof({ root, keys: [], proof: { ends: [], hashes: [] } })).toMatchObject({
    code: 'map-proof-malformed',
  })
  expect(verifyMapProof({ root, keys: [], proof: { ends: [], hashes: [root] } }).ok).toBe(false)
  await expect(proveMap(store, [])).rejects.toThrow('nothing')
})

test('absence is shown by an empty place, or by the one other subject that stands there', async () => {
  const there = entryOf('there')
  const missing = keyBeside(there.key, 200)
  const nearby = { ...entryOf('other'), key: keyBeside(there.key, 3) }
  const alone = await mapOf([there])
  expect(await proveMap(alone.store, [missing])).toEqual({
    ends: [{ depth: 0, leaf: { key: there.key, count: 1, leafHash: there.leafHash } }],
    hashes: [],
  })
  const two = await mapOf([there, nearby])
  const empty = keyBeside(there.key, 1)
  const proof = await proveMap(two.store, [empty])
  expect(proof.ends).toEqual([{ depth: 2 }])
  expect(verifyMapProof({ root: two.root, keys: [empty], proof })).toEqual({ ok: true, value: [undefined] })
  const none = await mapOf([])
  const ofNone = await proveMap(none.store, [missing, empty])
  expect(ofNone).toEqual({ ends: [{ depth: 0 }], hashes: [] })
  expect(verifyMapProof({ root: none.root, keys: [missing, empty], proof: ofNone })).toEqual({
    ok: true,
    value: [undefined, undefined],
  })
})

test('a subject is not shown under a prefix that is not its own, whatever the root says', () => {
  // An operator who writes any root it likes: here with one subject put on the other side.
  const [subject, other] = [entryOf('subject'), entryOf('other')]
  const asked = subject.key
  const leaf = { key: other.key, count: other.count, leafHash: other.leafHash }
  const misplaced = mapBit(asked, 0) === mapBit(other.key, 0) ? keyBeside(other.key, 0) : other.key
  const stranger = { ...other, key: misplaced }
  const sibling = entryOf('sibling')
  const halves = [mapLeafHash(stranger), mapLeafHash(sibling)] as const
  const root = mapBit(asked, 0) === 0 ? mapNodeHash(...halves) : mapNodeHash(halves[1], halves[0])
  const proof = { ends: [{ depth: 1, leaf: { ...leaf, key: misplaced } }], hashes: [mapLeafHash(sibling)] }
  expect(verifyMapProof({ root, keys: [asked], proof })).toMatchObject({ ok: false, code: 'map-proof-malformed' })
})

test('a map that leaves a subject deeper than it belongs, or empty places beside each other, is no map', () => {
  const entry = entryOf('subject')
  const leaf = { count: entry.count, leafHash: entry.leafHash }
  const sides = (hash: Uint8Array, beside: Uint8Array) =>
    mapBit(entry.key, 0) === 0 ? mapNodeHash(hash, beside) : mapNodeHash(beside, hash)
  const deep = sides(mapLeafHash(entry), EMPTY_MAP_ROOT)
  const refused = { ok: false, code: 'map-proof-malformed' }
  const tooDeep = { ends: [{ depth: 1, leaf }], hashes: [EMPTY_MAP_ROOT] }
  expect(verifyMapProof({ root: deep, keys: [entry.key], proof: tooDeep })).toMatchObject(refused)

  const beside = keyBeside(entry.key, 0)
  const both = [entry.key, beside]
  const order = mapBit(entry.key, 0) === 0 ? [{ depth: 1, leaf }, { depth: 1 }] : [{ depth: 1 }, { depth: 1, leaf }]
  expect(verifyMapProof({ root: deep, keys: both, proof: { ends: order, hashes: [] } })).toMatchObject(refused)

  const hollow = mapNodeHash(EMPTY_MAP_ROOT, EMPTY_MAP_ROOT)
  const empties = { ends: [{ depth: 1 }, { depth: 1 }], hashes: [] }
  expect(verifyMapProof({ root: hollow, keys: both, proof: empties })).toMatchObject(refused)
  expect(
    verifyMapProof({ root: hollow, keys: [beside], proof: { ends: [{ depth: 1 }], hashes: [EMPTY_MAP_ROOT] } }),
  ).toMatchObject(refused)
})

test('a proof goes down to the last bit and no further', async () => {
  const entry = entryOf('subject')
  const twin = { ...entryOf('twin'), key: keyBeside(entry.key, 255) }
  const { store, root } = await mapOf([entry, twin])
  expect(root).toEqual(rootByDefinition([entry, twin]))
  const proof = await proveMap(store, [entry.key])
  expect(proof.ends).toMatchObject([{ depth: 256 }])
  expect(proof.hashes).toHaveLength(256)
  expect(verifyMapProof({ root, keys: [entry.key], proof })).toEqual({ ok: true, value: [entry] })
  const deeper = { ends: proof.ends.map(end => ({ ...end, depth: 257 })), hashes: [...proof.hashes, EMPTY_MAP_ROOT] }
  expect(verifyMapProof({ root, keys: [entry.key], proof: deeper })).toMatchObject({ code: 'map-proof-malformed' })
})
