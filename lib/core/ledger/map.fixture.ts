import { concat, sha256, uintBytes, utf8Encode } from '../bytes.ts'
import { type MapEntry, mapBit } from './map.ts'
import { growMap, type MapTiles, tilesIn } from './map-tiles.ts'

/** Root by the words of PROTOCOL §6 and nothing else: empty is zeros, one subject is its leaf, else a node over both halves. */
export function rootByDefinition(entries: readonly MapEntry[], depth = 0): Uint8Array {
  const [first, second] = entries
  if (first === undefined) return new Uint8Array(32)
  if (second === undefined) {
    return sha256(concat(Uint8Array.of(2), first.key, uintBytes(BigInt(first.count), 8), first.leafHash))
  }
  const half = (bit: number) => entries.filter(({ key }) => mapBit(key, depth) === bit)
  return sha256(concat(Uint8Array.of(3), rootByDefinition(half(0), depth + 1), rootByDefinition(half(1), depth + 1)))
}

/** An entry under the key of this text. */
export function entryOf(name: string | number, count = 1): MapEntry {
  return { key: sha256(utf8Encode(`${name}`)), count, leafHash: sha256(utf8Encode(`${name} has ${count}`)) }
}

/** A key that agrees with another on exactly `depth` bits. */
export function keyBeside(key: Uint8Array, depth: number): Uint8Array {
  const beside = Uint8Array.from(key)
  beside[depth >> 3] = (beside[depth >> 3] as number) ^ (0x80 >> (depth & 7))
  return beside
}

/** A store of tiles that counts what is asked of it. */
export class TileStore implements MapTiles {
  readonly stored = new Map<string, Uint8Array>()
  reads = 0

  read(paths: readonly string[]) {
    this.reads++
    return tilesIn(this.stored).read(paths)
  }

  /** Grows the map and stores what was written; the root. */
  async grow(changes: readonly MapEntry[]): Promise<Uint8Array> {
    const { root, written } = await growMap(this, changes)
    for (const [path, bytes] of written) {
      if (bytes) this.stored.set(path, bytes)
      else this.stored.delete(path)
    }
    return root
  }
}
