import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

const compress = promisify(brotliCompress)
const to = new URL('../../public/brotli/', import.meta.url)

// Next compresses with gzip only. A sixth less matters on the network of a phone in the field: `next.config.ts` gives these to browsers that take them.
await rm(to, { recursive: true, force: true })
await mkdir(to, { recursive: true })
for (const from of ['../../.next/static/chunks/', '../../public/seal/'].map(path => new URL(path, import.meta.url))) {
  for (const name of (await readdir(from)).filter(name => name.endsWith('.js'))) {
    await writeFile(new URL(name, to), await compress(await readFile(new URL(name, from))))
  }
}
