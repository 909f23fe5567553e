// biome-ignore-all lint/style/noRestrictedImports: one folder deeper than the ledger, so ../../ is still lib/core
import { base64Encode, concat, equalBytes, hexEncode, sha256, utf8Encode } from '../../bytes.ts'
import { publicKeyOf, type VerifySignature } from '../ed25519.ts'
import { type Edge, rootOfEdge } from '../edge.ts'
import { growEdge, hashesCompletedBy, type ReadTile, subtreeHashes } from '../hash-tiles.ts'
import {
  consistencyRanges,
  inclusionRanges,
  leafHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../merkle.ts'
import {
  bundlesOf,
  decodeEntries,
  encodeEntries,
  entriesPath,
  parseEntriesPath,
  parseTilePath,
  tilePath,
  tilesOf,
} from '../tile.ts'
import { formatVkey, noteKey, parseVkey, TYPE_COSIGNATURE, TYPE_ED25519 } from '../vkey.ts'
import { checkBodies, checkCheckpoints, checkNotes, checkTlogProofs, checkWitnessScript } from './check-signed.ts'
import { bytesOfBase64, bytesOfHex, type Check, type TlogVectors } from './shape.ts'

/**
 * Checks the ledger against `vectors` (tlog-vectors.json, made by Go's own packages) with `verify` for the signatures: the same code in
 * Node and in a browser. Gives the number of claims that held and the names of those that did not.
 */
export async function checkVectors(
  vectors: TlogVectors,
  verify: VerifySignature,
): Promise<{ passed: number; failed: string[] }> {
  let passed = 0
  const failed: string[] = []
  const check: Check = (claim, holds) => {
    if (holds) passed++
    else failed.push(claim)
  }
  const sections = { checkKeys, checkClassicTree, checkEntriesTree, checkPaths, checkCheckpoints, checkBodies }
  const signed = { checkNotes, checkWitnessScript, checkTlogProofs }
  for (const [name, section] of Object.entries({ ...sections, ...signed })) {
    try {
      await section(vectors, check, verify)
    } catch (error) {
      failed.push(`${name}: ${String(error)}`)
    }
  }
  return { passed, failed }
}

function checkKeys({ keys }: TlogVectors, check: Check): void {
  for (const [label, key] of Object.entries(keys)) {
    const publicKey = bytesOfHex(key.public_hex)
    check(`${label}: public key of seed`, equalBytes(publicKeyOf(bytesOfHex(key.seed_hex)), publicKey))
    for (const [type, id, vkey] of [
      [TYPE_ED25519, key.ed25519_key_id, key.ed25519_vkey],
      [TYPE_COSIGNATURE, key.cosig_key_id, key.cosig_vkey],
    ] as const) {
      const made = noteKey({ name: key.name, type, publicKey })
      check(`${label}: key id of type ${type}`, hexEncode(made.keyId) === id)
      check(`${label}: vkey of type ${type} written`, formatVkey(made) === vkey)
      const read = parseVkey(vkey)
      check(`${label}: vkey of type ${type} read`, read.ok && equalBytes(read.value.publicKey, publicKey))
    }
  }
}

function checkClassicTree({ rfc6962 }: TlogVectors, check: Check): void {
  const leafHashes = rfc6962.leaves_hex.map(leaf => leafHash(bytesOfHex(leaf)))
  const roots = rfc6962.roots_hex.map(bytesOfHex)
  rfc6962.leaf_hashes_hex.forEach((hash, i) => {
    check(`classic leaf hash ${i}`, hexEncode(leafHashes[i] as Uint8Array) === hash)
  })
  roots.forEach((root, size) => {
    check(`classic root ${size}`, equalBytes(rootOf(leafHashes.slice(0, size)), root))
  })
  for (const { index, size, proof_b64 } of rfc6962.inclusion) {
    const [first, rootHash] = [leafHashes.slice(0, size), roots[size] as Uint8Array]
    const made = proveInclusion({ leafHashes: first, leafIndex: index })
    check(`classic inclusion ${index} in ${size} proven`, made.map(base64Encode).join() === proof_b64.join())
    const hash = leafHashes[index] as Uint8Array
    const proof = proof_b64.map(bytesOfBase64)
    const isIn = verifyInclusion({ leafHash: hash, leafIndex: index, treeSize: size, rootHash, proof })
    check(`classic inclusion ${index} in ${size} verified`, isIn)
  }
  for (const { old, size, proof_b64 } of rfc6962.consistency) {
    const made = proveConsistency({ leafHashes: leafHashes.slice(0, size), oldSize: old })
    check(`classic consistency ${old} to ${size} proven`, made.map(base64Encode).join() === proof_b64.join())
    const [oldRoot, newRoot] = [roots[old] as Uint8Array, roots[size] as Uint8Array]
    const proof = proof_b64.map(bytesOfBase64)
    const isPrefix = verifyConsistency({ oldSize: old, oldRoot, newSize: size, newRoot, proof })
    check(`classic consistency ${old} to ${size} verified`, isPrefix)
  }
}

/** Grows the log of 70,000 as a writer does, then proves from its tiles as a server does. */
async function checkEntriesTree({ entries_tree, tiles }: TlogVectors, check: Check): Promise<void> {
  const roots = new Map(entries_tree.roots.map(({ size, root_b64 }) => [size, root_b64]))
  const proven = new Set(entries_tree.consistency.flatMap(({ old, size }) => [old, size]))
  const own = new Map<number, Uint8Array>()
  const rows: Uint8Array[][] = [[]]
  let edge: Edge = []
  for (let size = 0; ; ) {
    const root = roots.get(size)
    if (root || proven.has(size)) own.set(size, rootOfEdge({ edge, size }))
    if (root) check(`root of ${size} entries`, base64Encode(own.get(size) as Uint8Array) === root)
    if (size === 70_000) break
    const hash = leafHash(utf8Encode(`entry ${size}`))
    const grown = growEdge({ edge, size, leafHashes: [hash] })
    rows[0]?.push(hash)
    for (const node of grown.nodes) {
      const row = rows[node.level] ?? []
      rows[node.level] = row
      check(`node ${node.level}/${node.index} is next in its row`, row.length === node.index)
      row.push(node.hash)
    }
    edge = grown.edge
    size++
  }
  const completed = hashesCompletedBy({ oldSize: 0, newSize: 70_000 })
  check('every full tile has its hash above', completed.length === 273 + 1 && rows.length === 3)
  const readTile: ReadTile = async ({ level, index, width }) =>
    (rows[level] ?? []).slice(256 * index, 256 * index + width)

  for (const { index, size, proof_b64 } of entries_tree.inclusion) {
    const ranges = inclusionRanges({ leafIndex: index, treeSize: size })
    const proof = await subtreeHashes({ ranges, treeSize: size, readTile })
    check(`inclusion ${index} in ${size} proven from tiles`, proof.map(base64Encode).join() === proof_b64.join())
    const rootHash = own.get(size) as Uint8Array
    const hash = leafHash(utf8Encode(`entry ${index}`))
    const isIn = verifyInclusion({ leafHash: hash, leafIndex: index, treeSize: size, rootHash, proof })
    check(`inclusion ${index} in ${size} verified`, isIn)
  }
  for (const { old, size, proof_b64 } of entries_tree.consistency) {
    const ranges = consistencyRanges({ oldSize: old, newSize: size })
    const proof = await subtreeHashes({ ranges, treeSize: size, readTile })
    check(`consistency ${old} to ${size} proven from tiles`, proof.map(base64Encode).join() === proof_b64.join())
    const [oldRoot, newRoot] = [own.get(old) as Uint8Array, own.get(size) as Uint8Array]
    const isPrefix = verifyConsistency({ oldSize: old, oldRoot, newSize: size, newRoot, proof })
    check(`consistency ${old} to ${size} verified`, isPrefix)
  }
  for (const { size, resources } of tiles.resources) {
    const served = new Map<string, Uint8Array>()
    for (const tile of tilesOf(size)) served.set(tilePath(tile), concat(...(await readTile(tile))))
    for (const bundle of bundlesOf(size)) {
      const entries = Array.from({ length: bundle.width }, (_, i) => utf8Encode(`entry ${256 * bundle.index + i}`))
      served.set(entriesPath(bundle), encodeEntries(entries))
    }
    for (const { path, bytes, sha256: hash } of resources) {
      const body = served.get(path)
      check(`${path} at ${size}`, body?.length === bytes && hexEncode(sha256(body)) === hash)
    }
    // For the largest size the vectors list a selection.
    check(`nothing else is served at ${size}`, size > 600 || served.size === resources.length)
  }
}

function checkPaths({ tiles }: TlogVectors, check: Check): void {
  for (const { level, index, width, path } of tiles.paths) {
    const isBundle = level === 'entries'
    const written = isBundle ? entriesPath({ index, width }) : tilePath({ level: Number(level), index, width })
    const read = isBundle ? parseEntriesPath(path) : parseTilePath(path)
    check(`${path} written`, written === path)
    check(`${path} read`, read.ok && read.value.index === index && read.value.width === width)
  }
  const bundle = decodeEntries(bytesOfHex(tiles.entries_000_p_3_hex))
  const entries = ['entry 0', 'entry 1', 'entry 2'].map(utf8Encode)
  check('bundle of three written', hexEncode(encodeEntries(entries)) === tiles.entries_000_p_3_hex)
  check(
    'bundle of three read',
    bundle.ok && bundle.value.every((entry, i) => equalBytes(entry, entries[i] as Uint8Array)),
  )
  check('tile of three', hexEncode(concat(...entries.map(leafHash))) === tiles.tile_0_000_p_3_hex)
}
