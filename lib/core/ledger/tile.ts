import { fail, pass, type Result } from '../result.ts'

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256

/** A tile of hashes: `level` 0 to 63, `index` from 0, `width` 1 to 256 (256: full). Level L holds the hashes of subtrees of 256^L leaves. */
export type TileAddress = { readonly level: number; readonly index: number; readonly width: number }

/** A bundle of entries (leaf bytes): numbered and as wide as the tiles of level 0. */
export type BundleAddress = { readonly index: number; readonly width: number }

/** A tile's path under the log's address, `tile/<L>/<N>[.p/<W>]` (C2SP tlog-tiles). Throws on what is no address. */
export function tilePath({ level, index, width }: { level: number; index: number | bigint; width: number }): string {
  if (!Number.isInteger(level) || level < 0 || level > 63) throw new RangeError(`no tile level: ${level}`)
  return `tile/${level}/${numberedPath({ index, width })}`
}

/** A bundle's path, `tile/entries/<N>[.p/<W>]` (C2SP tlog-tiles). Throws on what is no address. */
export function entriesPath({ index, width }: { index: number | bigint; width: number }): string {
  return `tile/entries/${numberedPath({ index, width })}`
}

/** Reads {@link tilePath}; every other spelling, and an index above 2^53 − 1, is `tile-path-malformed`. */
export function parseTilePath(path: string): Result<TileAddress, 'tile-path-malformed'> {
  const [, level = '', rest = ''] = /^tile\/([0-9]{1,2})\/(.+)$/.exec(path) ?? []
  const address = parseNumberedPath(rest)
  if (address === undefined || Number(level) > 63 || tilePath({ level: Number(level), ...address }) !== path) {
    return fail('tile-path-malformed', path)
  }
  return pass({ level: Number(level), ...address })
}

/** Reads {@link entriesPath}; every other spelling, and an index above 2^53 − 1, is `tile-path-malformed`. */
export function parseEntriesPath(path: string): Result<BundleAddress, 'tile-path-malformed'> {
  const [, rest = ''] = /^tile\/entries\/(.+)$/.exec(path) ?? []
  const address = parseNumberedPath(rest)
  if (address === undefined || entriesPath(address) !== path) return fail('tile-path-malformed', path)
  return pass(address)
}

/** Every tile of a log of `size` leaves, level by level; the widths are those of this size. None at size 0. */
export function tilesOf(size: number): TileAddress[] {
  const tiles: TileAddress[] = []
  for (let level = 0, row = size; row > 0; level++, row = Math.floor(row / TILE_WIDTH)) {
    for (let index = 0; index * TILE_WIDTH < row; index++) tiles.push({ level, index, width: widthIn({ row, index }) })
  }
  return tiles
}

/** Every bundle of a log of `size` leaves. */
export function bundlesOf(size: number): BundleAddress[] {
  return tilesOf(size).flatMap(({ level, index, width }) => (level === 0 ? [{ index, width }] : []))
}

/** Width of a tile in a log of `size` leaves; 0 if it has none such. Any smaller width is a prefix of it, and as fixed. */
export function tileWidth({ level, index, size }: { level: number; index: number; size: number }): number {
  let row = size
  for (let i = 0; i < level && row > 0; i++) row = Math.floor(row / TILE_WIDTH)
  return widthIn({ row, index })
}

/** A bundle's bytes: each entry after its length as big-endian uint16 (C2SP tlog-tiles). Throws on an entry above 65,535 bytes. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new RangeError(`an entry of ${entry.length} bytes`)
    bytes[at] = entry.length >> 8
    bytes[at + 1] = entry.length & 0xff
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}

/** Reads {@link encodeEntries}. Code `entries-truncated`: a length or an entry runs past the end. */
export function decodeEntries(bytes: Uint8Array): Result<Uint8Array[], 'entries-truncated'> {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const [high, low] = [bytes[at], bytes[at + 1]]
    const end = at + 2 + (((high ?? 0) << 8) | (low ?? 0))
    if (low === undefined || end > bytes.length)
      return fail('entries-truncated', `entry ${entries.length} at byte ${at}`)
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  return pass(entries)
}

function widthIn({ row, index }: { row: number; index: number }): number {
  return Math.max(0, Math.min(TILE_WIDTH, row - index * TILE_WIDTH))
}

function numberedPath({ index, width }: { index: number | bigint; width: number }): string {
  const isIndex = typeof index === 'bigint' ? index >= 0n : Number.isSafeInteger(index) && index >= 0
  if (!isIndex || !Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new RangeError(`no tile: index ${index}, width ${width}`)
  }
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/.../g) ?? []
  const path = groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/')
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

/** Lenient: the callers write the address again and compare. */
function parseNumberedPath(path: string): BundleAddress | undefined {
  const [, groups = '', width] = /^((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path) ?? []
  const index = Number(groups.replace(/[x/]/g, ''))
  if (groups === '' || !Number.isSafeInteger(index) || Number(width ?? 1) >= TILE_WIDTH) return undefined
  return { index, width: Number(width ?? TILE_WIDTH) }
}
