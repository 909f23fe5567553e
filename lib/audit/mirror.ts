import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  decodeEntries,
  encodeEntries,
  entriesPath,
  TILE_WIDTH,
  type TileAddress,
  tilePath,
} from '../core/ledger/tile.ts'
import { fail, pass, type Result } from '../core/result.ts'
import type { Source, SourceCode } from './source.ts'
import type { LeafSource } from './states.ts'

/** Codes of what a source hands out: those of {@link SourceCode}, `tile-length` and `entries-malformed` (not so many hashes or entries as asked for). */
export type MirrorCode = SourceCode | 'tile-length' | 'entries-malformed'

/** Leaves and tiles of one log on the disk, laid out as C2SP has it; fetched where they are missing. */
export interface Mirror {
  readonly leaves: LeafSource
  /** Entries [256 × index, + width), from the disk or the source. Keeps nothing. */
  bundle(index: number, width: number): Promise<Result<Uint8Array[], MirrorCode>>
  /** The `width` hashes of a tile, as they are served. Keeps nothing. */
  tile(address: TileAddress): Promise<Result<Uint8Array, MirrorCode>>
  /** Keeps a bundle and its tile: whoever calls has compared them. */
  keep(index: number, entries: readonly Uint8Array[], hashes: Uint8Array): Promise<void>
  /** Lets go of what is kept of a bundle and its tile, where it lies in a folder of ours. */
  drop(index: number): Promise<void>
}

const MOST_ENTRY = 65_535
const BUNDLES_AT_HAND = 48

/** A mirror of `source` in `folder`; of a folder nothing is copied. */
export function openMirror({ source, folder }: { source: Source; folder: string }): Mirror {
  const own = source.folder ?? folder
  const atHand = new Map<number, Promise<readonly Uint8Array[]>>()

  /** What was fetched before comes from the disk: full, or as wide as it was then. */
  const read = async (
    pathOf: (width: number) => string,
    { width, most }: { width: number; most: number },
  ): Promise<Result<Uint8Array, MirrorCode>> => {
    const kept = (await readKept(join(own, pathOf(width)))) ?? (await readKept(join(own, pathOf(TILE_WIDTH))))
    if (kept) return pass(kept)
    const fetched = await source.read(pathOf(width), most)
    // The partial tile may be gone once the full one is there (C2SP tlog-tiles).
    if (fetched.ok || fetched.code !== 'not-there' || width === TILE_WIDTH) return fetched
    return source.read(pathOf(TILE_WIDTH), most)
  }

  const bundle: Mirror['bundle'] = async (index, width) => {
    const most = TILE_WIDTH * (2 + MOST_ENTRY)
    const got = await read(width => entriesPath({ index, width }), { width, most })
    if (!got.ok) return got
    const entries = decodeEntries(got.value)
    if (!entries.ok) return fail('entries-malformed', `${entriesPath({ index, width })}: ${entries.detail}`)
    const { length } = entries.value
    if (length < width || length > TILE_WIDTH)
      return fail('entries-malformed', `${entriesPath({ index, width })} has ${length} entries`)
    return pass(entries.value.slice(0, width))
  }

  const tile: Mirror['tile'] = async ({ level, index, width }) => {
    const path = (width: number) => tilePath({ level, index, width })
    const got = await read(path, { width, most: TILE_WIDTH * 32 })
    if (!got.ok) return got
    const { length } = got.value
    if (length !== width * 32 && length !== TILE_WIDTH * 32)
      return fail('tile-length', `${path(width)}: ${length} bytes`)
    return pass(got.value.slice(0, width * 32))
  }

  /** A bundle that lies on the disk, as wide as it was kept. */
  const stored = async (index: number, atLeast: number): Promise<readonly Uint8Array[]> => {
    for (let width = TILE_WIDTH; width >= atLeast; width--) {
      const bytes = await readKept(join(own, entriesPath({ index, width })))
      const entries = bytes && decodeEntries(bytes)
      if (entries?.ok) return entries.value
    }
    throw new Error(`bundle ${index} is no longer in ${own}`)
  }

  const storedLeaf = async (leafIndex: number): Promise<Uint8Array> => {
    const index = Math.floor(leafIndex / TILE_WIDTH)
    const place = leafIndex % TILE_WIDTH
    let bytes = (await atHand.get(index))?.[place]
    if (!bytes) {
      const entries = stored(index, place + 1)
      atHand.delete(index)
      atHand.set(index, entries)
      const [oldest] = atHand.keys()
      if (atHand.size > BUNDLES_AT_HAND && oldest !== undefined) atHand.delete(oldest)
      bytes = (await entries)[place] as Uint8Array
    }
    return bytes
  }

  return {
    leaves: {
      async read(indices) {
        const found: Uint8Array[] = []
        for (const index of indices) found.push(await storedLeaf(index))
        return found
      },
    },
    bundle,
    tile,
    async keep(index, entries, hashes) {
      if (source.folder !== undefined) return
      const width = entries.length
      const [bundle, tile] = pathsOf(index, width) as [string, string]
      if (existsSync(join(own, bundle)) && existsSync(join(own, tile))) return
      await writeWhole(join(own, bundle), encodeEntries(entries))
      await writeWhole(join(own, tile), hashes)
      if (width === TILE_WIDTH) await dropPartials(own, index)
    },
    async drop(index) {
      if (source.folder !== undefined) return
      await dropPartials(own, index)
      for (const path of pathsOf(index, TILE_WIDTH)) await rm(join(own, path), { force: true })
    },
  }
}

const pathsOf = (index: number, width: number) => [entriesPath({ index, width }), tilePath({ level: 0, index, width })]

/** A partial bundle is a prefix of the full one that has come. */
async function dropPartials(folder: string, index: number): Promise<void> {
  for (const path of pathsOf(index, 1)) await rm(dirname(join(folder, path)), { recursive: true, force: true })
}

async function readKept(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/** In one step: a run that is cut short leaves no half file. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
}
