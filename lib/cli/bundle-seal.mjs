import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const path = relative => fileURLToPath(new URL(relative, import.meta.url))
const FOLDER = new URL('../../public/seal/', import.meta.url)
const MOST_BYTES = 40_000

/** One entry with all it needs, as one module; its name is a hash of its content. */
async function bundle(entry, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [path(entry)],
    bundle: true,
    define,
    external: ['/seal/*'],
    minify: true,
    format: 'esm',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  })
  const content = outputFiles[0].contents
  const name = `${createHash('sha256').update(content).digest('hex').slice(0, 20)}.js`
  return { name, content, compressed: gzipSync(content, { level: 9 }).length }
}

/**
 * Bundles the verifier that pages load into `public/seal/<hash of its content>.js` and names it in `manifest.json`, which the server reads. Beside
 * it the Ed25519 that it loads where a browser has none, what a browser remembers of a log, how it holds a site to witnesses, the form of `/verify`, what a page does once the verdict stands, the bench on which a visitor may cheat, and
 * the few lines in the page itself that ask for these two. Refuses a seal larger than 40 kB compressed: a phone on a poor network waits for it.
 */
export async function bundleSeal() {
  const fallback = await bundle('../device/fallback.ts')
  const memory = await bundle('../device/memory/memory.ts', { FALLBACK_MODULE: addressOf(fallback) })
  const hold = await bundle('../device/hold/hold.ts', { FALLBACK_MODULE: addressOf(fallback) })
  const files = await bundle('../device/verify-page.ts')
  const known = {
    FALLBACK_MODULE: addressOf(fallback),
    MEMORY_MODULE: addressOf(memory),
    FILES_MODULE: addressOf(files),
    HOLD_MODULE: addressOf(hold),
  }
  const seal = await bundle('../device/seal.ts', known)
  const { name, compressed } = seal
  if (compressed > MOST_BYTES) throw new Error(`the seal has ${compressed} bytes compressed; at most ${MOST_BYTES}`)
  const after = await bundle('../device/after.ts', known)
  const cheat = await bundle('../device/cheat/bench.ts', known)
  const modules = { AFTER_MODULE: addressOf(after), CHEAT_MODULE: addressOf(cheat) }
  const follow = await bundle('../device/follow.ts', modules)
  await mkdir(FOLDER, { recursive: true })
  const before = await readdir(FOLDER)
  const written = [seal, fallback, memory, hold, files, after, cheat]
  for (const each of written) await writeFile(new URL(each.name, FOLDER), each.content)
  const manifest = {
    script: `/seal/${name}`,
    memory: `/seal/${memory.name}`,
    hold: `/seal/${hold.name}`,
    compressed,
    follow: new TextDecoder().decode(follow.content).trim(),
  }
  await writeFile(new URL('manifest.json', FOLDER), `${JSON.stringify(manifest)}\n`)
  const old = before.filter(each => each.endsWith('.js') && !written.some(file => file.name === each))
  await Promise.all(old.map(each => rm(new URL(each, FOLDER))))
  return {
    name,
    compressed,
    more: {
      memory: memory.compressed,
      hold: hold.compressed,
      files: files.compressed,
      after: after.compressed,
      cheat: cheat.compressed,
      follow: follow.compressed,
    },
  }
}

const addressOf = ({ name }) => JSON.stringify(`/seal/${name}`)

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, compressed, more } = await bundleSeal()
  process.stdout.write(`public/seal/${name}: ${compressed} bytes compressed\n`)
  for (const [what, bytes] of Object.entries(more)) process.stdout.write(`  ${what}: ${bytes} bytes compressed\n`)
}
