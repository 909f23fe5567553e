import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, pass, type Result } from '../core/result.ts'

/**
 * Why a file of a log cannot be had. `not-there` · `source-redirects` (to somewhere else: whoever asked named this place) · `too-large` (more than
 * such a file can hold, sent or unpacked) · `source-refuses` (another answer than 200) · `source-fails` (no answer, cut short, or too slow, after
 * some tries) · `source-unusable` (no address and no folder).
 */
export type SourceCode =
  | 'not-there'
  | 'source-redirects'
  | 'too-large'
  | 'source-refuses'
  | 'source-fails'
  | 'source-unusable'

/** Where a log lies: a site, or a folder that was exported. */
export interface Source {
  /** As the user named it, for the report. */
  readonly name: string
  /** Set for a folder: its files need no copy. */
  readonly folder?: string
  /** The file at `path` below the log, of at most `most` bytes. */
  read(path: string, most: number): Promise<Result<Uint8Array, SourceCode>>
}

/** Where `name` points: `https://…`, `http://…`, or a folder. The log is looked for there and under `/log`. Code: `source-unusable`, and those of reading its checkpoint. */
export async function openSource(name: string): Promise<Result<Source, SourceCode>> {
  const isAddress = /^https?:\/\//.test(name)
  const places = isAddress ? addressesOf(name) : [name, join(name, 'log')]
  if (!places) return fail('source-unusable', `${name} is no address`)
  let problem: Result<never, SourceCode> | undefined
  for (const place of places) {
    const source = isAddress ? siteAt(place, name) : folderAt(place, name)
    const checkpoint = await source.read('checkpoint', MOST_CHECKPOINT)
    if (checkpoint.ok) return pass(source)
    problem ??= checkpoint
    if (checkpoint.code !== 'not-there') return checkpoint
  }
  return problem ?? fail('source-unusable', name)
}

/** Bytes of a checkpoint with as many cosignatures as any reader takes. */
export const MOST_CHECKPOINT = 65_536

function addressesOf(name: string): string[] | undefined {
  if (!URL.canParse(name)) return undefined
  const { origin, pathname, username, search } = new URL(name)
  if (username !== '' || search !== '') return undefined
  const base = `${origin}${pathname}`.replace(/\/+$/, '').replace(/\/checkpoint$/, '')
  return base.endsWith('/log') ? [base] : [base, `${base}/log`]
}

function folderAt(folder: string, name: string): Source {
  return {
    name,
    folder,
    async read(path, most) {
      try {
        const file = join(folder, path)
        const { size } = await stat(file)
        return size > most ? fail('too-large', `${path} has ${size} bytes`) : pass(new Uint8Array(await readFile(file)))
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        const isMissing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR'
        return isMissing ? fail('not-there', path) : fail('source-fails', String(error))
      }
    },
  }
}

const TRIES = 5
const FIRST_WAIT_MILLISECONDS = 200
const LONGEST_WAIT_MILLISECONDS = 10_000
/** For one whole file: a server that sends a byte a minute is none. */
const MILLISECONDS_A_FILE = 60_000

/** A site by its address. Asks again after what passes: no answer, 429, 5xx. */
function siteAt(base: string, name: string): Source {
  return {
    name,
    async read(path, most) {
      let answer: Attempt = { again: true, result: fail('source-fails', path) }
      for (let tries = 0; tries < TRIES && answer.again; tries++) {
        if (tries > 0) await sleep(answer.waitMilliseconds ?? FIRST_WAIT_MILLISECONDS * 4 ** (tries - 1))
        answer = await ask(`${base}/${path}`, most)
      }
      return answer.result
    },
  }
}

interface Attempt {
  readonly result: Result<Uint8Array, SourceCode>
  readonly again?: boolean
  readonly waitMilliseconds?: number | undefined
}

async function ask(url: string, most: number): Promise<Attempt> {
  try {
    const signal = AbortSignal.timeout(MILLISECONDS_A_FILE)
    const response = await fetch(url, { redirect: 'manual', signal })
    const { status, headers } = response
    if (status === 200) return { result: await readBody(response, { url, most }) }
    await response.body?.cancel()
    if (status === 404 || status === 410) return { result: fail('not-there', url) }
    if (status >= 300 && status < 400) {
      return { result: fail('source-redirects', `${url} points to ${headers.get('location')?.slice(0, 200)}`) }
    }
    const again = status === 429 || status >= 500
    return { result: fail('source-refuses', `${url} answers ${status}`), again, waitMilliseconds: waitOf(headers) }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return { result: fail('source-fails', `${url}: ${cause instanceof Error ? cause.message : cause}`), again: true }
  }
}

function waitOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MILLISECONDS) : undefined
}

/** Counts what comes out of the unpacking, so that a small answer cannot become a large one in memory. */
async function readBody(
  response: Response,
  { url, most }: { url: string; most: number },
): Promise<Result<Uint8Array, SourceCode>> {
  const tooLarge = () => fail('too-large', `${url} has more than ${most} bytes`)
  if (Number(response.headers.get('content-length') ?? 0) > most) {
    await response.body?.cancel()
    return tooLarge()
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop closes the connection.
    if (length > most) return tooLarge()
    chunks.push(chunk)
  }
  return pass(new Uint8Array(Buffer.concat(chunks)))
}
