import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { entryOf, keyBeside, rootByDefinition, TileStore } from './map.fixture.ts'
import { EMPTY_MAP_ROOT, type MapEntry, mapKey, mapLeafHash } from './map.ts'
import { growMap, overlaid, readEntry, tilesIn } from './map-tiles.ts'
import { growTree, type MapTree, treeRoot } from './map-tree.ts'

/** Keys that are near each other, so that ways part at any depth. */
const key = fc
  .record({ name: fc.nat(6), depths: fc.array(fc.oneof(fc.nat(255), fc.nat(20)), { maxLength: 2 }) })
  .map(({ name, depths }) => depths.reduce(keyBeside, sha256(utf8Encode(`${name}`))))
const change = fc.record({ key, count: fc.nat(3) }).map(({ key, count }) => ({
  key,
  count,
  leafHash: sha256(utf8Encode(`${hexEncode(key)} ${count}`)),
}))
const changes = fc.uniqueArray(change, { selector: each => hexEncode(each.key), maxLength: 12 })

function apply(entries: Map<string, MapEntry>, made: readonly MapEntry[]): void {
  for (const each of made) {
    if (each.count === 0) entries.delete(hexEncode(each.key))
    else entries.set(hexEncode(each.key), each)
  }
}

test('a map without subjects is 32 zero bytes, and one subject is its own leaf', async () => {
  const entry = entryOf('consignment/52GKAG2H9R7', 7)
  const { root } = await growMap(tilesIn(new Map()), [entry])
  expect(root).toEqual(mapLeafHash(entry))
  expect((await growMap(tilesIn(new Map()), [])).root).toEqual(EMPTY_MAP_ROOT)
  expect(mapKey('log')).toEqual(sha256(utf8Encode('log')))
})

test('step by step or at once, in tiles or in memory: the root is the one of the definition', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(changes, { maxLength: 6 }), async steps => {
      const entries = new Map<string, MapEntry>()
      const store = new TileStore()
      let tree: MapTree
      for (const made of steps) {
        const before = rootByDefinition([...entries.values()])
        const { previous } = await growMap(store, made)
        apply(entries, made)
        const root = rootByDefinition([...entries.values()])
        tree = growTree(tree, made)
        expect(previous).toEqual(before)
        expect(await store.grow(made)).toEqual(root)
        expect(treeRoot(tree)).toEqual(root)
      }
      const whole = new TileStore()
      await whole.grow([...entries.values()])
      expect(whole.stored).toEqual(store.stored)
      for (const made of steps.flat()) {
        expect(await readEntry(store, made.key)).toEqual(entries.get(hexEncode(made.key)))
      }
    }),
    { numRuns: 25 },
  )
})

test('what was put in and is taken out again leaves the map as it was, without another tile', async () => {
  await fc.assert(
    fc.asyncProperty(changes, changes, async (first, second) => {
      const store = new TileStore()
      const root = await store.grow(first)
      const earlier = new Map(store.stored)
      const undo = await Promise.all(
        second.map(async each => (await readEntry(store, each.key)) ?? { ...each, count: 0 }),
      )
      const { written, root: grown } = await growMap(store, second)
      const later = overlaid(store, written)
      const back = await growMap(later, undo)
      expect(back.previous).toEqual(grown)
      expect(back.root).toEqual(root)
      await store.grow(second)
      await store.grow(undo)
      expect(store.stored).toEqual(earlier)
    }),
    { numRuns: 100 },
  )
})

test('a change of nothing writes nothing, and a map of many subjects is read once for each level', async () => {
  const store = new TileStore()
  const many = Array.from({ length: 3000 }, (_, i) => entryOf(i))
  await store.grow(many)
  expect((await growMap(store, many.slice(0, 500))).written.size).toBe(0)
  store.reads = 0
  const { written } = await growMap(store, [entryOf(7, 2), entryOf(2999, 2)])
  expect(store.reads).toBeLessThan(7)
  expect(written.size).toBeLessThan(9)
  expect(Math.max(...[...store.stored.values()].map(bytes => bytes.length))).toBeLessThanOrEqual(16 * 73)
})

test('a stored tile in which any bit turned over is noticed by whoever reads it on the way', async () => {
  const store = new TileStore()
  const entries = Array.from({ length: 60 }, (_, i) => entryOf(i, 1 + (i % 3)))
  const root = await store.grow(entries)
  const unnoticed: string[] = []
  for (const [path, bytes] of [...store.stored]) {
    for (let bit = 0; bit < bytes.length * 8; bit += 61) {
      const damaged = Uint8Array.from(bytes)
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7))
      store.stored.set(path, damaged)
      const outcome = await growMap(store, entries).then(
        // The top tile has nobody above it: whoever knows the root compares.
        ({ previous }) => (hexEncode(previous) === hexEncode(root) ? 'unnoticed' : 'another root'),
        () => 'refused',
      )
      if (outcome !== 'refused' && (path !== '' || outcome === 'unnoticed')) unnoticed.push(`${path} ${bit}`)
    }
    store.stored.set(path, bytes)
  }
  expect(unnoticed).toEqual([])
  for (const path of [...store.stored.keys()].filter(each => each !== '')) {
    const bytes = store.stored.get(path) as Uint8Array
    store.stored.delete(path)
    await expect(growMap(store, entries)).rejects.toThrow(path)
    store.stored.set(path, bytes)
  }
})

test('a key that is changed twice, and a count that no subject has, are our own mistakes', async () => {
  const store = new TileStore()
  await expect(store.grow([entryOf(1), entryOf(1, 2)])).rejects.toThrow('twice')
  expect(() => growTree(undefined, [entryOf(1), entryOf(1, 2)])).toThrow('twice')
  for (const count of [-1, 0.5, 2 ** 53]) await expect(store.grow([entryOf(1, count)])).rejects.toThrow()
  expect(await store.grow([entryOf(1, 2 ** 53 - 1)])).toEqual(mapLeafHash(entryOf(1, 2 ** 53 - 1)))
  expect(await readEntry(store, entryOf(1).key)).toEqual(entryOf(1, 2 ** 53 - 1))
})
