import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { base64Encode, hexDecode, hexEncode, utf8Decode, utf8Encode } from '../bytes.ts'
import { formatJson } from '../json.ts'
import { signCheckpoint } from './checkpoint.ts'
import { publicKeyOf } from './ed25519.ts'
import { formatIndexLeaf } from './index-leaf.ts'
import { mapKey } from './map.ts'
import { proveMap } from './map-proof.ts'
import { formatMapProof } from './map-proof-json.ts'
import { growMap, overlaid, tilesIn } from './map-tiles.ts'
import { leafHash, proveInclusion, rootOf } from './merkle.ts'
import { proveMulti } from './multi-proof.ts'
import { encodeEntries } from './tile.ts'
import { formatTlogProof } from './tlog-proof.ts'
import { formatVkey, noteKey, TYPE_ED25519, vkeyFingerprint } from './vkey.ts'

const spec = readFileSync(new URL('./SPEC.md', import.meta.url), 'utf8')

/** The lines of the fenced block with this name, each with its newline. */
function block(name: string): string {
  return spec.match(new RegExp(`\n\`\`\`${name}\n([^\`]*)\`\`\``))?.[1] ?? ''
}

test("the SPEC's worked example is what the code computes", () => {
  const entries = [0, 1, 2, 3, 4].map(i => utf8Encode(`entry ${i}`))
  const leafHashes = entries.map(leafHash)
  expect(block('leaf-hashes')).toBe(leafHashes.map(hash => `${hexEncode(hash)}\n`).join(''))

  const multi = proveMulti({ leafHashes, leafIndices: [1, 4] })
  expect(block('multi-proof')).toBe(multi.map(hash => `${base64Encode(hash)}\n`).join(''))

  const name = 'ledger.example/log'
  const seed = hexDecode(block('key').slice(0, 64), 32) as Uint8Array
  const vkey = formatVkey(noteKey({ name, type: TYPE_ED25519, publicKey: publicKeyOf(seed) }))
  expect(block('key')).toBe(`${hexEncode(seed)}\n${vkey}\n${vkeyFingerprint(vkey)}\n`)

  const checkpoint = signCheckpoint({
    checkpoint: { origin: name, size: 5n, rootHash: rootOf(leafHashes) },
    seed,
    name,
  })
  expect(block('checkpoint')).toBe(utf8Decode(checkpoint))

  const proof = proveInclusion({ leafHashes, leafIndex: 3 })
  expect(block('tlog-proof')).toBe(utf8Decode(formatTlogProof({ leafIndex: 3n, proof, checkpoint })))
  expect(block('bundle')).toBe(`${hexEncode(encodeEntries(entries.slice(0, 3)))}\n`)
})

test("the SPEC's map, its proof and its index leaf are what the code computes", async () => {
  const leafHashes = [0, 1].map(i => leafHash(utf8Encode(`entry ${i}`)))
  const subjects = ['log', 'subject/1']
  const entries = leafHashes.map((hash, i) => ({ key: mapKey(subjects[i] as string), count: i + 1, leafHash: hash }))
  const { root, written } = await growMap(tilesIn(new Map()), entries)
  expect(block('index-leaf')).toBe(utf8Decode(formatIndexLeaf({ at: 1_772_352_001_000, mapRoot: root })))
  const keys = [...subjects, 'absent', 'also absent'].map(mapKey)
  const proof = await proveMap(overlaid(tilesIn(new Map()), written), keys)
  expect(block('map-proof')).toBe(`${formatJson(formatMapProof(proof))}\n`)
})

test('the SPEC lists the failure codes of the code, all and no others', () => {
  const folder = new URL('.', import.meta.url)
  const sources = readdirSync(folder).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const code = sources.map(file => readFileSync(new URL(file, folder), 'utf8')).join('')
  const inCode = [...code.matchAll(/fail\(\s*'([a-z0-9-]+)'/g)].map(match => match[1])
  const listed = [...spec.matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map(match => match[1])
  expect(listed.toSorted()).toEqual([...new Set(inCode)].toSorted())
})
