import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { equalBytes, hexEncode, sha256, utf8Encode } from '../core/bytes.ts'
import { openCheckpoint, treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { rootFromTiles } from '../core/ledger/consistency-tiles.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { verifyNatively } from '../data/ed25519.ts'
import type { ShownHead } from './checkpoint.ts'
import type { AuditFinding } from './findings.ts'
import { type Mirror, writeWhole } from './mirror.ts'

const folderOf = (folder: string) => join(folder, 'seen')

/** Keeps a checkpoint that was seen, as it was shown: it is what an older or another one is compared with. */
export async function keepSeen(folder: string, { size, note }: ShownHead): Promise<void> {
  const name = `${size}-${hexEncode(sha256(utf8Encode(note))).slice(0, 16)}.checkpoint`
  await writeWhole(join(folderOf(folder), name), note)
}

/**
 * Whether every checkpoint of the same key that earlier runs saw is of one log with `head`. Its tiles must have been compared before. Answers how
 * many there are; a note here that this key did not sign is another log's, or no longer legible, and is passed over.
 */
export async function compareSeen(args: {
  folder: string
  head: ShownHead
  mirror: Mirror
}): Promise<{ compared: number; findings: AuditFinding[] }> {
  const { folder, head, mirror } = args
  const findings: AuditFinding[] = []
  let compared = 0
  for (const name of await namesIn(folderOf(folder))) {
    const seen = await readSeen(join(folderOf(folder), name), head.vkey)
    if (!seen) continue
    compared++
    const file = join('seen', name)
    if (seen.size > head.size) {
      const detail = `${head.size} leaves are shown now, ${seen.size} were signed before: ${file}`
      findings.push({ code: 'checkpoint-behind', detail })
      continue
    }
    const root = await rootThen(mirror, head, seen.size)
    // Where the tiles do not even lead to the signed root, that was found already.
    if (!root || equalBytes(root, seen.rootHash)) continue
    findings.push({
      code: 'checkpoint-forked',
      detail: `at ${seen.size} leaves another tree was signed before: ${file}`,
    })
  }
  return { compared, findings }
}

async function rootThen(mirror: Mirror, head: ShownHead, oldSize: number): Promise<Uint8Array | undefined> {
  const root = await rootFromTiles({
    oldSize,
    newSize: head.size,
    newRoot: head.rootHash,
    fetchTile: async address => {
      const got = await mirror.tile(address)
      return got.ok ? got.value : undefined
    },
  })
  return root.ok ? root.value : undefined
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(name => name.endsWith('.checkpoint')).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function readSeen(path: string, vkey: string): Promise<{ size: number; rootHash: Uint8Array } | undefined> {
  const key = parseVkey(vkey)
  if (!key.ok) return undefined
  const bytes = new Uint8Array(await readFile(path))
  const opened = await openCheckpoint({ bytes, keys: [key.value], verify: verifyNatively })
  if (!opened.ok) return undefined
  const size = treeSizeNumber(opened.value.checkpoint.size)
  return size === undefined ? undefined : { size, rootHash: opened.value.checkpoint.rootHash }
}
