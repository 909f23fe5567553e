import { expect, test } from '@playwright/test'
import { concat, utf8Encode } from '../bytes.ts'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { publicKeyOf, verifyEd25519Fallback } from '../ledger/ed25519.ts'
import { leafHash, proveInclusion, rootOf } from '../ledger/merkle.ts'
import { formatTlogProof } from '../ledger/tlog-proof.ts'
import { noteKey, TYPE_ED25519 } from '../ledger/vkey.ts'
import { leafHeader, verifyEventProof } from './event-proof.ts'
import { formatLeaf } from './leaf.ts'

const origin = 'log.example.org'
const seed = new Uint8Array(32).fill(5)
const key = noteKey({ name: origin, type: TYPE_ED25519, publicKey: publicKeyOf(seed) })
const notes = ['one', 'two', 'three'].map(name => utf8Encode(`${name}\n\n— x AAAAAAA=\n`))
const leaves = notes.map((note, at) => formatLeaf({ recordedAt: 1_772_352_001_000 + at, seq: 0, previous: '-', note }))

type Shown = { extra?: Uint8Array | undefined; of?: number; by?: string; signer?: Uint8Array }

/** The proof file of leaf `of` in a tree of three. */
function fileFor({ extra = leafHeader(leaves[1] as Uint8Array), of = 1, by = origin, signer = seed }: Shown = {}) {
  const hashes = leaves.map(leafHash)
  const checkpoint = signCheckpoint({
    checkpoint: { origin: by, size: 3n, rootHash: rootOf(hashes) },
    seed: signer,
    name: by,
  })
  const proof = proveInclusion({ leafHashes: hashes, leafIndex: of })
  return formatTlogProof({ ...(extra && { extra }), leafIndex: BigInt(of), proof, checkpoint })
}

const check = (file: Uint8Array, note = notes[1] as Uint8Array) =>
  verifyEventProof({ file, note, origin, key, verify: verifyEd25519Fallback })

test('who holds the note verifies its place with the proof file and the log’s key alone', async () => {
  expect(await check(fileFor())).toMatchObject({
    ok: true,
    value: { leafIndex: 1, recordedAt: 1_772_352_001_001 },
  })
})

test('the proof of another event proves nothing to the holder of this one', async () => {
  expect(await check(fileFor(), notes[0])).toMatchObject({ code: 'tlog-proof-not-included' })
  expect(await check(fileFor({ of: 2 }))).toMatchObject({ code: 'tlog-proof-not-included' })
})

test('another first line of the leaf is another leaf', async () => {
  const other = utf8Encode('throughline/leaf/v1 1772352001002 0 -')
  expect(await check(fileFor({ extra: other }))).toMatchObject({ code: 'tlog-proof-not-included' })
})

test('nothing can be put between the first line and the note', async () => {
  const more = concat(leafHeader(leaves[1] as Uint8Array) as Uint8Array, utf8Encode('\nmore'))
  expect(await check(fileFor({ extra: more }))).toMatchObject({ code: 'leaf-header-malformed' })
})

test('a proof without the first line, of another log or by another key is refused', async () => {
  const bare = new TextDecoder().decode(fileFor()).replace(/extra .*\n/, '')
  expect(await check(utf8Encode(bare))).toMatchObject({ code: 'event-proof-bare' })
  expect(await check(fileFor({ signer: new Uint8Array(32).fill(6) }))).toMatchObject({ code: 'note-signer-unknown' })
  const elsewhere = noteKey({ name: 'elsewhere.example', type: TYPE_ED25519, publicKey: publicKeyOf(seed) })
  const file = fileFor({ by: 'elsewhere.example' })
  const note = notes[1] as Uint8Array
  expect(await verifyEventProof({ file, note, origin, key: elsewhere, verify: verifyEd25519Fallback })).toMatchObject({
    code: 'origin-other',
  })
})
