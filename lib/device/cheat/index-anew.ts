import { equalBytes } from '../../core/bytes.ts'
import type { Evidence, EvidenceLeaf } from '../../core/evidence/bundle.ts'
import { parseLeaf } from '../../core/evidence/leaf.ts'
import { subjectsLeanedOn } from '../../core/evidence/leaned.ts'
import { parseSignedEvent } from '../../core/evidence/signed-event.ts'
import { formatIndexLeaf, parseIndexLeaf } from '../../core/ledger/index-leaf.ts'
import { mapKey } from '../../core/ledger/map.ts'
import { readMapProof } from '../../core/ledger/map-proof.ts'
import { leafHash } from '../../core/ledger/merkle.ts'
import { putTogether, type Taken } from './records.ts'

/**
 * The file with its index made to fit a changed chain, as whoever keeps a log of their own does: where the map named the last of `own` it names the
 * last of `mended`, and the index leaf states that map's root. The same file where it has no index.
 */
export function indexedAnew(evidence: Evidence, own: readonly Taken[], mended: readonly EvidenceLeaf[]): Evidence {
  const { subject, omitted, leaves, map } = evidence
  const last = leaves.at(-1)
  const index = last && parseIndexLeaf(last.bytes)
  const [before, after] = [own.at(-1), mended.at(-1)]
  if (!map || !last || !index?.ok || !before || !after) return evidence
  const [was, is] = [leafHash(putTogether(before).bytes), leafHash(after.bytes)]
  const ends = map.ends.map(end =>
    end.leaf && equalBytes(end.leaf.leafHash, was) ? { ...end, leaf: { ...end.leaf, leafHash: is } } : end,
  )
  const signed = leaves.flatMap(({ bytes }) => {
    const leaf = parseLeaf(bytes)
    const read = leaf.ok ? parseSignedEvent(leaf.value.note) : undefined
    return read?.ok ? [read.value] : []
  })
  const proof = { ends, hashes: map.hashes }
  const read = readMapProof({ keys: subjectsLeanedOn({ subject, omitted, signed }).map(mapKey), proof })
  if (!read.ok) return evidence
  const bytes = formatIndexLeaf({ at: index.value.at, mapRoot: read.value.root })
  return { ...evidence, map: proof, leaves: leaves.with(-1, { index: last.index, bytes }) }
}
