import { readFile } from 'node:fs/promises'

/** What the build left in `public/seal`: the address of the seal's module, whose name holds a hash of its content, and the lines that stand in a page itself. */
type Manifest = { readonly script: string; readonly follow: string }

let known: Promise<Manifest> | undefined

function manifest(): Promise<Manifest> {
  known ??= readFile(`${process.cwd()}/public/seal/manifest.json`, 'utf8').then(text => JSON.parse(text) as Manifest)
  return known
}

/** Address of the seal's module; read once. */
export async function sealScript(): Promise<string> {
  return (await manifest()).script
}

/** The few lines that ask for what a page loads once its verdict stands, or when a button is pressed (`lib/device/follow.ts`). */
export async function followScript(): Promise<string> {
  return (await manifest()).follow
}
