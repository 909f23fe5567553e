import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { concat, equalBytes, sha256 } from '../core/bytes.ts'
import { type Edge, rootOfEdge } from '../core/ledger/edge.ts'
import { growEdge } from '../core/ledger/hash-tiles.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { TILE_WIDTH, tilePath, tilesOf } from '../core/ledger/tile.ts'
import { type Failure, pass, type Result } from '../core/result.ts'
import { hashNatively, hexOf } from '../data/hash.ts'
import type { AuditFinding } from './findings.ts'
import { startTidying } from './memory.ts'
import { type Mirror, type MirrorCode, openMirror, writeWhole } from './mirror.ts'
import type { Prepared } from './reading.ts'
import { type LogReplay, startAuditReplay } from './replay.ts'
import type { Source } from './source.ts'

/** How far a walk is, or something found. `failed`: the source hands out no log; what was checked until then stays checked. */
export type WalkStep =
  | { readonly step: 'progress'; readonly done: number; readonly of: number }
  | { readonly step: 'finding'; readonly finding: AuditFinding }
  | { readonly step: 'failed'; readonly failure: Failure<MirrorCode> }
  | { readonly step: 'interrupted'; readonly at: number }

/** A replay of the log of one source, which goes on from where it stands: for an audit, and for a witness that signs only what it has replayed. */
export interface Walk {
  readonly replay: LogReplay
  readonly mirror: Mirror
  /** Leaves of an earlier run that were taken over, their bytes hashed again. */
  readonly resumedAt: number
  /**
   * Fetches, compares and replays up to a tree head that somebody signed, of at least as many leaves as before. It holds where no finding and no
   * failure was told; past a failure the walk can be tried again. `signal` ends it after the leaves at hand.
   */
  advance(
    head: { readonly size: number; readonly rootHash: Uint8Array },
    signal?: AbortSignal,
  ): AsyncGenerator<WalkStep>
  /** Keeps the state of the replay in the folder, unless something was found; the next {@link openWalk} goes on from there. */
  save(): Promise<void>
}

const AHEAD = 8
const SAVE_MILLISECONDS = 30_000

/** A walk through `source` with its copy and its state in `folder`, from where an earlier one was saved: its leaves are hashed again first, and must come to the same tree. */
export async function openWalk({ source, folder }: { source: Source; folder: string }): Promise<Walk> {
  hashNatively()
  const mirror = openMirror({ source, folder })
  const path = join(folder, 'replay.state')
  const tree = openTree()
  let replay = startAuditReplay({ leaves: mirror.leaves, saved: await readState(path) })
  const resumed = replay.size > 0 && (await rehash(mirror, tree, replay))
  if (!resumed) {
    tree.clear()
    replay = startAuditReplay({ leaves: mirror.leaves })
  }
  const save = async (): Promise<void> => {
    const saved = replay.save()
    if (saved) await writeWhole(path, Buffer.concat([sha256(saved), saved]))
  }

  async function* advance(
    head: { size: number; rootHash: Uint8Array },
    signal?: AbortSignal,
  ): AsyncGenerator<WalkStep> {
    const { size } = head
    const tidy = startTidying()
    let [pending, savedAt]: [Prepared | undefined, number] = [undefined, performance.now()]
    async function* settle(): AsyncGenerator<WalkStep> {
      const taken = pending ? await replay.take(pending) : []
      pending = undefined
      for (const { findings } of taken) for (const finding of findings) yield { step: 'finding', finding }
      tidy(replay.size)
      yield { step: 'progress', done: replay.size, of: size }
    }
    for await (const got of bundlesFrom({ mirror, from: replay.size, size })) {
      if (!got.ok) {
        yield* settle()
        return yield { step: 'failed', failure: got }
      }
      const { index, entries, differs } = got.value
      if (differs) yield { step: 'finding', finding: differs }
      // While other threads check these signatures, the rules are asked about the leaves before.
      const next = replay.prepare(entries.slice(tree.size - index * TILE_WIDTH))
      yield* settle()
      pending = next
      tree.grow(next.map(read => read.leafHash))
      const isDue = performance.now() - savedAt > SAVE_MILLISECONDS
      if (isDue || signal?.aborted) {
        yield* settle()
        await save()
        savedAt = performance.now()
      }
      if (signal?.aborted) return yield { step: 'interrupted', at: replay.size }
    }
    yield* settle()
    yield* compareTree(head)
  }

  /** The tiles above level 0, the root, and the index leaf that a signed size of an index log ends in. */
  async function* compareTree({ size, rootHash }: { size: number; rootHash: Uint8Array }): AsyncGenerator<WalkStep> {
    for (const address of tilesOf(size).filter(({ level }) => level > 0)) {
      const served = await mirror.tile(address)
      if (!served.ok) return yield { step: 'failed', failure: served }
      if (equalBytes(served.value, tree.tile(address))) continue
      const detail = `${tilePath(address)} is not that of the entries`
      yield { step: 'finding', finding: { code: 'tile-differs', detail } }
    }
    const root = rootOfEdge({ edge: tree.edge, size })
    if (!equalBytes(root, rootHash)) {
      const detail = `the entries come to ${hexOf(root)}, signed is ${hexOf(rootHash)}`
      yield { step: 'finding', finding: { code: 'root-differs', detail } }
    }
    if (size > 0 && replay.promisesIndex === true && !replay.endsInIndex) {
      const detail = `leaf 0 promises an index, and the last of the ${size} signed leaves is none`
      yield { step: 'finding', finding: { code: 'index-missing', leaf: size - 1, detail } }
    }
  }

  return { replay, mirror, resumedAt: resumed ? replay.size : 0, advance, save }
}

interface Bundle {
  readonly index: number
  readonly entries: readonly Uint8Array[]
  /** Where the served tile is not that of the entries. */
  readonly differs?: AuditFinding
}

/** The bundles that hold leaves [from, size), in order, some of them on their way at a time. */
async function* bundlesFrom(args: {
  mirror: Mirror
  from: number
  size: number
}): AsyncGenerator<Result<Bundle, MirrorCode>> {
  const { mirror, from, size } = args
  const last = Math.ceil(size / TILE_WIDTH)
  let index = Math.floor(from / TILE_WIDTH)
  if (from >= size) return
  const coming: Promise<Result<Bundle, MirrorCode>>[] = []
  const more = () => {
    if (index >= last) return
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const bundle = fetchBundle({ mirror, index: index++, width })
    // Thrown where it is waited for, which may be several bundles later.
    bundle.catch(() => undefined)
    coming.push(bundle)
  }
  for (let n = 0; n < AHEAD; n++) more()
  try {
    while (coming.length > 0) {
      const got = await (coming.shift() as Promise<Result<Bundle, MirrorCode>>)
      yield got
      more()
    }
  } finally {
    // Whoever stops early may remove the folder: nothing may still be writing there.
    await Promise.allSettled(coming)
  }
}

async function fetchBundle(args: {
  mirror: Mirror
  index: number
  width: number
  isSecond?: boolean
}): Promise<Result<Bundle, MirrorCode>> {
  const { mirror, index, width, isSecond = false } = args
  const [bundle, tile] = await Promise.all([mirror.bundle(index, width), mirror.tile({ level: 0, index, width })])
  if (!bundle.ok) return bundle
  if (!tile.ok) return tile
  const hashes = concat(...bundle.value.map(leafHash))
  if (equalBytes(hashes, tile.value)) {
    await mirror.keep(index, bundle.value, hashes)
    return pass({ index, entries: bundle.value })
  }
  if (!isSecond) {
    // It may be what lies here that was damaged since: ask the source again.
    await mirror.drop(index)
    return fetchBundle({ ...args, isSecond: true })
  }
  const detail = `${tilePath({ level: 0, index, width })} is not that of the entries`
  return pass({ index, entries: bundle.value, differs: { code: 'tile-differs', leaf: index * TILE_WIDTH, detail } })
}

/** The tree over leaves, and its hashes above level 0 (one for 256 leaves). */
function openTree() {
  let edge: Edge = []
  let size = 0
  let nodes: Uint8Array[][] = []
  return {
    get edge() {
      return edge
    },
    get size() {
      return size
    },
    grow(leafHashes: readonly Uint8Array[]) {
      const grown = growEdge({ edge, size, leafHashes })
      edge = grown.edge
      size += leafHashes.length
      for (const { level, index, hash } of grown.nodes) {
        nodes[level] ??= []
        ;(nodes[level] as Uint8Array[])[index] = hash
      }
    },
    tile({ level, index, width }: { level: number; index: number; width: number }): Uint8Array {
      const from = index * TILE_WIDTH
      return concat(...(nodes[level] ?? []).slice(from, from + width))
    },
    clear() {
      edge = []
      size = 0
      nodes = []
    },
  }
}

/** Grows the tree again over the leaves that an earlier run took; false where they are not those any more. */
async function rehash(mirror: Mirror, tree: ReturnType<typeof openTree>, replay: LogReplay): Promise<boolean> {
  const { size } = replay
  for await (const got of bundlesFrom({ mirror, from: 0, size })) {
    if (!got.ok || got.value.differs) return false
    tree.grow(got.value.entries.map(leafHash))
  }
  return equalBytes(rootOfEdge({ edge: tree.edge, size }), replay.root())
}

/** The saved state where the file is whole. */
async function readState(path: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = new Uint8Array(await readFile(path))
    const saved = bytes.subarray(32)
    return equalBytes(sha256(saved), bytes.subarray(0, 32)) ? saved : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
