import { sha256, utf8Decode, utf8Encode } from '../../lib/core/bytes.ts'
import { demonstrationSscc } from '../../lib/core/custody/gs1.ts'
import { formatRecoveryText } from '../../lib/core/custody/recovery-text.ts'
import {
  checkpointOf,
  evidenceOf,
  fileOf,
  longStory,
  mapOf,
  packed,
  vkeyOf,
} from '../../lib/core/evidence/evidence.fixture.ts'
import { pairOf } from '../../lib/core/evidence/story.fixture.ts'
import { formatJson } from '../../lib/core/json.ts'
import { formatContradiction } from '../../lib/core/ledger/contradiction.ts'
import { formatCosignature } from '../../lib/core/ledger/cosignature.ts'
import { formatIndexLeaf } from '../../lib/core/ledger/index-leaf.ts'
import { mapKey } from '../../lib/core/ledger/map.ts'
import { proveMap } from '../../lib/core/ledger/map-proof.ts'
import { formatMapProof } from '../../lib/core/ledger/map-proof-json.ts'
import { leafHash, proveConsistency, proveInclusion } from '../../lib/core/ledger/merkle.ts'
import { proveMulti } from '../../lib/core/ledger/multi-proof.ts'
import { encodeEntries } from '../../lib/core/ledger/tile.ts'
import { formatTlogProof } from '../../lib/core/ledger/tlog-proof.ts'
import { formatVkey, noteKey, TYPE_COSIGNATURE } from '../../lib/core/ledger/vkey.ts'
import { formatWitnessRequest } from '../../lib/core/ledger/witness-request.ts'

/** Valid inputs of every parser, from two logs told for the purpose; the same each time. */
export async function makeSamples() {
  const story = await packed('log.example.org', { index: true })
  const long = await longStory(12)
  const { log, subject } = story
  const evidence = await evidenceOf(log, subject)
  const plain = await evidenceOf(long.log, long.subject, { seen: 5 })
  const checkpoint = utf8Encode(checkpointOf(log))
  const hashes = Array.from({ length: 70 }, (_, n) => leafHash(utf8Encode(`entry ${n}`)))
  const map = await mapOf(log, log.size)
  const asked = [...log.chains.keys()].slice(0, 5).concat('consignment/nothing').map(mapKey)
  const witness = noteKey({ name: 'witness.example/w1', type: TYPE_COSIGNATURE, publicKey: pairOf('w1').publicKey })
  const proof = proveInclusion({ leafHashes: hashes, leafIndex: 41 })
  const leaves = [...log.leaves, ...long.log.leaves]
  const notes = leaves.flatMap(leaf => noteIn(leaf))
  return {
    evidence: [fileOf(evidence), fileOf(plain)],
    trusted: { vkey: vkeyOf(log.origin) },
    leaves,
    notes,
    texts: notes.map(note => note.slice(0, lastBlank(note) + 1)),
    checkpoints: [checkpoint, utf8Encode(checkpointOf(long.log, { size: 3 }))],
    hashes,
    inclusion: { leafIndex: 41, proof },
    consistency: { oldSize: 41, proof: proveConsistency({ leafHashes: hashes, oldSize: 41 }) },
    multi: {
      leafIndices: [0, 3, 4, 41, 69],
      proof: proveMulti({ leafHashes: hashes, leafIndices: [0, 3, 4, 41, 69] }),
    },
    map: { root: map.root, asked, proof: utf8Encode(formatJson(formatMapProof(await proveMap(map.tiles, asked)))) },
    vkeys: [vkeyOf(log.origin), formatVkey(witness)],
    tlogProofs: [
      formatTlogProof({ leafIndex: 41n, proof, checkpoint }),
      formatTlogProof({ extra: utf8Encode('{"a":1}'), leafIndex: 0n, proof: [], checkpoint }),
    ],
    witnessBodies: [
      formatWitnessRequest({ oldSize: 0n, proof: [], checkpoint }),
      formatWitnessRequest({ oldSize: 41n, proof: proveConsistency({ leafHashes: hashes, oldSize: 41 }), checkpoint }),
    ],
    contradictions: [
      utf8Encode(
        formatContradiction({
          vkey: vkeyOf(log.origin),
          proof: [],
          notes: [checkpointOf(log, { size: 4 }), checkpointOf(long.log, { size: 4 })],
        }),
      ),
    ],
    cosignatures: [formatCosignature({ time: 1_767_225_600n, signature: sha256x2('cosignature') })],
    policies: [
      `log ${vkeyOf(log.origin)} https://log.example.org/log\n`,
      `witness one ${formatVkey(witness)} https://w.example/\ngroup all 1 one\nquorum all\n`,
      '# none\n\nquorum none\n',
    ].map((text, n, all) => utf8Encode(n === 1 ? all[0] + text : text)),
    indexLeaves: [formatIndexLeaf({ at: 1_767_225_600_000, mapRoot: map.root })],
    bundles: [encodeEntries(leaves.slice(0, 5)), encodeEntries([])],
    tilePaths: ['tile/0/000', 'tile/1/x001/234.p/17', 'tile/63/000.p/255', 'tile/entries/x001/x234/067.p/8'],
    references: [subject.slice('consignment/'.length), 'https://log.example.org/t/0123456789A', story.donor.party],
    gs1: ['/01/09521234543213/10/ABC%2F1/21/7', `/00/${demonstrationSscc('7').key}`, '/01/9521234543213'],
    recovery: [formatRecoveryText(pairOf('recovery').seed)],
    pasted: [
      'Item\tLot\tExpiry\tUnit\tQuantity\nSoap\tM1\t2028-03\tbox\t1,200\nTents, "large"\t\t31/12/2028\tpiece\t3\n',
      'item;quantité\n"Savon; dur";12\n"non fermé;3\n',
      'العنصر,الكمية\nصابون,١٢٠\n',
    ],
    cells: ['1,200', '1.200', '١٢٠', '2028-03', '03/04/2028', '31 Dec 2028', 'pcs', 'علبة', "1'000", '12.00'],
  }
}

export type Samples = Awaited<ReturnType<typeof makeSamples>>

const sha256x2 = (text: string) => Uint8Array.from([...sha256(utf8Encode(text)), ...sha256(utf8Encode(`${text} 2`))])

/** The note of a leaf of ours: what follows its own lines; none in an index leaf. */
function noteIn(leaf: Uint8Array): Uint8Array[] {
  const text = utf8Decode(leaf) ?? ''
  const start = text.indexOf('throughline/event/')
  return start < 0 ? [] : [utf8Encode(text.slice(start))]
}

function lastBlank(note: Uint8Array): number {
  return Buffer.from(note).lastIndexOf('\n\n')
}
