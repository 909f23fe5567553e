import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const path = relative => fileURLToPath(new URL(relative, import.meta.url))
const FOLDER = new URL('../../public/seal/', import.meta.url)
const MOST_BYTES = 40 * 1024

/**
 * Bundles the verifier that pages load into `public/seal/<hash of its content>.js` and names it in `manifest.json`, which the server reads.
 * Refuses a module larger than 40 KiB compressed: a phone on a poor network waits for it.
 */
export async function bundleSeal() {
  const { outputFiles } = await build({
    entryPoints: [path('../device/seal.ts')],
    bundle: true,
    // The same arithmetic at an eighth of the size; why and how it is tested stands in that file.
    alias: { '@noble/curves/ed25519.js': path('../device/edwards25519.ts') },
    minify: true,
    format: 'esm',
    target: 'es2023',
    legalComments: 'none',
    write: false,
  })
  const content = outputFiles[0].contents
  const compressed = gzipSync(content, { level: 9 }).length
  if (compressed > MOST_BYTES) throw new Error(`the seal has ${compressed} bytes compressed; at most ${MOST_BYTES}`)
  const name = `${createHash('sha256').update(content).digest('hex').slice(0, 20)}.js`
  await mkdir(FOLDER, { recursive: true })
  const before = await readdir(FOLDER)
  await writeFile(new URL(name, FOLDER), content)
  await writeFile(new URL('manifest.json', FOLDER), `${JSON.stringify({ script: `/seal/${name}`, compressed })}\n`)
  await Promise.all(before.filter(old => old.endsWith('.js') && old !== name).map(old => rm(new URL(old, FOLDER))))
  return { name, compressed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, compressed } = await bundleSeal()
  process.stdout.write(`public/seal/${name}: ${compressed} bytes compressed\n`)
}
