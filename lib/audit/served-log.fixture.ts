import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { concat, sha256, utf8Encode } from '../core/bytes.ts'
import type { StoryLog } from '../core/evidence/story.fixture.ts'
import { signCheckpoint } from '../core/ledger/checkpoint.ts'
import { growEdge } from '../core/ledger/hash-tiles.ts'
import { rootOf } from '../core/ledger/merkle.ts'
import { bundlesOf, encodeEntries, entriesPath, tilePath, tilesOf } from '../core/ledger/tile.ts'
import { signerOf } from '../data/log-key.ts'

const own = sha256(utf8Encode('throughline audit'))

/** A folder that goes with the test. */
export async function freshFolder(): Promise<{ path: string; [Symbol.asyncDispose](): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'throughline-audit-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** The verifier key of every log that {@link writeLog} writes under this origin. */
export const vkeyOf = (origin: string): string => signerOf({ origin, seed: own }).vkey

/** Writes a log as C2SP lays it out, and signs it with the key of `seed`, whatever it says. Gives what was signed. */
export async function writeLog(folder: string, log: StoryLog, seed = own): Promise<string> {
  const { origin, leaves, hashes, size } = log
  const { nodes } = growEdge({ edge: [], size: 0, leafHashes: hashes })
  const hashAt = (level: number, index: number) =>
    level === 0 ? hashes[index] : nodes.find(node => node.level === level && node.index === index)?.hash
  for (const address of tilesOf(size)) {
    const { level, index, width } = address
    const row = Array.from({ length: width }, (_, i) => hashAt(level, index * 256 + i) as Uint8Array)
    await put(join(folder, tilePath(address)), concat(...row))
  }
  for (const { index, width } of bundlesOf(size)) {
    await put(
      join(folder, entriesPath({ index, width })),
      encodeEntries(leaves.slice(index * 256, index * 256 + width)),
    )
  }
  const checkpoint = { origin, size: BigInt(size), rootHash: rootOf(hashes) }
  const note = signCheckpoint({ checkpoint, seed, name: origin })
  await put(join(folder, 'checkpoint'), note)
  await put(join(folder, 'vkey'), utf8Encode(`${vkeyOf(origin)}\n`))
  return new TextDecoder().decode(note)
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

/** Answers a request; `false` leaves it to the folder. */
export type Answer = (response: ServerResponse) => unknown

/** A file server over `folder`, as any object store is one, with its own answer at some paths. */
export async function serveFolder(folder: string, answers: Readonly<Record<string, Answer>> = {}) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    asked.push(path)
    const answer = answers[path]
    if (answer && answer(response) !== false) return
    readFile(join(folder, path)).then(
      bytes => response.end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
