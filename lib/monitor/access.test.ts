import { once } from 'node:events'
import { Agent, createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { closeServers, watchRequests } from './access.ts'
import { requestId } from './request.ts'

test('a request that had begun is answered with its number, and a connection kept open for the next one does not hold up the end', async () => {
  watchRequests()
  const seen: (string | undefined)[] = []
  let answer: ServerResponse | undefined
  const server = createServer((_, response) => {
    seen.push(requestId())
    answer = response
  }).listen(0)
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true })
  const asked = get({ port: (server.address() as AddressInfo).port, agent })
  const arrived = once(asked, 'response')
  await once(server, 'request')

  const closed = closeServers()
  answer?.end('answered')
  const [response] = (await arrived) as [NodeJS.ReadableStream & { headers: Record<string, string> }]
  response.resume()
  const since = performance.now()
  await closed
  // Node alone waits five seconds for a next request.
  expect(performance.now() - since).toBeLessThan(4000)
  expect(seen).toEqual([response.headers['x-request-id']])
  agent.destroy()
})
