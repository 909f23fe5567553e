import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseVkey } from '../core/ledger/vkey.ts'
import { openWitnessKey, type WitnessKey } from '../witness/key.ts'
import { witnessServer } from '../witness/server.ts'
import { openWitnessStore } from '../witness/store.ts'
import { newFolder } from './folders.fixture.ts'
import type { LogSettings } from './log-state.ts'

/** A witness of ours in this process, on a port of its own, which can go away and come back. */
export class LocalWitness {
  readonly folder = newFolder()
  readonly key: WitnessKey
  readonly store: ReturnType<typeof openWitnessStore>
  private server: Server | undefined
  port = 0

  constructor(name: string) {
    const key = openWitnessKey(this.folder, `${name}.example/w1`)
    if (!key.ok) throw new Error(key.detail)
    this.key = key.value
    this.store = openWitnessStore(this.folder)
  }

  follow(vkey: string): void {
    const key = parseVkey(vkey)
    if (!key.ok) throw new Error(key.detail)
    this.store.addLog({ key: key.value, url: undefined })
  }

  async start(): Promise<this> {
    this.server = witnessServer({ store: this.store, key: this.key, rate: 1000 })
    this.port = await listen(this.server, this.port)
    return this
  }

  async stop(): Promise<void> {
    const { server } = this
    if (!server) return
    this.server = undefined
    await close(server)
  }

  line(name: string): string {
    return `witness ${name} ${this.key.vkey} http://127.0.0.1:${this.port}/\n`
  }
}

/** Somebody else's witness: it answers as the test says. What it was asked is kept. */
export async function foreignWitness(
  answer: (body: string, path: string) => { status: number; body?: string; type?: string },
) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8')
      if (request.method === 'POST') asked.push(body)
      const { status, body: said = '', type = 'text/plain' } = answer(body, request.url ?? '')
      response.writeHead(status, { 'content-type': type }).end(said)
    })
  })
  const port = await listen(server, 0)
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => close(server) }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>(ready => server.listen(port, '127.0.0.1', ready))
  return (server.address() as AddressInfo).port
}

async function close(server: Server): Promise<void> {
  await new Promise<void>(closed => {
    server.close(() => closed())
    server.closeAllConnections()
  })
}

/** The log's settings with a policy file of these lines. */
export function withPolicy(settings: LogSettings, lines: string): LogSettings {
  const path = join(settings.dataDir, `policy-${randomBytes(4).toString('hex')}`)
  writeFileSync(path, lines)
  return { ...settings, witnessPolicy: path }
}
