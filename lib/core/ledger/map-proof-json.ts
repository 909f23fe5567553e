import { base64Decode, base64Encode } from '../bytes.ts'
import { formatJson, isJsonObject, type Json } from '../json.ts'
import type { MapEnd, MapProof } from './map-proof.ts'

/** A proof as JSON, in its one spelling (SPEC.md, "Map"): `{ends: [{depth, count?, leaf?, key?}], hashes}`, counts as text and bytes in base64. */
export function formatMapProof({ ends, hashes }: MapProof): Json {
  const spelled = ends.map(({ depth, leaf }): Json => {
    if (!leaf) return { depth }
    const { count, leafHash, key } = leaf
    return { depth, count: String(count), leaf: base64Encode(leafHash), ...(key && { key: base64Encode(key) }) }
  })
  return { ends: spelled, hashes: hashes.map(base64Encode) }
}

/** Reads the form of a proof, undefined for any other JSON. Lengths and counts are {@link verifyMapProof}'s question. */
export function parseMapProof(value: Json | undefined): MapProof | undefined {
  if (!isJsonObject(value) || !Array.isArray(value.ends) || !Array.isArray(value.hashes)) return undefined
  const proof = { ends: value.ends.map(readEnd), hashes: value.hashes.map(readBytes) }
  // What was read leniently must be all that is there.
  return formatJson(formatMapProof(proof)) === formatJson(value) ? proof : undefined
}

function readEnd(value: Json): MapEnd {
  const { depth, count, leaf, key } = isJsonObject(value) ? value : {}
  const end = { depth: typeof depth === 'number' ? depth : -1 }
  if (leaf === undefined) return end
  return {
    ...end,
    leaf: { count: Number(count), leafHash: readBytes(leaf), ...(key !== undefined && { key: readBytes(key) }) },
  }
}

function readBytes(value: Json): Uint8Array {
  return (typeof value === 'string' ? base64Decode(value) : undefined) ?? new Uint8Array(0)
}
