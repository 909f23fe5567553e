import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { base64Decode, base64Encode } from '../core/bytes.ts'
import { publicKeyOf } from '../core/ledger/ed25519.ts'
import { formatVkey, noteKey, TYPE_ED25519 } from '../core/ledger/vkey.ts'
import { createPrivateFile, readIfPresent } from './files.ts'
import type { LogSettings, Signer } from './log-state.ts'

const path = (settings: LogSettings) => join(settings.dataDir, 'log.key')

/** The log's seed, from `LOG_KEY` or the file; undefined where there is neither. Never creates one. Throws where the file holds anything else. */
export function loadLogKey(settings: LogSettings): Uint8Array | undefined {
  const text = settings.logKey ?? readIfPresent(path(settings))?.trimEnd()
  if (text === undefined) return undefined
  const seed = base64Decode(text)
  if (seed?.length !== 32) throw new Error(`${path(settings)} does not hold the base64 of 32 bytes`)
  return seed
}

/** Makes the log's seed, once, while the log is being founded. Throws where there is one. */
export function createLogKey(settings: LogSettings): Uint8Array {
  if (loadLogKey(settings)) throw new Error('this log has a key')
  const seed = new Uint8Array(randomBytes(32))
  createPrivateFile(path(settings), `${base64Encode(seed)}\n`)
  return seed
}

/** The verifier key of the log `origin`, from the seed that these settings lead to; undefined where it is not here. */
export function vkeyFrom(settings: LogSettings, origin: string): string | undefined {
  const seed = loadLogKey(settings)
  return seed && signerOf({ origin, seed }).vkey
}

/** What signs for the log `origin`. */
export function signerOf({ origin, seed }: { origin: string; seed: Uint8Array }): Signer {
  return { origin, seed, vkey: formatVkey(noteKey({ name: origin, type: TYPE_ED25519, publicKey: publicKeyOf(seed) })) }
}
