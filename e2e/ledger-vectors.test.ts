import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { build } from 'esbuild'

/** What runs in the page: the ledger's own check of its vectors, once with the browser's Ed25519 and once with the fallback. */
const PAGE_SCRIPT = `
  import { verifyEd25519Fallback } from './lib/core/ledger/ed25519.ts'
  import { checkVectors } from './lib/core/ledger/vectors/check.ts'
  import vectors from './lib/core/ledger/vectors/tlog-vectors.json'

  async function native({ publicKey, message, signature }) {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, signature, message)
  }
  globalThis.checked = {
    native: await checkVectors(vectors, native),
    fallback: await checkVectors(vectors, verifyEd25519Fallback),
  }
`

test("a browser reads and checks what Go's own packages signed and proved, with its own Ed25519 and with ours", async ({
  page,
}) => {
  const bundle = await build({
    stdin: { contents: PAGE_SCRIPT, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'js' },
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
  })
  const script = bundle.outputFiles[0]?.text ?? ''
  const server = createServer((request, response) => {
    const isScript = request.url === '/check.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : '<!doctype html><title>check</title><script type="module" src="/check.js"></script>',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    // WebCrypto needs a secure context: this address is one.
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const checked = await page.waitForFunction(() => Reflect.get(globalThis, 'checked'))
    expect(await checked.jsonValue()).toEqual({
      native: { passed: 773, failed: [] },
      fallback: { passed: 773, failed: [] },
    })
  } finally {
    server.close()
  }
})
