import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { type Server, type Told, untilSealed } from './server.fixture.ts'

/** A machine's snapshot: the whole folder of a server that is down, and a way to set the server back to it. */
export type Snapshot = { restore(): Promise<void>; drop(): void }

/** Stops the server, copies its folder, and starts it again. */
export async function snapshotOf(told: Server): Promise<Snapshot> {
  const copy = mkdtempSync(join(tmpdir(), 'throughline-snapshot-'))
  await told.kill()
  cpSync(told.dataDir, copy, { recursive: true })
  await told.restart()
  return {
    async restore() {
      await told.kill()
      rmSync(told.dataDir, { recursive: true, force: true })
      cpSync(copy, told.dataDir, { recursive: true })
      await told.restart()
    },
    drop: () => rmSync(copy, { recursive: true, force: true }),
  }
}

/** Records and seals so many more consignments of the donor. */
export async function recordMore(told: Told, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const { status } = await send(told.url, bodyOf(await sign(told, packing(told.story.cast.donor).draft)))
    if (status !== 201) throw new Error(`the record was answered ${status}`)
  }
  await untilSealed(told.url)
}

/** The newest checkpoint that a server shows. */
export async function checkpointOf(url: string): Promise<{ note: string; size: number }> {
  const note = await (await fetch(`${url}/log/checkpoint`)).text()
  return { note, size: Number(note.split('\n')[1]) }
}

/** A server between visitor and site that passes everything on and keeps what it is told to keep, as badly set up ones do. */
export type Between = {
  readonly url: string
  /** From now on the answer to every path that fits is the one first given, whatever its query. Undefined: to none. */
  keep(path: RegExp | undefined): void
  /** Paths that were answered `status`, so far. */
  asked(path: RegExp): number
  /** Answers 503 to what fits. */
  break(path: RegExp | undefined): void
  /** Answers what fits with this instead: a server that lies. Gives what ends it. */
  lie(path: RegExp, status: number, body: unknown): () => void
  end(): Promise<void>
}

export async function startBetween(site: string): Promise<Between> {
  const kept = new Map<string, { status: number; headers: [string, string][]; body: Buffer }>()
  const seen: string[] = []
  let [keeps, breaks]: (RegExp | undefined)[] = [undefined, undefined]
  const lies = new Set<{ path: RegExp; status: number; body: string }>()
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', site)
    seen.push(`${request.method} ${pathname}${search}`)
    if (breaks?.test(pathname)) {
      response.writeHead(503).end()
      return
    }
    const lie = [...lies].find(each => each.path.test(pathname))
    if (lie) {
      response.writeHead(lie.status, { 'content-type': 'application/json' }).end(lie.body)
      return
    }
    const isKept = keeps?.test(pathname) === true && request.method === 'GET'
    let answer = isKept ? kept.get(pathname) : undefined
    if (!answer) {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const { host: _, connection: _c, ...headers } = request.headers
      const given = await fetch(`${site}${pathname}${isKept ? '' : search}`, {
        method: request.method ?? 'GET',
        headers: { ...(headers as Record<string, string>), 'accept-encoding': 'identity' },
        redirect: 'manual',
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      })
      answer = { status: given.status, headers: [...given.headers], body: Buffer.from(await given.arrayBuffer()) }
      if (isKept) kept.set(pathname, answer)
    }
    const passed = answer.headers.filter(
      ([name]) => !/^(transfer-encoding|content-encoding|content-length|connection|keep-alive)$/.test(name),
    )
    response.writeHead(answer.status, passed).end(answer.body)
  }
  const server: HttpServer = createServer((request, response) => {
    // A browser that moves on breaks off what it was asking, and a site may not answer: neither is the test's own failure.
    pass(request, response).catch(() => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
  })
  await new Promise<void>(resolve => server.listen(0, resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    keep(path) {
      keeps = path
    },
    break(path) {
      breaks = path
    },
    lie(path, status, body) {
      const lie = { path, status, body: JSON.stringify(body) }
      lies.add(lie)
      return () => lies.delete(lie)
    },
    asked: path => seen.filter(line => path.test(line)).length,
    async end() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** What a link on a page saves, as text. */
export async function savedBy(page: Page, link: string): Promise<string> {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()])
  return readFileSync(await saved.path(), 'utf8')
}
