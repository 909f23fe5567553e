import { equalBytes, utf8Decode, utf8Encode } from '../core/bytes.ts'
import { parseEvidence } from '../core/evidence/bundle.ts'
import { openCheckpoint, treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { rootFromTiles } from '../core/ledger/consistency-tiles.ts'
import { formatContradiction, judgeContradiction } from '../core/ledger/contradiction.ts'
import { subtreeHashes } from '../core/ledger/hash-tiles.ts'
import { consistencyRanges } from '../core/ledger/merkle.ts'
import { type TileAddress, tilePath } from '../core/ledger/tile.ts'
import { parseTlogProof } from '../core/ledger/tlog-proof.ts'
import { formatVkey, type NoteKey } from '../core/ledger/vkey.ts'
import { verifyNatively } from './ed25519.ts'
import { printable, readBytes, Unusable } from './verify-input.ts'

/** What comparing came to: `same` history, another one (`differs`, with both notes as a file), or neither is shown (`open`). */
export type Compared = {
  readonly outcome: 'same' | 'differs' | 'open'
  readonly text: string
  /** Set where it differs: evidence for anyone (lib/core/ledger/SPEC.md). */
  readonly file?: string
}

type State = { readonly size: number; readonly root: Uint8Array }
type Other = { readonly note: string; readonly base: string | undefined }

const MILLISECONDS = 20_000
const MOST_BYTES = 64 * 1024

/**
 * Whether `note` and the checkpoint at `where` (a file with a checkpoint, an evidence file or a receipt, or the address of a log) are of one history, by
 * the log of `key`. Sizes that differ are settled from the tiles of the log, where there is an address. Throws {@link Unusable} where there is nothing to compare with.
 */
export async function compareWith(args: { note: string; where: string; key: NoteKey }): Promise<Compared> {
  const { note, where, key } = args
  const other = /^https?:\/\//.test(where)
    ? await fetchCheckpoint(where)
    : { note: checkpointIn(readBytes(where)), base: undefined }
  const [own, theirs] = [await opened(note, key, 'the file'), await opened(other.note, key, where)]
  const vkey = formatVkey(key)
  if (own.size === theirs.size) {
    if (equalBytes(own.root, theirs.root))
      return { outcome: 'same', text: `Same list of ${own.size} records, here and there.` }
    const file = formatContradiction({ vkey, proof: [], notes: [note, other.note] })
    return { outcome: 'differs', text: differs(own.size, theirs.size), file }
  }
  const mine = { ...own, note }
  const yours = { ...theirs, note: other.note }
  const [large, small] = own.size > theirs.size ? [mine, yours] : [yours, mine]
  const parting = other.base === undefined || large === mine ? undefined : await partingOf(other.base, small, large)
  if (!parting) {
    return {
      outcome: 'open',
      text: `Lists of ${large.size} and ${small.size} records. Whether the longer one leads on from the other is not shown here: compare with the address of a log that has it.`,
    }
  }
  const [beginning] = parting
  if (beginning && equalBytes(beginning, small.root)) {
    return { outcome: 'same', text: `The list of ${large.size} records leads on from that of ${small.size}.` }
  }
  const file = formatContradiction({ vkey, proof: parting, notes: [large.note, small.note] })
  return { outcome: 'differs', text: differs(large.size, small.size), file }
}

const differs = (a: number, b: number) =>
  `TWO HISTORIES. The log signed two lists, of ${a} and of ${b} records, that cannot both be true. Keep both signed notes:`

/** What a contradiction file proves, in a sentence, and the exit code: 1 proven, 3 not shown. Throws {@link Unusable} on what is none. */
export async function explainContradiction(
  bytes: Uint8Array,
  trusted: string | undefined,
): Promise<{ code: 1 | 3; text: string }> {
  const judged = await judgeContradiction({ bytes, verify: verifyNatively })
  const vkey = utf8Decode(bytes)?.split('\n')[1] ?? ''
  const whose =
    trusted === undefined
      ? `Signed with ${vkey}: compare that key with one you have from elsewhere.`
      : trusted === vkey
        ? 'Signed with the key that you named.'
        : `Signed with ${vkey}, which is not the key that you named.`
  if (judged.ok) {
    const [larger, smaller] = judged.value
    const text = `PROVEN: TWO HISTORIES. The log ${larger.origin} signed a list of ${larger.size} records and one of ${smaller.size} that cannot both be true.\n${whose}\n`
    return { code: trusted === undefined || trusted === vkey ? 1 : 3, text: printable(text) }
  }
  if (judged.code !== 'contradiction-open') throw new Unusable(printable(`${judged.code}: ${judged.detail}`))
  const text = `NOT PROVEN. Both notes are signed by one log (${judged.detail}), and the file does not show that they contradict each other: the longer list may lead on from the other.\n${whose}\nWhere a server shows the shorter one, its newest records are missing there: whoever holds the longer note can say so.\n`
  return { code: 3, text: printable(text) }
}

async function opened(note: string, key: NoteKey, what: string): Promise<State> {
  const checkpoint = await openCheckpoint({ bytes: utf8Encode(note), keys: [key], verify: verifyNatively })
  const size = checkpoint.ok ? treeSizeNumber(checkpoint.value.checkpoint.size) : undefined
  if (!checkpoint.ok || size === undefined) {
    throw new Unusable(
      printable(
        `--compare: the checkpoint of ${what} is not by this log: ${checkpoint.ok ? 'too large' : checkpoint.detail}`,
      ),
    )
  }
  return { size, root: checkpoint.value.checkpoint.rootHash }
}

/** A checkpoint as a note, or the one in an evidence file or a receipt. */
function checkpointIn(bytes: Uint8Array): string {
  const evidence = parseEvidence(bytes)
  if (evidence.ok) return evidence.value.checkpoint
  const receipt = parseTlogProof(bytes)
  return utf8Decode(receipt.ok ? receipt.value.checkpoint : bytes) ?? ''
}

async function fetchCheckpoint(where: string): Promise<Other> {
  const base = where.replace(/\/+$/, '').replace(/\/checkpoint$/, '')
  for (const each of base.endsWith('/log') ? [base] : [base, `${base}/log`]) {
    const note = utf8Decode((await fetched(`${each}/checkpoint`)) ?? new Uint8Array())
    if (note?.includes('\n\n\u2014 ')) return { note, base: each }
  }
  throw new Unusable(`--compare: there is no checkpoint at ${where}`)
}

/** Root of as many first leaves of the larger tree as the smaller has, then the consistency proof from there, from tiles that lead to its root; undefined where they do not. */
async function partingOf(base: string, { size: oldSize }: State, large: State): Promise<Uint8Array[] | undefined> {
  const { size: newSize, root: newRoot } = large
  const held = new Map<string, Promise<Uint8Array | undefined>>()
  const fetchTile = (address: TileAddress) => {
    const path = tilePath(address)
    const tile = held.get(path) ?? fetched(`${base}/${path}`)
    held.set(path, tile)
    return tile
  }
  const root = await rootFromTiles({ oldSize, newSize, newRoot, fetchTile })
  if (!root.ok) return undefined
  const readTile = async (address: TileAddress) => {
    const bytes = (await fetchTile(address)) ?? new Uint8Array()
    return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.slice(32 * i, 32 * (i + 1)))
  }
  const ranges = consistencyRanges({ oldSize, newSize })
  const proof = await subtreeHashes({ ranges, treeSize: newSize, readTile }).catch(() => undefined)
  return proof && [root.value, ...proof]
}

async function fetched(url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(MILLISECONDS) })
    const bytes = response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined
    return bytes && bytes.length <= MOST_BYTES ? bytes : undefined
  } catch {
    return undefined
  }
}
