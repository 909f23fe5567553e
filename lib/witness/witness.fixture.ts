import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { concat, sha256, utf8Decode, utf8Encode } from '../core/bytes.ts'
import { formatCheckpointText } from '../core/ledger/checkpoint.ts'
import { leafHash, proveConsistency, rootOf } from '../core/ledger/merkle.ts'
import { signNoteLine } from '../core/ledger/note.ts'
import { formatVkey, noteKey, TYPE_ED25519 } from '../core/ledger/vkey.ts'
import { publicKeyNatively } from '../data/sign.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A log of numbered leaves that a test signs by itself; `word` makes another history. */
export function testLog(origin = 'log.example/witnessed', word = 'leaf') {
  const seed = sha256(utf8Encode(`seed of ${origin}`))
  const leaves = Array.from({ length: 300 }, (_, i) => leafHash(utf8Encode(`${i < 3 ? 'leaf' : word} ${i}`)))
  const rootAt = (size: number) => rootOf(leaves.slice(0, size))
  const note = (size: number | bigint, rootHash = rootAt(Number(size))) => {
    const text = formatCheckpointText({ origin, size: BigInt(size), rootHash })
    return `${text}\n${signNoteLine({ name: origin, seed, text })}`
  }
  const proof = (oldSize: number, size: number) =>
    oldSize === 0 ? [] : proveConsistency({ leafHashes: leaves.slice(0, size), oldSize })
  /** A request as an honest log makes it. */
  const request = (oldSize: number, size: number) =>
    spelled({ old: oldSize, hashes: proof(oldSize, size), note: note(size) })
  const vkey = formatVkey(noteKey({ name: origin, type: TYPE_ED25519, publicKey: publicKeyNatively(seed) }))
  return { origin, seed, vkey, leaves, rootAt, note, proof, request }
}

/** A body as anyone may write it, right or wrong. */
export function spelled({
  old,
  hashes = [],
  note,
}: {
  old: number | string
  hashes?: readonly Uint8Array[]
  note: string
}) {
  const lines = hashes.map(hash => `${Buffer.from(hash).toString('base64')}\n`).join('')
  return utf8Decode(concat(utf8Encode(`old ${old}\n${lines}\n`), utf8Encode(note))) as string
}

const command = (folder: string, args: readonly string[]) => [
  '--conditions=react-server',
  '--import',
  'tsx',
  'lib/cli/witness.ts',
  '--dir',
  folder,
  ...args,
]

/** Runs a command of the witness to its end. */
export async function runWitness(folder: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, command(folder, args), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', part => {
      output += part
    })
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

export type RunningWitness = {
  readonly url: string
  readonly vkey: string
  /** The line for a policy. */
  readonly policyLine: string
  readonly child: ChildProcess
  post(body: string | Uint8Array): Promise<{ status: number; type: string; body: string }>
  /** Ends it and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** A witness as a participant runs it: a process of its own, on a free port unless `args` name one. */
export async function startWitness(folder: string, args: readonly string[] = []): Promise<RunningWitness> {
  const all = ['serve', '--rate', '10000', ...(args.includes('--port') ? [] : ['--port', '0']), ...args]
  const child = spawn(process.execPath, command(folder, all), { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  const ended = once(child, 'close') as Promise<[number | null]>
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', part => {
      output += part
      if (/^witness .*\n/m.test(output)) ready()
    })
    void ended.then(([code]) => failed(new Error(`the witness ended with ${code}: ${output}`)))
  })
  const url = /listening on (\S+)/.exec(output)?.[1] ?? ''
  return {
    url,
    vkey: /^Witness (\S+)/.exec(output)?.[1] ?? '',
    policyLine: /^witness .*$/m.exec(output)?.[0] ?? '',
    child,
    post: body => post(url, body),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

export async function post(url: string, body: string | Uint8Array) {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: body as BodyInit })
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() }
}
