import { utf8Encode } from '../../core/bytes.ts'
import { readHead } from '../../core/evidence/log-checks.ts'
import { openCheckpoint } from '../../core/ledger/checkpoint.ts'
import type { FetchTile } from '../../core/ledger/consistency-tiles.ts'
import { TILE_WIDTH, tilePath } from '../../core/ledger/tile.ts'
import { parseVkey } from '../../core/ledger/vkey.ts'
import { paths } from '../../paths.ts'
import { signatureVerifier } from '../ed25519.ts'
import type { Signed } from './judge.ts'

const WAIT = 20_000

/** What is asked of the log: by nobody in particular, and not from this browser's own store. */
const ask = (path: string) =>
  fetch(path, { credentials: 'omit', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(WAIT) })

/** The site's newest checkpoint. Rejects where it gives none; undefined where it is not one by `vkey`. */
export async function fetchNewest(vkey: string): Promise<Signed | undefined> {
  const response = await ask(paths.checkpoint())
  if (!response.ok) throw new Error(`the checkpoint answered ${response.status}`)
  return readSigned(await response.text(), vkey)
}

/** The tree that `note` states, where it is a checkpoint that `vkey` signed. */
export async function readSigned(note: string, vkey: string): Promise<Signed | undefined> {
  const key = parseVkey(vkey)
  const head = readHead(note)
  if (!key.ok || !head) return undefined
  const opened = await openCheckpoint({ bytes: utf8Encode(note), keys: [key.value], verify: await signatureVerifier() })
  return opened.ok ? { ...head, note } : undefined
}

/** A tile of this site's log. Where it has one no longer at that width, the full one, of which it is the beginning. Rejects where nothing answers. */
export const fetchTile: FetchTile = async address => {
  const narrow = await tileAt(tilePath(address))
  if (narrow || address.width === TILE_WIDTH) return narrow
  return (await tileAt(tilePath({ ...address, width: TILE_WIDTH })))?.slice(0, 32 * address.width)
}

async function tileAt(path: string): Promise<Uint8Array | undefined> {
  // Never from this browser's own store: the question is what the site still holds.
  const response = await ask(`/log/${path}`)
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
