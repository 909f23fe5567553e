import { join } from 'node:path'
import { createPrivateFile, readIfPresent } from './files.ts'

/** The key pair by which push services know this server (RFC 8292), as web-push writes them: base64url of a P-256 point and scalar. */
export type PushKeys = { readonly publicKey: string; readonly privateKey: string }

const pathIn = (dataDir: string) => join(dataDir, 'push-keys.json')

/** The keys in the data folder; undefined where none were made: push is off then. Throws where the file cannot be read as keys. */
export function readPushKeys(dataDir: string): PushKeys | undefined {
  const text = readIfPresent(pathIn(dataDir))
  if (text === undefined) return undefined
  const { publicKey, privateKey } = JSON.parse(text) as Partial<PushKeys>
  const isKey = (key: unknown) => typeof key === 'string' && /^[\w-]{40,90}$/.test(key)
  if (!isKey(publicKey) || !isKey(privateKey)) throw new Error(`${pathIn(dataDir)} holds no keys`)
  return { publicKey: publicKey as string, privateKey: privateKey as string }
}

/** Keeps new keys in the data folder, for its owner alone, and gives the file's path. Throws where there are some: every browser knows those. */
export function createPushKeys(dataDir: string, keys: PushKeys): string {
  const { publicKey, privateKey } = keys
  createPrivateFile(pathIn(dataDir), `${JSON.stringify({ publicKey, privateKey }, null, 2)}\n`)
  return pathIn(dataDir)
}
