import { readFile } from 'node:fs/promises'

let known: string | undefined

/** Address of the seal's module, whose name holds a hash of its content; read once from what the build left in `public/seal`. */
export async function sealScript(): Promise<string> {
  if (known !== undefined) return known
  const manifest = JSON.parse(await readFile(`${process.cwd()}/public/seal/manifest.json`, 'utf8')) as {
    script: string
  }
  known = manifest.script
  return known
}
