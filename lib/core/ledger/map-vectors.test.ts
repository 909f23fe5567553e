import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { hexDecode, hexEncode } from '../bytes.ts'
import { rootByDefinition } from './map.fixture.ts'
import { mapKey } from './map.ts'
import { verifyMapProof } from './map-proof.ts'
import { parseMapProof } from './map-proof-json.ts'
import { type MapVector, mapVectors } from './map-vectors.fixture.ts'

const text = readFileSync(new URL('./vectors/map.json', import.meta.url), 'utf8')
const { maps } = JSON.parse(text) as { maps: readonly MapVector[] }
const bytes = (hex: string) => hexDecode(hex, 32) as Uint8Array

test('the vectors of the map are what the code makes', async () => {
  expect(`${JSON.stringify(await mapVectors())}\n`).toBe(text)
})

test('every root of the vectors follows from the definition, and each proof says what it holds or is refused by its code', () => {
  for (const { entries, root, proven, refused } of maps) {
    const listed = entries.map(({ subject, count, leafHash }) => ({
      key: mapKey(subject),
      count,
      leafHash: bytes(leafHash),
    }))
    expect(hexEncode(rootByDefinition(listed))).toBe(root)
    const answer = (subjects: readonly string[], proof: unknown) => {
      const read = parseMapProof(proof as Parameters<typeof parseMapProof>[0])
      return read && verifyMapProof({ root: bytes(root), keys: subjects.map(mapKey), proof: read })
    }
    for (const { subjects, proof, holds } of proven) {
      const said = answer(subjects, proof)
      const held = said?.ok
        ? said.value.map(entry => (entry ? { count: entry.count, leafHash: hexEncode(entry.leafHash) } : 'absent'))
        : said?.code
      expect(held).toEqual(holds)
    }
    for (const { subjects, proof, why, code } of refused) {
      expect(answer(subjects, proof), why).toMatchObject({ ok: false, code })
    }
  }
  expect(maps.flatMap(({ refused }) => refused).length).toBeGreaterThan(100)
})
