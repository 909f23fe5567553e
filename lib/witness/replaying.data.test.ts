import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { longStory, vkeyOf } from '../core/evidence/evidence.fixture.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { signCheckpoint } from '../core/ledger/checkpoint.ts'
import { leafHash, proveConsistency, rootOf } from '../core/ledger/merkle.ts'
import { encodeEntries, parseEntriesPath } from '../core/ledger/tile.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { formatWitnessRequest } from '../core/ledger/witness-request.ts'
import { newFolder } from '../data/folders.fixture.ts'
import { answerRequest } from './cosigner.ts'
import { openWitnessKey } from './key.ts'
import { replayingScruple } from './replaying.ts'
import { openWitnessStore } from './store.ts'

/** A log over HTTP that serves `served.leaves` and signs whatever it is asked to. */
async function staticLog(served: { leaves: Uint8Array[]; origin: string }) {
  const checkpointAt = (leaves: readonly Uint8Array[]) =>
    signCheckpoint({
      checkpoint: { origin: served.origin, size: BigInt(leaves.length), rootHash: rootOf(leaves.map(leafHash)) },
      seed: pairOf('log key').seed,
      name: served.origin,
    })
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/log/', '')
    const bundle = parseEntriesPath(path)
    if (path === 'checkpoint') response.end(checkpointAt(served.leaves))
    else if (!bundle.ok) response.writeHead(404).end()
    else {
      const from = bundle.value.index * 256
      response.end(encodeEntries(served.leaves.slice(from, from + bundle.value.width)))
    }
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`
  /** As the log asks: from the tree of `old` leaves to all of `leaves`. */
  const request = (old: number, leaves: readonly Uint8Array[]) =>
    formatWitnessRequest({
      oldSize: BigInt(old),
      proof: old === 0 ? [] : proveConsistency({ leafHashes: leaves.map(leafHash), oldSize: old }),
      checkpoint: checkpointAt(leaves),
    })
  return { url, request, close: () => server.close() }
}

/** A replaying witness that follows the log at `url`. */
function replayingWitness(origin: string, url: string, folder = newFolder()) {
  const key = openWitnessKey(folder, 'replaying.example/w1')
  const log = parseVkey(vkeyOf(origin))
  if (!key.ok || !log.ok) throw new Error('no key')
  const store = openWitnessStore(folder)
  store.addLog({ key: log.value, url })
  const said: string[] = []
  const { scruple, close } = replayingScruple({ folder, say: line => said.push(line) })
  const ask = async (body: Uint8Array) => {
    // Replaying takes its time: who asks is told to come back.
    for (;;) {
      const answer = await answerRequest({ store, key: key.value, now: () => 9, scruple, body })
      if (!answer.body.startsWith('replaying:')) return answer
    }
  }
  const end = async () => {
    await close()
    store.close()
  }
  return { ask, end, said, folder, store }
}

test('an honest log is replayed and signed, and only what is new is replayed after a restart', async () => {
  const { log } = await longStory(12)
  const served = { leaves: [...log.leaves], origin: log.origin }
  const at = await staticLog(served)
  const first = replayingWitness(log.origin, at.url)
  const half = log.leaves.slice(0, 10)
  expect((await first.ask(at.request(0, half))).status).toBe(200)
  await first.end()
  const again = replayingWitness(log.origin, at.url, first.folder)
  // What was replayed before is not asked for again.
  served.leaves = served.leaves.map((leaf, i) => (i < 10 ? utf8Encode('gone') : leaf))
  const whole = await again.ask(at.request(10, log.leaves))
  expect(whole.status).toBe(403)
  expect(whole.body).toContain('tree-differs')
  served.leaves = [...log.leaves]
  expect((await again.ask(at.request(10, log.leaves))).status).toBe(200)
  expect((await again.ask(at.request(log.leaves.length, log.leaves))).status).toBe(200)
  await again.end()
  at.close()
})

test('what is served but not what was signed is never signed', async () => {
  const { log } = await longStory(8)
  const served = { leaves: [...log.leaves], origin: log.origin }
  const at = await staticLog(served)
  const witness = replayingWitness(log.origin, at.url)
  const request = at.request(0, log.leaves)
  served.leaves = log.leaves.slice(0, -1)
  expect(await witness.ask(request)).toMatchObject({ status: 503, body: expect.stringContaining('unreadable') })
  await witness.end()
  at.close()
})

test('a record against the rules, in a tree that is signed and grows as it should, is not signed', async () => {
  const { log } = await longStory(8)
  const forged = log.leaves.map((leaf, i) => {
    if (i !== log.leaves.length - 2) return leaf
    const changed = Uint8Array.from(leaf)
    changed[leaf.length - 20] = (changed[leaf.length - 20] as number) ^ 1
    return changed
  })
  const served = { leaves: forged, origin: log.origin }
  const at = await staticLog(served)
  const witness = replayingWitness(log.origin, at.url)
  const answer = await witness.ask(at.request(0, forged))
  expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('rules-broken') })
  expect(witness.said.join()).toContain('NOT SIGNED')
  // And never after, whatever comes.
  expect((await witness.ask(at.request(0, forged))).status).not.toBe(200)
  expect(witness.store.log(log.origin)?.head.size).toBe(0n)
  await witness.end()
  at.close()
})

test('without an address of the log nothing is replayed, and nothing is signed', async () => {
  const { log } = await longStory(8)
  const at = await staticLog({ leaves: [...log.leaves], origin: log.origin })
  const witness = replayingWitness(log.origin, undefined as unknown as string)
  expect(await witness.ask(at.request(0, log.leaves))).toMatchObject({
    status: 403,
    body: expect.stringContaining('no-url'),
  })
  await witness.end()
  at.close()
})
