import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

const root = new URL('../../', import.meta.url)
const path = relative => fileURLToPath(new URL(relative, root))
const read = relative => readFile(path(relative), 'utf8')

/** Where the site serves it from; beside the seal, whose folder is made by a build too. */
const SERVED = 'public/seal/throughline-verifier.html'
const MOST_BYTES = 400_000
/** Every language, by its own name and direction, in the order of `lib/messages/locale.ts`. */
const LANGUAGES = {
  en: { name: 'English', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
}
/** The messages that the file speaks with, by file and branch. */
const WORDS = {
  seal: ['seal'],
  checks: ['checks', 'outcomes', 'codes'],
  refusals: ['refusals'],
  words: ['party', 'stages', 'kinds', 'units'],
  verify: ['verify'],
  verifier: ['verifier'],
}
const FEW_WORDS = [
  ['site', 'site.language'],
  ['track', 'share.print'],
  ['track', 'track.limits'],
  ['memory', 'memory.title'],
  ['memory', 'memory.text'],
]

/** The offline verifier as one HTML file: the same bytes from the same sources, whoever makes it. */
export async function verifierFile() {
  const [script, style, languages] = await Promise.all([scriptOf(), styleOf(), languagesOf()])
  const page = [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    // No network at all, whatever a file makes of the script; and only this script and this style.
    `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Throughline</title>',
    `<style>${style}</style>`,
    '<body>',
    '<noscript><p>Needs JavaScript · JavaScript requis · Requiere JavaScript · يحتاج إلى JavaScript</p></noscript>',
    '<div id="page"></div>',
    `<script type="application/json" id="languages">${languages}</script>`,
    `<script>${script}</script>`,
  ].join('\n')
  const bytes = Buffer.from(`${page}\n`)
  if (bytes.length > MOST_BYTES) throw new Error(`the verifier has ${bytes.length} bytes; at most ${MOST_BYTES}`)
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

const hashOf = text => `sha256-${createHash('sha256').update(text).digest('base64')}`

async function scriptOf() {
  const { outputFiles } = await build({
    entryPoints: [path('lib/device/verifier/verifier.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  })
  const text = outputFiles[0].text.trim()
  if (/<\/script|<!--/i.test(text)) throw new Error('the script would end its element')
  return text
}

/** The site's tokens, pieces and seal, without what only Tailwind understands, and what this file has of its own. */
async function styleOf() {
  const globals = (await read('app/globals.css'))
    .replace(/^@(import|source) .*$/gm, '')
    .replace(/^@theme inline \{[\s\S]*?^\}/m, '')
  const rest = ['lib/device/verifier/verifier.css', 'app/pieces.css', 'app/seal.css']
  const css = [globals, ...(await Promise.all(rest.map(read)))].join('\n')
  const { code } = await transform(css, { loader: 'css', minify: true, charset: 'utf8', legalComments: 'none' })
  return code.trim()
}

async function languagesOf() {
  const all = {}
  for (const [locale, named] of Object.entries(LANGUAGES)) {
    const words = {}
    for (const [file, branches] of Object.entries(WORDS)) {
      const messages = JSON.parse(await read(`lib/messages/${locale}/${file}.json`))
      for (const branch of branches) words[branch] = messages[branch]
    }
    for (const [file, name] of FEW_WORDS) {
      const [branch, key] = name.split('.')
      words[branch] = {
        ...words[branch],
        [key]: JSON.parse(await read(`lib/messages/${locale}/${file}.json`))[branch][key],
      }
    }
    all[locale] = { ...named, words }
  }
  return JSON.stringify(all).replace(/</g, '\\u003c')
}

// A path: the file goes there. Without one it goes where the site gives it away.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, sha256 } = await verifierFile()
  const [to] = process.argv.slice(2)
  // npm runs this in the project's folder; the person typed the path somewhere else.
  const written = to === undefined ? path(SERVED) : resolve(process.env.INIT_CWD ?? '.', to)
  await mkdir(dirname(written), { recursive: true })
  await writeFile(written, bytes)
  process.stdout.write(`${to === undefined ? SERVED : written}: ${bytes.length} bytes\nSHA-256 ${sha256}\n`)
}
