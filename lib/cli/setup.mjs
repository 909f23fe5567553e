import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.mjs'
import { findPostgresql } from './postgresql.mjs'
import { run, runLong, say } from './run.mjs'

// Plain JavaScript without dependencies: this runs on a fresh clone, before node_modules exists.

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'))

const node = process.execPath
const readJson = path => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

class SetupError extends Error {}

async function must(title, command, { env, hint } = {}) {
  const { code, output } = await runLong(title, command, { env })
  if (code === 0) return
  throw new SetupError([output.split('\n').slice(-200).join('\n'), hint ?? ''].join('\n'))
}

/** The npm that started us, by the Node that runs us; `npm` from the path where we were started by hand. */
function npm(...args) {
  const path = process.env.npm_execpath
  if (path && /^npm/.test(basename(path))) return [node, path, ...args]
  const own = ['../lib/node_modules', 'node_modules'].map(folder => join(dirname(node), folder, 'npm/bin/npm-cli.js'))
  const found = own.find(existsSync)
  return found ? [node, found, ...args] : ['npm', ...args]
}

/** Node's own headers, where they are installed beside it: a compile then downloads nothing. */
function headers() {
  const prefix = resolve(dirname(node), '..')
  return existsSync(join(prefix, 'include/node/node_version.h')) ? { npm_config_nodedir: prefix } : {}
}

/** Whether node_modules is what the lockfile says; npm keeps its own record of what it has installed. `isLean`: without what only building and testing need. */
function isInstalled({ isLean = false } = {}) {
  const wanted = readJson('package-lock.json').packages
  const present = readJson('node_modules/.package-lock.json')?.packages
  if (!present) return false
  const direct = ({ dependencies, devDependencies }) =>
    JSON.stringify(Object.entries({ ...dependencies, ...devDependencies }).sort())
  if (direct(readJson('package.json')) !== direct(wanted[''])) return false
  const isSame = (a, b) => a.version === b.version && (!a.integrity || !b.integrity || a.integrity === b.integrity)
  const mayMiss = ({ optional, dev, devOptional }) => optional || (isLean && (dev || devOptional))
  const isThere = ([path, entry]) => path === '' || (present[path] ? isSame(present[path], entry) : mayMiss(entry))
  return Object.entries(wanted).every(isThere) && Object.keys(present).every(path => wanted[path])
}

const compilerHint =
  'better-sqlite3 had to be compiled and could not be: that needs Python 3, make and a C++ compiler (Debian: apt-get install python3 make g++).'

/**
 * All packages and none of their install scripts: most only try to download what is here already or not needed. What is only for building may be gone
 * where all of `builds` is made already (README, "Install").
 */
async function packages(builds) {
  if (isInstalled() || (builds?.every(isMade) && isInstalled({ isLean: true }))) return
  await must('Installing packages', npm('ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'))
}

/** The one package whose script is needed: it fetches a built SQLite or compiles it. */
async function sqlite() {
  const trial = [node, '-e', "new (require('better-sqlite3'))(':memory:').close()"]
  if ((await run(trial)).code === 0) return
  await must('Building better-sqlite3 (1–2 minutes where it is compiled)', npm('rebuild', 'better-sqlite3'), {
    env: headers(),
    hint: compilerHint,
  })
  const { code, output } = await run(trial)
  if (code !== 0) throw new SetupError(`${output}\n${compilerHint}`)
}

/** Every file under the paths, sorted, without what a build leaves out or writes itself. */
function filesOf(paths) {
  const isInput = path =>
    !/\.(test|fixture)\.tsx?$|\.md$|^lib[/\\](cli|data[/\\]generated)[/\\]|^public[/\\](seal|brotli|screenshots)/.test(
      path,
    )
  const walk = path =>
    readdirSync(path, { withFileTypes: true }).flatMap(entry => {
      const child = join(path, entry.name)
      return entry.isDirectory() ? walk(child) : [child]
    })
  const isFile = path => statSync(path).isFile()
  const present = paths.filter(path => existsSync(path))
  return present.flatMap(path => (isFile(path) ? [path] : walk(path).filter(isInput))).sort()
}

// Stamps lie in node_modules: a new installation makes everything again.
const stampFile = 'node_modules/.cache/throughline-setup.json'

function writeStamp(output, stamp) {
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, `${JSON.stringify({ ...readJson(stampFile), [output]: stamp }, null, 2)}\n`)
}

function stampOf({ inputs, command }) {
  const hash = createHash('sha256').update(`${process.version}\n${command.join(' ')}\n`)
  for (const file of filesOf([...inputs, 'package-lock.json']))
    hash.update(`${file}\n`).update(readFileSync(file)).update('\n')
  return hash.digest('hex')
}

const isMade = build => readJson(stampFile)?.[build.output] === stampOf(build) && existsSync(build.output)

/** Runs a step whose inputs have changed since it last succeeded, or whose output is not there. */
async function make(build) {
  if (isMade(build)) return
  const { title, output, command, env } = build
  const stamp = stampOf(build)
  // The old stamp goes first: a step that fails half-way has spoilt what it stood for.
  writeStamp(output, undefined)
  await must(title, command, { env })
  writeStamp(output, stamp)
}

const quiet = { NEXT_TELEMETRY_DISABLED: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }
const sources = [
  'app',
  'lib',
  'prisma',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'proxy.ts',
  'instrumentation.ts',
]

const clients = {
  title: 'Generating the clients of both databases',
  inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'lib/cli/generate-clients.mjs'],
  output: 'lib/data/generated/postgresql',
  command: [node, 'lib/cli/generate-clients.mjs'],
  env: quiet,
}

const types = {
  title: 'Generating the types of the routes',
  inputs: ['app', 'next.config.ts'],
  output: 'next-env.d.ts',
  command: [node, 'node_modules/next/dist/bin/next', 'typegen'],
  env: quiet,
}

const site = [
  clients,
  {
    title: "Bundling the verifier's own script",
    inputs: ['lib/core', 'lib/device', 'lib/cli/bundle-seal.mjs'],
    output: 'public/seal',
    command: [node, 'lib/cli/bundle-seal.mjs'],
  },
  {
    title: 'Making the offline verifier',
    inputs: [
      'lib/core',
      'lib/device',
      'lib/messages',
      'app/globals.css',
      'app/pieces.css',
      'app/seal.css',
      'lib/cli/bundle-verifier.mjs',
    ],
    output: 'public/seal/throughline-verifier.html',
    command: [node, 'lib/cli/bundle-verifier.mjs'],
  },
  {
    title: 'Building the app (about a minute)',
    inputs: sources,
    output: '.next/BUILD_ID',
    command: [node, 'node_modules/next/dist/bin/next', 'build'],
    env: quiet,
  },
  {
    title: 'Compressing the scripts',
    inputs: ['.next/BUILD_ID', 'public/seal/manifest.json', 'lib/cli/compress-scripts.mjs'],
    output: 'public/brotli',
    command: [node, 'lib/cli/compress-scripts.mjs'],
  },
]

async function hasBrowser() {
  const path = await findChromium().catch(error => {
    throw new SetupError(error.message)
  })
  return path !== undefined && (await run([path, '--version'])).code === 0
}

async function browser() {
  if (await hasBrowser()) return
  await runLong(
    "Downloading Playwright's Chromium",
    [node, 'node_modules/@playwright/test/cli.js', 'install', 'chromium'],
    { env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' } },
  )
  if (await hasBrowser()) return
  let output = ''
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await runLong('Reading the list of Debian packages', ['apt-get', 'update'], { env })
    const command = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium']
    output = (await runLong("Installing Debian's Chromium", command, { env })).output
    if (await hasBrowser()) return
  }
  throw new SetupError(
    `${output}The tests need a Chromium that starts. Install one (Debian: apt-get install chromium), or name one: CHROMIUM=/path/to/chromium`,
  )
}

/** The tests start servers of their own, and kill some. */
async function postgresql() {
  const isThere = () => findPostgresql() !== undefined
  if (isThere()) return
  let output = ''
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await runLong('Reading the list of Debian packages', ['apt-get', 'update'], { env })
    const command = ['apt-get', 'install', '-y', '--no-install-recommends', 'postgresql']
    output = (await runLong("Installing Debian's PostgreSQL", command, { env })).output
    if (isThere()) return
  }
  throw new SetupError(
    `${output}The tests need the programs of a PostgreSQL server (initdb, pg_ctl, postgres), 14 or newer: on the path, or Debian's package (apt-get install postgresql).`,
  )
}

/** What each command needs before it can run: packages, of which those for development may be missing once `builds` are made, programs, then the builds. */
const goals = {
  verify: { needs: [], builds: [] },
  data: { needs: [sqlite], builds: [clients] },
  check: { isForDevelopers: true, needs: [], builds: [clients, types] },
  app: { needs: [sqlite], builds: site },
  test: { isForDevelopers: true, needs: [sqlite, browser, postgresql], builds: site },
}

async function main() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    throw new SetupError(`Node ${process.version} is too old: 20.19 or newer is needed.`)
  const goal = process.argv[2] ?? ''
  if (!Object.hasOwn(goals, goal))
    throw new SetupError(`Usage: node lib/cli/setup.mjs ${Object.keys(goals).join(' | ')}`)
  const { isForDevelopers, needs, builds } = goals[goal]
  await packages(isForDevelopers ? undefined : builds)
  for (const need of needs) await need()
  for (const build of builds) await make(build)
}

main().catch(error => {
  say(error instanceof SetupError ? error.message : error.stack)
  process.exitCode = 70 // Apart from the codes of the command that was to follow (verify: 0–3).
})
