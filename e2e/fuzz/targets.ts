import { base64Decode, base64Encode, equalBytes, utf8Decode, utf8Encode } from '../../lib/core/bytes.ts'
import { formatEventText, parseEventText } from '../../lib/core/custody/event.ts'
import { formatEvidence, parseEvidence } from '../../lib/core/evidence/bundle.ts'
import { remembering } from '../../lib/core/evidence/damage.fixture.ts'
import { formatLeaf, parseLeaf } from '../../lib/core/evidence/leaf.ts'
import { parseSignedEvent } from '../../lib/core/evidence/signed-event.ts'
import { verifyEvidence } from '../../lib/core/evidence/verify.ts'
import { formatJson, parseJson } from '../../lib/core/json.ts'
import { formatCheckpointText, parseCheckpointText } from '../../lib/core/ledger/checkpoint.ts'
import { formatContradiction, parseContradiction } from '../../lib/core/ledger/contradiction.ts'
import { formatCosignature, parseCosignature } from '../../lib/core/ledger/cosignature.ts'
import { formatIndexLeaf, parseIndexLeaf } from '../../lib/core/ledger/index-leaf.ts'
import { verifyMapProof } from '../../lib/core/ledger/map-proof.ts'
import { formatMapProof, parseMapProof } from '../../lib/core/ledger/map-proof-json.ts'
import { rootOf, verifyConsistency, verifyInclusion } from '../../lib/core/ledger/merkle.ts'
import { verifyMulti } from '../../lib/core/ledger/multi-proof.ts'
import { formatNote, parseNote } from '../../lib/core/ledger/note.ts'
import { formatPolicy, parsePolicy } from '../../lib/core/ledger/policy.ts'
import {
  decodeEntries,
  encodeEntries,
  entriesPath,
  parseEntriesPath,
  parseTilePath,
  tilePath,
} from '../../lib/core/ledger/tile.ts'
import { formatTlogProof, parseTlogProof } from '../../lib/core/ledger/tlog-proof.ts'
import { formatVkey, parseVkey } from '../../lib/core/ledger/vkey.ts'
import { formatWitnessRequest, parseWitnessRequest } from '../../lib/core/ledger/witness-request.ts'
import { verifyNatively } from '../../lib/data/ed25519.ts'
import type { Samples } from './samples.ts'
import { typedTargets } from './typed.ts'

/**
 * One reader of foreign bytes. `read` gives what an accepted input is written as by ourselves, undefined where it is refused; whatever comes
 * back must be the input again, byte for byte: there is one spelling. `share`: how often it is asked, of all shares.
 */
export type Target = {
  readonly name: string
  readonly samples: readonly Uint8Array[]
  readonly share: number
  readonly read: (bytes: Uint8Array) => Uint8Array | undefined | Promise<Uint8Array | undefined>
}

const FREQUENT = 10

/** Every parser of the program, with its samples. */
export function makeTargets(samples: Samples): readonly Target[] {
  const { hashes, map, trusted } = samples
  const root = rootOf(hashes)
  const oldRoot = rootOf(hashes.slice(0, samples.consistency.oldSize))
  const leafAt = (leafIndex: number) => hashes[leafIndex] ?? new Uint8Array(0)
  const verify = remembering(verifyNatively)
  const bytes = (name: string, all: readonly Uint8Array[], read: Target['read'], share = FREQUENT): Target => ({
    name,
    samples: all,
    share,
    read,
  })
  const text = (name: string, all: readonly string[], read: (text: string) => string | undefined): Target =>
    bytes(name, all.map(utf8Encode), input => {
      const decoded = utf8Decode(input)
      const written = decoded === undefined ? undefined : read(decoded)
      return written === undefined ? undefined : utf8Encode(written)
    })
  const texts = (all: readonly Uint8Array[]) => all.map(each => utf8Decode(each) as string)
  return [
    bytes('note', [...samples.checkpoints, ...samples.notes], input => written(parseNote(input), formatNote)),
    text(
      'checkpoint',
      texts(samples.checkpoints).map(note => note.slice(0, note.indexOf('\n\n') + 1)),
      input => written(parseCheckpointText(input), value => formatCheckpointText(value) + value.extension),
    ),
    text('vkey', samples.vkeys, input => written(parseVkey(input), formatVkey)),
    bytes('tlog-proof', samples.tlogProofs, input => written(parseTlogProof(input), formatTlogProof)),
    bytes('witness request', samples.witnessBodies, input => written(parseWitnessRequest(input), formatWitnessRequest)),
    bytes('cosignature', samples.cosignatures, input => written(parseCosignature(input), formatCosignature)),
    bytes('contradiction', samples.contradictions, input =>
      written(parseContradiction(input), value => utf8Encode(formatContradiction(value))),
    ),
    text('tile path', samples.tilePaths, input => written(parseTilePath(input), tilePath)),
    text('bundle path', samples.tilePaths, input => written(parseEntriesPath(input), entriesPath)),
    bytes('entry bundle', samples.bundles, input => written(decodeEntries(input), encodeEntries)),
    bytes('leaf', samples.leaves, input => written(parseLeaf(input), formatLeaf)),
    bytes('index leaf', samples.indexLeaves, input => written(parseIndexLeaf(input), formatIndexLeaf)),
    text('JSON', texts(samples.evidence.slice(0, 1)).concat(JSON_SAMPLES), input =>
      written(parseJson(input), formatJson),
    ),
    text('event', texts(samples.texts), input => written(parseEventText(input), formatEventText)),
    // A signed event is a note whose text is an event, one line below it: nothing else of it can be spelled otherwise.
    bytes('signed event', samples.notes, input => {
      const note = parseSignedEvent(input).ok ? parseNote(input) : undefined
      return note && written(note, formatNote)
    }),
    bytes('evidence', samples.evidence, input =>
      written(parseEvidence(input), value => utf8Encode(formatEvidence(value))),
    ),
    text('policy', texts(samples.policies), input => {
      // People write policies: comments and blanks are theirs. What was read is written so that it reads the same again.
      const read = parsePolicy(input)
      if (!read.ok) return undefined
      const own = formatPolicy(read.value)
      const again = parsePolicy(own)
      return again.ok && formatPolicy(again.value) === own ? input : own
    }),
    proofTarget(
      'inclusion proof',
      samples.inclusion.proof,
      [samples.inclusion.leafIndex],
      ({ numbers, proof }) =>
        numbers.length === 1 &&
        verifyInclusion({
          leafHash: leafAt(samples.inclusion.leafIndex),
          leafIndex: numbers[0] ?? -1,
          treeSize: hashes.length,
          rootHash: root,
          proof,
        }),
    ),
    proofTarget(
      'consistency proof',
      samples.consistency.proof,
      [],
      ({ numbers, proof }) =>
        numbers.length === 0 &&
        verifyConsistency({
          oldSize: samples.consistency.oldSize,
          oldRoot,
          newSize: hashes.length,
          newRoot: root,
          proof,
        }),
    ),
    proofTarget('multi-proof', samples.multi.proof, samples.multi.leafIndices, ({ numbers, proof }) => {
      const leaves = numbers.map((leafIndex, n) => ({
        leafIndex,
        leafHash: leafAt(samples.multi.leafIndices[n] ?? -1),
      }))
      return verifyMulti({ leaves, treeSize: hashes.length, rootHash: root, proof }).ok
    }),
    bytes('map proof', [map.proof], input => {
      const json = parseJson(utf8Decode(input) ?? '')
      const proof = json.ok ? parseMapProof(json.value) : undefined
      if (!proof || !verifyMapProof({ root: map.root, keys: map.asked, proof }).ok) return undefined
      return utf8Encode(formatJson(formatMapProof(proof)))
    }),
    // What is verified is the honest file and no other.
    bytes(
      'verified evidence',
      samples.evidence.slice(0, 1),
      async input => {
        const report = await verifyEvidence({ bytes: input, trusted, verify })
        return report.verdict === 'verified' ? samples.evidence[0] : undefined
      },
      1,
    ),
    ...typedTargets(samples).map(target => text(target.name, target.samples, target.read)),
  ]

  /** A proof as lines: numbers, then hashes in base64. Accepted is the one that was made. */
  function proofTarget(
    name: string,
    proof: readonly Uint8Array[],
    numbers: readonly number[],
    isAccepted: (claim: { numbers: number[]; proof: Uint8Array[] }) => boolean,
  ): Target {
    const honest = utf8Encode([numbers.join(' '), ...proof.map(base64Encode)].join('\n'))
    return bytes(name, [honest], input => {
      const [first, ...rest] = (utf8Decode(input) ?? '').split('\n')
      const claim = {
        numbers: first === '' ? [] : (first ?? '').split(' ').map(Number),
        proof: rest.map(line => base64Decode(line) ?? new Uint8Array(0)),
      }
      if (!isAccepted(claim)) return undefined
      // Other spellings of the same claim are this bench's own.
      const own = utf8Encode([claim.numbers.join(' '), ...claim.proof.map(base64Encode)].join('\n'))
      return equalBytes(own, honest) ? input : own
    })
  }
}

const JSON_SAMPLES = ['{"a":[1,-2,"\\u0001é€😀"],"b":{"":true,"c":false}}', '["\\"\\\\\\b\\f\\n\\r\\t/"]', '123456789']

function written<Value, Written>(
  read: { readonly ok: true; readonly value: Value } | { readonly ok: false },
  format: (value: Value) => Written,
): Written | undefined {
  return read.ok ? format(read.value) : undefined
}
