import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { base64Decode, base64Encode } from '../core/bytes.ts'
import { formatVkey, isKeyName, noteKey, TYPE_COSIGNATURE } from '../core/ledger/vkey.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { createPrivateFile, readIfPresent } from '../data/files.ts'
import { publicKeyNatively } from '../data/sign.ts'

/** A witness's one key. Its name stands in every line it signs, and never changes. */
export type WitnessKey = { readonly name: string; readonly seed: Uint8Array; readonly vkey: string }

/**
 * The key in `folder`, made there (readable by its owner alone) where there is none and `name` says what it is to be called.
 * Codes: `no-key` (none there, and no name given), `name-malformed`, `name-differs` (the key there has another), `key-unreadable`.
 */
export function openWitnessKey(
  folder: string,
  name: string | undefined,
): Result<WitnessKey, 'no-key' | 'name-malformed' | 'name-differs' | 'key-unreadable'> {
  const path = join(folder, 'witness.key')
  const kept = readIfPresent(path)
  if (kept === undefined) {
    if (name === undefined) return fail('no-key', `${path} is not there`)
    // Room for a length in one byte, as signed trees of the future have it.
    if (!isKeyName(name) || name.length > 200) return fail('name-malformed', name)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const seed = new Uint8Array(randomBytes(32))
    createPrivateFile(path, `${name}\n${base64Encode(seed)}\n`)
    return pass(keyOf(name, seed))
  }
  const [own = '', text = '', ...more] = kept.split('\n')
  const seed = base64Decode(text)
  if (!isKeyName(own) || seed?.length !== 32 || more.join() !== '') return fail('key-unreadable', path)
  if (name !== undefined && name !== own) return fail('name-differs', own)
  return pass(keyOf(own, seed))
}

function keyOf(name: string, seed: Uint8Array): WitnessKey {
  const publicKey = publicKeyNatively(seed)
  return { name, seed, vkey: formatVkey(noteKey({ name, type: TYPE_COSIGNATURE, publicKey })) }
}
