import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// biome-ignore lint/style/noRestrictedImports: where the set-up looks for a server, and nothing else of it
import { findPostgresql } from '../cli/postgresql.mjs'

/** A PostgreSQL server of the tests' own, on a socket in a temporary folder. */
export type TestServer = {
  readonly folder: string
  /** Address of a database on it, there or not. */
  url(database: string): string
  /** Starts it after {@link kill}, and waits until it has recovered. */
  restart(): void
  /** Kills the server without a word. */
  kill(): void
  /** Ends it for good. Without this it goes with the process. */
  stop(): void
}

// PostgreSQL does not run as root: it is given to the user that Debian made for it, or to nobody.
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string, name: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
  try {
    return { uid: id('-u', 'postgres'), gid: id('-g', 'postgres') }
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') }
  }
}

// Ends the server and removes its folder when the tests' process is gone, however it went: its end of the pipe is closed then.
const KEEPER = `
const { spawnSync } = require('node:child_process')
const [bin, folder] = process.argv.slice(1)
process.stdin.resume().on('end', () => {
  spawnSync(bin + '/pg_ctl', ['-D', folder + '/data', '-m', 'immediate', '-w', 'stop'])
  require('node:fs').rmSync(folder, { recursive: true, force: true })
})`

/** Makes and starts a server; it ends with this process. Throws where no PostgreSQL is installed. */
export function newServer(): TestServer {
  const bin = findPostgresql()
  if (bin === undefined)
    throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql), and the tests start one')
  const user = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'throughline-pg-'))
  // Its keeper belongs to the same user, the folder to be removed too.
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid)
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  const run = (name: string, args: readonly string[]) =>
    execFileSync(join(bin, name), args, { ...user, cwd: '/', stdio: 'ignore' })
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'])
  const settings = `-k ${folder} -c listen_addresses= -c max_connections=300 -c unix_socket_permissions=0777`
  const start = () => void run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-o', settings, '-w', 'start'])
  start()
  // Who may look into the folder: the tests' own user.
  chmodSync(folder, 0o711)
  const keeper = spawn(process.execPath, ['-e', KEEPER, bin, folder], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keeper.unref()
  ;(keeper.stdin as unknown as { unref(): void }).unref()
  return {
    folder,
    url: database => `postgresql:///${database}?host=${encodeURIComponent(folder)}&user=postgres`,
    restart: start,
    kill: () => kill(folder),
    stop: () => void keeper.stdin?.end(),
  }
}

/**
 * The postmaster dies at once and all that it has started with it; returns when none is left that could still write. Its files go too: nobody may be
 * there to bury the dead, and a dead process still has its number.
 */
function kill(folder: string): void {
  const file = join(folder, 'data/postmaster.pid')
  const postmaster = readFileSync(file, 'utf8').split('\n')[0] ?? ''
  const children = spawnSync('pgrep', ['-P', postmaster], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
  const all = [postmaster, ...children]
  for (const pid of all) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
  const isAlive = (pid: string) =>
    /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim())
  while (all.some(isAlive)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  for (const left of [file, join(folder, '.s.PGSQL.5432.lock')]) rmSync(left, { force: true })
}

let own: TestServer | undefined
const made: string[] = []

const DROP = `
const { Client } = require('pg')
const [url, ...names] = process.argv.slice(1)
const client = new Client({ connectionString: url })
client.connect().then(async () => {
  for (const name of names) await client.query('DROP DATABASE IF EXISTS "' + name + '" WITH (FORCE)')
  await client.end()
})`

/** A server that was given is left as it was. */
function dropAll(url: string): void {
  spawnSync(process.execPath, ['-e', DROP, url, ...made], { stdio: 'ignore', timeout: 60_000 })
}

/** Address of a database that does not exist yet: on the server of TEST_DATABASE_URL, else on one that is started for this process. */
export function freshPostgresql(): string {
  const name = `throughline_${randomBytes(8).toString('hex')}`
  // biome-ignore lint/style/noProcessEnv: for who runs the tests, and for no server
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined && given !== '') {
    const url = new URL(given)
    url.pathname = `/${name}`
    if (made.length === 0) process.once('exit', () => dropAll(given))
    made.push(name)
    return url.href
  }
  own ??= newServer()
  return own.url(name)
}
