import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** What the build left in `public/seal`: the address of the seal's module, whose name holds a hash of its content, and the lines that stand in a page itself. */
type Manifest = { readonly script: string; readonly memory: string; readonly hold: string; readonly follow: string }

let known: Promise<Manifest> | undefined

function manifest(): Promise<Manifest> {
  known ??= readFile(`${process.cwd()}/public/seal/manifest.json`, 'utf8').then(text => JSON.parse(text) as Manifest)
  return known
}

/** Address of the seal's module; read once. */
export async function sealScript(): Promise<string> {
  return (await manifest()).script
}

/** Address of the module that holds a site to what this browser has seen of its log. */
export async function memoryScript(): Promise<string> {
  return (await manifest()).memory
}

/** Address of the module that holds a site to its witnesses. */
export async function holdScript(): Promise<string> {
  return (await manifest()).hold
}

/** The few lines that ask for what a page loads once its verdict stands, or when a button is pressed (`lib/device/follow.ts`). */
export async function followScript(): Promise<string> {
  return (await manifest()).follow
}

let offline: Promise<{ readonly bytes: number; readonly sha256: string }> | undefined

/** The offline verifier that the build left beside the seal: its size in bytes and its SHA-256, lower-case hex; read once. */
export function offlineVerifier(): Promise<{ readonly bytes: number; readonly sha256: string }> {
  offline ??= readFile(`${process.cwd()}/public/seal/throughline-verifier.html`).then(bytes => ({
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }))
  return offline
}
