import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** A way to a PostgreSQL server that breaks when a transaction is to be committed. */
export type CuttingProxy = {
  /** The database of the address it was made for, through this way. */
  readonly url: string
  /** `before`: the server never hears of COMMIT; `after`: it does, and its answer is swallowed. */
  cutNextCommit(when: 'before' | 'after'): void
  cuts(): number
  close(): Promise<void>
}

const COMMIT = Buffer.from('COMMIT\0')

/** Listens on a TCP port of its own and hands everything on to the server of `databaseUrl`. */
export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  let next: 'before' | 'after' | undefined
  let cuts = 0
  const toServer = () => {
    const folder = target.searchParams.get('host')
    const port = Number(target.port || 5432)
    return folder === null ? connect(port, target.hostname) : connect(join(folder, `.s.PGSQL.${port}`))
  }
  const server = createServer(client => {
    const upstream = toServer()
    let isSwallowing = false
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', end).on('close', () => {
        open.delete(socket)
        end()
      })
    }
    client.on('data', chunk => {
      if (next !== undefined && chunk.includes(COMMIT)) {
        cuts++
        const when = next
        next = undefined
        if (when === 'before') return end()
        isSwallowing = true
      }
      upstream.write(chunk)
    })
    upstream.on('data', chunk => {
      if (!isSwallowing) client.write(chunk)
      else if (chunk.includes(COMMIT)) end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(`postgresql://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`)
  url.searchParams.set('user', target.searchParams.get('user') ?? target.username)
  return {
    url: url.href,
    cutNextCommit(when) {
      next = when
    },
    cuts: () => cuts,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
