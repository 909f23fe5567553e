import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hexDecode, hexEncode } from '../core/bytes.ts'
import { keyName } from '../core/custody/event.ts'
import { publicKeyNatively } from './sign.ts'

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

/** A key file as it lies in DATA_DIR/keys. */
const shape = z.strictObject({
  origin: z.string(),
  use: z.string(),
  party: z.string(),
  role: z.enum(['admin', 'member', 'claim']),
  key: hex(16),
  nonce: hex(16).optional(),
  seed: hex(32),
})

/** An Ed25519 key that this machine keeps for a party of one log; whoever reads the file can sign as that party. */
export interface KeptKey {
  /** The log it is for. */
  readonly origin: string
  /** What the command line keeps it for, one key each: `operator`, `recovery`, `importer` … */
  readonly use: string
  /** Reference of the party; '' until it is registered. */
  readonly party: string
  /** `claim`: the one-time key of an open release, enrolled for nobody. */
  readonly role: 'admin' | 'member' | 'claim'
  /** With the operator's key: what its party's reference was made from, 16 bytes of hex. */
  readonly nonce?: string | undefined
  /** 32 hex characters, the key's name in the log. */
  readonly key: string
  /** 32 bytes each. */
  readonly publicKey: Uint8Array
  readonly seed: Uint8Array
}

/** The key of a 32-byte seed. */
export function keptKey({ seed, ...rest }: Omit<KeptKey, 'key' | 'publicKey'>): KeptKey {
  const publicKey = publicKeyNatively(seed)
  return { ...rest, seed, publicKey, key: keyName(publicKey) }
}

/** Writes `DATA_DIR/keys/<key>.json`, readable by its owner alone, and waits until it is on the disk. Throws where it exists. */
export function saveKey(dataDir: string, { origin, use, party, role, nonce, key, seed }: KeptKey): void {
  const folder = join(dataDir, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = openSync(join(folder, `${key}.json`), 'wx', 0o600)
  try {
    writeSync(
      file,
      `${JSON.stringify({ origin, use, party, role, nonce, key, seed: hexEncode(seed) }, undefined, 2)}\n`,
    )
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Every key kept under `dataDir`; none where there is no such folder. Throws with the file's name where one cannot be read as a key. */
export function loadKeys(dataDir: string): KeptKey[] {
  const folder = join(dataDir, 'keys')
  return namesIn(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => readKey(join(folder, name)))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function readKey(path: string): KeptKey {
  const text = readFileSync(path, 'utf8')
  try {
    const { seed, key, ...rest } = shape.parse(JSON.parse(text))
    const read = keptKey({ ...rest, seed: hexDecode(seed, 32) as Uint8Array })
    if (read.key !== key) throw new Error('the seed is not that of the key')
    return read
  } catch (error) {
    throw new Error(`${path} is no key file: ${(error as Error).message}`)
  }
}
