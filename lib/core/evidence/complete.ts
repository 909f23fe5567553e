import { hexEncode } from '../bytes.ts'
import type { Founding } from '../custody/state.ts'
import { mapKey } from '../ledger/map.ts'
import { verifyMapProof } from '../ledger/map-proof.ts'
import type { Evidence } from './bundle.ts'
import { failed, notRun, passed } from './checks.ts'
import { subjectsLeanedOn } from './leaned.ts'
import type { Head } from './log-checks.ts'
import type { ReadLeaf } from './read-leaves.ts'
import type { Check } from './report.ts'

/**
 * `complete`: the index leaf that ends the tree commits the log to a map, and of every subject that the file leans on the map has exactly the
 * leaves that the file shows. What leaf 0 promises is demanded. `replayedBy`: trusted witnesses who replayed the log before they signed.
 */
export function checkComplete(args: {
  evidence: Evidence
  head: Head
  founding: Founding | undefined
  reads: readonly ReadLeaf[]
  replayedBy: readonly string[]
}): Check {
  const name = 'complete'
  const { evidence, head, founding, reads } = args
  const { subject, omitted, map } = evidence
  if (!founding) return notRun(name, 'events-not-signed')
  if (!founding.index && !map) return notRun(name, 'index-not-promised')
  const last = reads.at(-1)
  const index = last?.index === head.size - 1 ? last.indexLeaf : undefined
  if (!index) return failed(name, founding.index ? 'index-missing' : 'map-without-index', '')
  if (!index.ok) return failed(name, index.code, index.detail, { leaf: head.size - 1 })
  if (!map) return failed(name, 'map-proof-missing', '')

  const shown = new Map<string, { count: number; leafHash: string }>()
  const signed = []
  for (const { signed: read, leafHash } of reads) {
    if (!read.ok) continue
    signed.push(read.value)
    const about = (read.value.event ?? read.value.newer).subject
    shown.set(about, { count: (shown.get(about)?.count ?? 0) + 1, leafHash })
  }
  const subjects = subjectsLeanedOn({ subject, omitted, signed })
  const { mapRoot: root, at } = index.value
  const proven = verifyMapProof({ root, keys: subjects.map(mapKey), proof: map })
  if (!proven.ok) return failed(name, proven.code, proven.detail)
  for (const [i, about] of subjects.entries()) {
    const entry = proven.value[i]
    const { count = 0, leafHash } = shown.get(about) ?? {}
    const facts = { subject: about, map: entry?.count ?? 0, file: count }
    if (facts.map !== count)
      return failed(name, 'map-count-differs', `${about}: ${facts.map} by the index, ${count} here`, { facts })
    if (entry && hexEncode(entry.leafHash) !== leafHash) return failed(name, 'map-leaf-differs', about, { facts })
  }
  const by = args.replayedBy.join(', ')
  return passed(name, { facts: { at, subjects: subjects.length, ...(by !== '' && { by }) } })
}
