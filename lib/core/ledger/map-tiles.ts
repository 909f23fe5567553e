import { equalBytes, hexEncode } from '../bytes.ts'
import {
  compareKeys,
  getCount,
  isMapCount,
  joinParts,
  type MapEntry,
  type MapPart,
  mapHashOf,
  mapLeafHash,
  setCount,
} from './map.ts'

/**
 * Where the map is kept: tiles of four levels, sixteen places wide, named by the lower-case hex digits that lead to them ('' is the top). This is
 * how it is stored, no part of the protocol (SPEC.md, "Map tiles"). A tile that is not there is left out of the answer.
 */
export interface MapTiles {
  read(paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}

/** Tiles to store, by path; undefined where a tile goes. */
export type WrittenTiles = ReadonlyMap<string, Uint8Array | undefined>

/** The subtree at each place of a tile: 1 is the tile's own, 2 and 3 its halves, 16 to 31 what the sixteen digits lead to. */
export type TileParts = MapPart[]

/**
 * The map after `changes`, each key at most once: a count of 0 takes the subject out, any other puts its entry in or in its place. Reads level by
 * level, one call each. `previous` is the root before, which a writer compares with the one it committed to; `written` only what differs.
 * Throws as {@link loadTiles}, and where a key is given twice.
 */
export async function growMap(
  tiles: MapTiles,
  changes: readonly MapEntry[],
): Promise<{ root: Uint8Array; previous: Uint8Array; written: WrittenTiles }> {
  const sorted = [...changes].sort((a, b) => compareKeys(a.key, b.key))
  if (sorted.some(({ key }, i) => i > 0 && equalBytes(key, (sorted[i - 1] as MapEntry).key))) {
    throw new Error('a key is changed twice')
  }
  const stored = new Map<string, Uint8Array>()
  const keeping: MapTiles = {
    async read(paths) {
      const read = await tiles.read(paths)
      for (const [path, bytes] of read) stored.set(path, bytes)
      return read
    },
  }
  const loaded = await loadTiles(
    keeping,
    sorted.map(({ key }) => key),
  )
  const previous = mapHashOf(loaded.get('')?.[1])
  const written = new Map<string, Uint8Array | undefined>()

  const place = (path: string, part: MapPart, within: readonly MapEntry[]): MapPart => {
    if (part && !part.entry) return write(path, within)
    const others = part?.entry && !within.some(({ key }) => equalBytes(key, part.entry?.key as Uint8Array))
    const kept = within.filter(({ count }) => count !== 0)
    const entries = others ? [...kept, part.entry as MapEntry].sort((a, b) => compareKeys(a.key, b.key)) : kept
    const [first, second] = entries
    if (second) return write(path, entries)
    return first && { hash: mapLeafHash(first), entry: first }
  }

  const write = (path: string, within: readonly MapEntry[]): MapPart => {
    const parts: TileParts = loaded.get(path) ?? new Array<MapPart>(32).fill(undefined)
    const before = stored.get(path)
    const touched = new Set<number>()
    for (const [digit, group] of byDigit(within, path.length)) {
      parts[16 + digit] = place(path + digit.toString(16), parts[16 + digit], group)
      touched.add((16 + digit) >> 1)
    }
    // A parent's number is below its children's, and a set hands out what is added while it is walked.
    for (const at of touched) {
      parts[at] = joinParts(parts[2 * at], parts[2 * at + 1])
      if (at > 1) touched.add(at >> 1)
    }
    const part = parts[1]
    const after = part && (path === '' || !part.entry) ? encodeTile(parts) : undefined
    if (!(before && after ? equalBytes(before, after) : before === after)) written.set(path, after)
    return part
  }

  return { root: mapHashOf(write('', sorted)), previous, written }
}

/** Tiles in memory: what is in `stored` when it is asked. */
export function tilesIn(stored: ReadonlyMap<string, Uint8Array>): MapTiles {
  return {
    async read(paths) {
      const found = new Map<string, Uint8Array>()
      for (const path of paths) {
        const bytes = stored.get(path)
        if (bytes) found.set(path, bytes)
      }
      return found
    },
  }
}

/** The tiles as they are once `written` is stored over them. */
export function overlaid(tiles: MapTiles, written: WrittenTiles): MapTiles {
  return {
    async read(paths) {
      const below = paths.filter(path => !written.has(path))
      const found = new Map(below.length > 0 ? await tiles.read(below) : [])
      for (const path of paths) {
        const bytes = written.get(path)
        if (bytes) found.set(path, bytes)
      }
      return found
    },
  }
}

/** What the map holds under `key`; undefined where it holds nothing. Throws as {@link loadTiles}. */
export async function readEntry(tiles: MapTiles, key: Uint8Array): Promise<MapEntry | undefined> {
  const loaded = await loadTiles(tiles, [key])
  for (let depth = 0; ; depth++) {
    const part = loaded.get(hexEncode(key).slice(0, depth))?.[16 + digitAt(key, depth)]
    if (part && !part.entry) continue
    return part?.entry && equalBytes(part.entry.key, key) ? part.entry : undefined
  }
}

/**
 * Every tile on the way to `keys`, by path, each checked against the hash that the tile above has of it; one read for each level. No tile at all:
 * the empty map. Throws where a tile is missing or is not what {@link growMap} wrote: the store is damaged, or is being written.
 */
export async function loadTiles(tiles: MapTiles, keys: readonly Uint8Array[]): Promise<Map<string, TileParts>> {
  const loaded = new Map<string, TileParts>()
  let next = new Map<string, { readonly hash?: Uint8Array; readonly keys: Uint8Array[] }>([['', { keys: [...keys] }]])
  while (next.size > 0) {
    const read = await tiles.read([...next.keys()])
    const below: typeof next = new Map()
    for (const [path, asked] of next) {
      const bytes = read.get(path)
      if (path === '' && bytes === undefined) continue
      const parts = decodeTile(path, bytes ?? new Uint8Array(0))
      if (asked.hash && !equalBytes(mapHashOf(parts[1]), asked.hash)) throw new Error(`map tile ${path}: another hash`)
      loaded.set(path, parts)
      for (const key of asked.keys) {
        const digit = digitAt(key, path.length)
        const part = parts[16 + digit]
        if (part === undefined || part.entry) continue
        const to = path + digit.toString(16)
        const known = below.get(to)
        if (known) known.keys.push(key)
        else below.set(to, { hash: part.hash, keys: [key] })
      }
    }
    next = below
  }
  return loaded
}

const NODE_KIND = 0x10

/** For each occupied place, in order: its digit and 72 bytes of entry, or 0x10 + its digit and the 32-byte hash of the tile below. */
function encodeTile(parts: TileParts): Uint8Array {
  let length = 0
  for (let at = 16; at < 32; at++) length += parts[at] ? (parts[at]?.entry ? 73 : 33) : 0
  const bytes = new Uint8Array(length)
  let at = 0
  for (let digit = 0; digit < 16; digit++) {
    const part = parts[16 + digit]
    if (part === undefined) continue
    bytes[at++] = part.entry ? digit : NODE_KIND + digit
    if (!part.entry) {
      bytes.set(part.hash, at)
      at += 32
      continue
    }
    bytes.set(part.entry.key, at)
    setCount(bytes, at + 32, part.entry.count)
    bytes.set(part.entry.leafHash, at + 40)
    at += 72
  }
  return bytes
}

/** The subtrees of one stored tile. Throws where it is not what {@link growMap} writes. */
export function decodeTile(path: string, bytes: Uint8Array): TileParts {
  const damaged = () => new Error(`map tile ${path}: not as it was written`)
  const parts: TileParts = new Array<MapPart>(32).fill(undefined)
  let before = -1
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at++] as number
    const digit = kind & 15
    const isNode = kind === NODE_KIND + digit
    const fields = bytes.subarray(at, at + (isNode ? 32 : 72))
    at += fields.length
    if (digit <= before || kind >= 32 || fields.length < (isNode ? 32 : 72)) throw damaged()
    before = digit
    if (isNode) {
      parts[16 + digit] = { hash: fields }
      continue
    }
    const count = getCount(fields, 32)
    const entry = { key: fields.subarray(0, 32), count, leafHash: fields.subarray(40) }
    if (!isMapCount(count) || !hexEncode(entry.key).startsWith(path + digit.toString(16))) throw damaged()
    parts[16 + digit] = { hash: mapLeafHash(entry), entry }
  }
  for (let at = 15; at > 0; at--) parts[at] = joinParts(parts[2 * at], parts[2 * at + 1])
  // A tile of one subject is not kept: the subject stands in the tile above.
  if (parts[1] === undefined || (parts[1].entry && path !== '')) throw damaged()
  return parts
}

/** Digit `depth` of a key's 64, 0 to 15. */
function digitAt(key: Uint8Array, depth: number): number {
  const byte = key[depth >> 1] as number
  return depth % 2 === 0 ? byte >> 4 : byte & 15
}

function byDigit(sorted: readonly MapEntry[], depth: number): Map<number, MapEntry[]> {
  const groups = new Map<number, MapEntry[]>()
  for (const entry of sorted) {
    const digit = digitAt(entry.key, depth)
    const group = groups.get(digit)
    if (group) group.push(entry)
    else groups.set(digit, [entry])
  }
  return groups
}
