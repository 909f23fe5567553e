import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { parseEntriesPath, parseTilePath } from '../core/ledger/tile.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { type EvidenceSizes, evidenceFile } from './evidence.ts'
import { keptAnswer } from './kept-answers.ts'
import type { Log } from './log-state.ts'
import { publishedEntries, publishedTile } from './log-tiles.ts'
import { cosignedNote } from './witness-rows.ts'

const compress = promisify(gzip)

/** {@link evidenceFile} for many who ask at once: made once for each checkpoint with its cosignatures. */
export async function servedEvidence(
  reference: string,
  sizes: EvidenceSizes = {},
  on?: Log,
): ReturnType<typeof evidenceFile> {
  const log = on ?? (await database())
  const checkpoint = await readCheckpoint(log.adapter, sizes.size)
  if (!checkpoint) return evidenceFile(reference, sizes, log)
  const note = await cosignedNote(log.adapter, checkpoint)
  let refused: Awaited<ReturnType<typeof evidenceFile>> | undefined
  const file = await keptAnswer(log, `evidence ${reference} ${sizes.seen} ${note}`, async () => {
    const made = await evidenceFile(reference, sizes, log)
    if (!made.ok) refused = made
    return made.ok ? made.value : undefined
  })
  return file === undefined && refused ? refused : { ok: true, value: file as string }
}

/** Bytes of a tile or a bundle of the published log by its path (c2sp.org/tlog-tiles), packed by gzip where that is said; undefined where there is none. */
export async function servedTile(path: string, { isPacked = false } = {}, on?: Log): Promise<Uint8Array | undefined> {
  const log = on ?? (await database())
  return keptAnswer(log, `${isPacked ? 'packed ' : ''}${path}`, async () => {
    const [tile, bundle] = [parseTilePath(path), parseEntriesPath(path)]
    const found = tile.ok
      ? await publishedTile(tile.value, log)
      : bundle.ok
        ? await publishedEntries(bundle.value, log)
        : undefined
    return found && isPacked ? compress(found) : found
  })
}
