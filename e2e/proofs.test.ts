import { expect } from '@playwright/test'
import { verifyNatively } from '../lib/cli/ed25519.ts'
import { utf8Encode } from '../lib/core/bytes.ts'
import { parseEvidence } from '../lib/core/evidence/bundle.ts'
import { verifyKeyList } from '../lib/core/evidence/key-list-verify.ts'
import { parseLeaf } from '../lib/core/evidence/leaf.ts'
import { parseSignedEvent } from '../lib/core/evidence/signed-event.ts'
import { verifyEvidence } from '../lib/core/evidence/verify.ts'
import { openCheckpoint } from '../lib/core/ledger/checkpoint.ts'
import { isIndexLeaf } from '../lib/core/ledger/index-leaf.ts'
import { verifyConsistency } from '../lib/core/ledger/merkle.ts'
import { verifyTlogProof } from '../lib/core/ledger/tlog-proof.ts'
import { parseVkey } from '../lib/core/ledger/vkey.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'
import { test } from './story.fixture.ts'

async function textAt(url: string): Promise<string> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return response.text()
}

async function checkpointOf({ url, vkey }: Told) {
  const note = await textAt(`${url}/log/checkpoint`)
  const key = parseVkey(vkey)
  if (!key.ok) throw new Error(key.detail)
  const opened = await openCheckpoint({ bytes: utf8Encode(note), keys: [key.value], verify: verifyNatively })
  if (!opened.ok) throw new Error(opened.detail)
  const { size, rootHash } = opened.value.checkpoint
  return { note, key: key.value, size: Number(size), rootHash }
}

const evidenceAt = (told: Told, path: string) => textAt(`${told.url}/api/evidence/${path}`)

test('evidence asked for from an older checkpoint proves that the log only grew since', async ({ fresh }) => {
  const before = await checkpointOf(fresh)
  await send(fresh.url, bodyOf(await sign(fresh, packing(fresh.story.cast.donor).draft)))
  await untilSealed(fresh.url)
  const after = await checkpointOf(fresh)
  // The record, and the index leaf that every signed size ends in.
  expect(after.size).toBe(before.size + 2)
  const file = await evidenceAt(fresh, `${fresh.reference('relay')}?seen=${before.size}`)
  const evidence = parseEvidence(utf8Encode(file))
  const seen = evidence.ok ? evidence.value.seen : undefined
  expect(seen?.size).toBe(before.size)
  const sizes = { oldSize: before.size, oldRoot: before.rootHash, newSize: after.size, newRoot: after.rootHash }
  expect(verifyConsistency({ ...sizes, proof: seen?.proof ?? [] })).toBe(true)
  const report = await verifyEvidence({
    bytes: utf8Encode(file),
    trusted: { vkey: fresh.vkey },
    seen: { checkpointNote: before.note },
    verify: verifyNatively,
  })
  expect(report.verdict).toBe('verified')
  expect(report.checks).toContainEqual(expect.objectContaining({ name: 'checkpoint-consistent', outcome: 'pass' }))
})

test('every record of a consignment has a proof file that verifies with the log’s key alone', async ({ told }) => {
  const { key } = await checkpointOf(told)
  const evidence = parseEvidence(utf8Encode(await evidenceAt(told, told.reference('partLoad'))))
  if (!evidence.ok) throw new Error(evidence.detail)
  for (const { index, bytes } of evidence.value.leaves) {
    if (isIndexLeaf(bytes)) continue
    const leaf = parseLeaf(bytes)
    const signed = leaf.ok ? parseSignedEvent(leaf.value.note) : leaf
    if (!signed.ok) throw new Error(signed.detail)
    const file = utf8Encode(await textAt(`${told.url}/api/events/${signed.value.hash}/proof`))
    const verified = await verifyTlogProof({ file, leaf: bytes, keys: [key], verify: verifyNatively })
    expect(verified).toMatchObject({ ok: true, value: { leafIndex: index } })
    const other = new Uint8Array(bytes).fill(0, 40, 41)
    const refused = await verifyTlogProof({ file, leaf: other, keys: [key], verify: verifyNatively })
    expect(refused).toMatchObject({ ok: false, code: 'tlog-proof-not-included' })
  }
})

test('a party’s list of keys is served to anyone and verifies, whole, with the log’s key alone', async ({ told }) => {
  const { donor } = told.story.cast
  const bytes = utf8Encode(await textAt(`${told.url}/api/keys/${donor.reference}`))
  const list = await verifyKeyList({ bytes, trusted: { vkey: told.vkey }, verify: verifyNatively })
  if (!list.ok) throw new Error(`${list.code}: ${list.detail}`)
  expect(list.value).toMatchObject({ party: donor.reference, trust: 'trusted' })
  expect(list.value.keys.map(({ key }) => key)).toContain(donor.key.key)
})

test('what the log has no proof of is refused with a code and a sentence', async ({ told }) => {
  const { size } = await checkpointOf(told)
  const relay = told.reference('relay')
  for (const [path, status, code] of [
    ['evidence/7K3Q9XMD2TK', 404, 'unknown-reference'],
    ['evidence/7K3Q9XMD2TA', 422, 'reference-check'],
    ['evidence/hello', 422, 'reference-malformed'],
    [`evidence/${relay}?seen=${size + 1}`, 409, 'seen-ahead'],
    [`keys/${told.reference('relay')}`, 404, 'party-unknown'],
    ['keys/7K3Q9XMD2TA', 422, 'reference-check'],
    [`evidence/${relay}?seen=-1`, 422, 'size-malformed'],
    [`evidence/${relay}?seen=07`, 422, 'size-malformed'],
    [`events/${'0'.repeat(64)}/proof`, 404, 'unknown-event'],
    ['events/hello/proof', 422, 'hash-malformed'],
  ] as const) {
    const response = await fetch(`${told.url}/api/${path}`)
    const body = (await response.json()) as Record<string, string>
    expect({ path, status: response.status, code: body.code }).toEqual({ path, status, code })
    expect(body.message).toMatch(/^[A-Z][^{}]+[.!?]$/)
    expect(body.detail).toEqual(expect.any(String))
  }
})

test('any site may read what is public, and nothing of it is kept stale', async ({ told }) => {
  for (const path of ['/log/checkpoint', '/log/vkey', `/api/evidence/${told.reference('relay')}`]) {
    const response = await fetch(`${told.url}${path}`)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
})
