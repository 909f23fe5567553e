import { utf8Encode } from '../../core/bytes.ts'
import { readHead } from '../../core/evidence/log-checks.ts'
import { openCheckpoint } from '../../core/ledger/checkpoint.ts'
import { parseVkey } from '../../core/ledger/vkey.ts'
import { paths } from '../../paths.ts'
import { ask } from '../ask.ts'
import { signatureVerifier } from '../ed25519.ts'
import type { Signed } from './judge.ts'

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
