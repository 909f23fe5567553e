import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { parseCheckpointText, treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { bundlesOf, entriesPath, TILE_WIDTH, tilePath, tilesOf } from '../core/ledger/tile.ts'
import { readCheckpoint } from './checkpoints.ts'
import { openSnapshot } from './connection.ts'
import { readIfPresent } from './files.ts'
import { entriesBytes, tileBytes } from './log-tiles.ts'
import { isConsistent, type TreeHead } from './tiles.ts'
import { cosignedNote } from './witness-rows.ts'

/** Why a folder cannot take this log: what lies in it is another's, newer, or of a history that this one does not lead on from. */
export type ExportCode = 'nothing-sealed' | 'other-log' | 'folder-unreadable' | 'folder-ahead' | 'folder-differs'

export type ExportStep =
  | { readonly step: 'progress'; readonly done: number; readonly of: number }
  | { readonly step: 'refused'; readonly code: ExportCode }
  | {
      readonly step: 'end'
      readonly origin: string
      readonly size: number
      readonly files: number
      readonly kept: number
    }

/**
 * Writes the log of the database at `url` up to its newest checkpoint into `folder`, as C2SP tlog-tiles lays it out: any file server over it is that
 * log. Reads one snapshot of the database, so a server may go on recording. Full tiles and bundles that lie there already are kept; the checkpoint comes
 * last, so that whoever fetches meanwhile finds what it covers.
 */
export async function* exportLog({ url, folder }: { url: string; folder: string }): AsyncGenerator<ExportStep> {
  const adapter = await openSnapshot(url)
  try {
    yield* write(adapter, folder)
  } finally {
    await adapter.dispose()
  }
}

async function* write(adapter: SqlDriverAdapter, folder: string): AsyncGenerator<ExportStep> {
  const checkpoint = await readCheckpoint(adapter)
  if (!checkpoint) return yield { step: 'refused', code: 'nothing-sealed' }
  const unfit = await checkFolder(adapter, { folder, checkpoint })
  if (unfit) return yield { step: 'refused', code: unfit }
  const files = [
    ...tilesOf(checkpoint.size).map(tile => ({
      path: tilePath(tile),
      width: tile.width,
      read: () => tileBytes(adapter, tile),
    })),
    ...bundlesOf(checkpoint.size).map(bundle => ({
      path: entriesPath(bundle),
      width: bundle.width,
      read: () => entriesBytes(adapter, bundle),
    })),
  ]
  let kept = 0
  for (const [done, { path, width, read }] of files.entries()) {
    const target = join(folder, path)
    if (width === TILE_WIDTH && existsSync(target)) kept++
    else await writeWhole(target, await read())
    yield { step: 'progress', done: done + 1, of: files.length }
  }
  await writeWhole(join(folder, 'checkpoint'), await cosignedNote(adapter, checkpoint))
  const origin = readHeadOf(checkpoint.note)?.origin ?? ''
  yield { step: 'end', origin, size: checkpoint.size, files: files.length + 1, kept }
}

/** A folder that holds an earlier state of this very log may be brought up to date; any other is left alone. */
async function checkFolder(
  adapter: SqlDriverAdapter,
  { folder, checkpoint }: { folder: string; checkpoint: TreeHead & { readonly note: string } },
): Promise<ExportCode | undefined> {
  const note = readIfPresent(join(folder, 'checkpoint'))
  if (note === undefined) return existsSync(join(folder, 'tile')) ? 'folder-unreadable' : undefined
  const [theirs, ours] = [readHeadOf(note), readHeadOf(checkpoint.note)]
  if (!theirs || !ours) return 'folder-unreadable'
  if (theirs.origin !== ours.origin) return 'other-log'
  if (theirs.size > checkpoint.size) return 'folder-ahead'
  return (await isConsistent(adapter, { old: theirs, head: checkpoint })) ? undefined : 'folder-differs'
}

/** Head that a checkpoint note states; who signed it is not asked: it stands in a folder of ours. */
function readHeadOf(note: string): (TreeHead & { readonly origin: string }) | undefined {
  const read = parseCheckpointText(note.slice(0, note.indexOf('\n\n') + 1))
  const size = read.ok ? treeSizeNumber(read.value.size) : undefined
  return read.ok && size !== undefined ? { origin: read.value.origin, size, root: read.value.rootHash } : undefined
}

/** In one step: an export that is cut short leaves no half file that the next would keep. */
async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
}
