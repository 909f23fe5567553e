import { hexEncode, utf8Encode } from '../bytes.ts'
import type { Json } from '../json.ts'
import { EMPTY_MAP_ROOT, type MapEntry, mapKey } from './map.ts'
import { type MapEnd, type MapProof, proveMap, verifyMapProof } from './map-proof.ts'
import { formatMapProof } from './map-proof-json.ts'
import { growMap, overlaid, tilesIn } from './map-tiles.ts'
import { leafHash } from './merkle.ts'

type Asked = { readonly subjects: readonly string[]; readonly proof: Json }
type Held = { readonly count: number; readonly leafHash: string }

/** One map: what it holds, its root, what is proven of it and which proofs are refused. Hashes in hex, proofs as files carry them. */
export interface MapVector {
  readonly entries: readonly ({ readonly subject: string } & Held)[]
  readonly root: string
  /** `holds`: in the order of `subjects`, `absent` where the map holds nothing. */
  readonly proven: readonly (Asked & { readonly holds: readonly (Held | 'absent')[] })[]
  readonly refused: readonly (Asked & { readonly why: string; readonly code: string })[]
}

const nameOf = (i: number) => (i === 0 ? 'log' : `subject/${i}`)
const entryOf = (i: number): MapEntry => ({
  key: mapKey(nameOf(i)),
  count: i === 3 ? Number.MAX_SAFE_INTEGER : i + 1,
  leafHash: leafHash(utf8Encode(`entry ${i}`)),
})
const heldBy = ({ count, leafHash: hash }: MapEntry): Held => ({ count, leafHash: hexEncode(hash) })

/** The vectors of `vectors/map.json`. */
export async function mapVectors(): Promise<{ readonly maps: readonly MapVector[] }> {
  return { maps: await Promise.all([0, 1, 2, 3, 5, 40].map(vectorOf)) }
}

async function vectorOf(size: number): Promise<MapVector> {
  const entries = Array.from({ length: size }, (_, i) => entryOf(i))
  const { root, written } = await growMap(tilesIn(new Map()), entries)
  const tiles = overlaid(tilesIn(new Map()), written)
  const present = [0, 1, Math.floor(size / 2), size - 1].filter(i => i >= 0 && i < size).map(nameOf)
  const sets = [present, ['absent'], [...present, 'absent', 'also absent'], present.slice(0, 1)]
  const proven: MapVector['proven'][number][] = []
  const refused: MapVector['refused'][number][] = []
  for (const subjects of sets.map(set => [...new Set(set)]).filter(set => set.length > 0)) {
    const keys = subjects.map(mapKey)
    const proof = await proveMap(tiles, keys)
    const verified = verifyMapProof({ root, keys, proof })
    if (!verified.ok) throw new Error(verified.detail)
    const holds = verified.value.map(entry => (entry ? heldBy(entry) : 'absent'))
    proven.push({ subjects, proof: formatMapProof(proof), holds })
    for (const { why, proof: wrong } of wrongOnes(proof)) {
      const said = verifyMapProof({ root, keys, proof: wrong })
      if (said.ok) throw new Error(`${why} is proven`)
      refused.push({ why, subjects, proof: formatMapProof(wrong), code: said.code })
    }
  }
  const shown = entries.map((entry, i) => ({ subject: nameOf(i), ...heldBy(entry) }))
  return { entries: shown, root: hexEncode(root), proven, refused }
}

function* wrongOnes({ ends, hashes }: MapProof): Generator<{ why: string; proof: MapProof }> {
  const [first] = ends as [MapEnd]
  const withFirst = (end: MapEnd): MapProof => ({ ends: [end, ...ends.slice(1)], hashes })
  yield { why: 'an end too many', proof: { ends: [...ends, { depth: 0 }], hashes } }
  yield { why: 'no end', proof: { ends: [], hashes } }
  yield { why: 'a hash too many', proof: { ends, hashes: [...hashes, EMPTY_MAP_ROOT] } }
  yield { why: 'an end one level deeper', proof: withFirst({ ...first, depth: first.depth + 1 }) }
  if (hashes.length > 0) yield { why: 'a hash too few', proof: { ends, hashes: hashes.slice(1) } }
  if (hashes.length > 0)
    yield { why: 'another hash', proof: { ends, hashes: [leafHash(new Uint8Array(0)), ...hashes.slice(1)] } }
  if (!first.leaf) return
  yield { why: 'a subject said to be absent', proof: withFirst({ depth: first.depth }) }
  yield { why: 'another count', proof: withFirst({ ...first, leaf: { ...first.leaf, count: first.leaf.count - 1 } }) }
  yield { why: 'another last leaf', proof: withFirst({ ...first, leaf: { ...first.leaf, leafHash: EMPTY_MAP_ROOT } }) }
  if (first.leaf.key) return
  yield { why: 'a key where none belongs', proof: withFirst({ ...first, leaf: { ...first.leaf, key: mapKey('log') } }) }
}
