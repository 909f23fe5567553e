import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes, hexEncode, utf8Encode } from '../core/bytes.ts'
import { parseCheckpointText } from '../core/ledger/checkpoint.ts'
import { type Edge, rootOfEdge } from '../core/ledger/edge.ts'
import { growEdge } from '../core/ledger/hash-tiles.ts'
import { EMPTY_ROOT } from '../core/ledger/merkle.ts'
import { parseNote } from '../core/ledger/note.ts'
import type { Finding } from './fsck.ts'
import { readHead } from './head.ts'
import { bytesOf, query } from './sql.ts'

/** `hash`: of the bytes; `leafHash`: as stored. */
type TreeLeaf = { readonly leafIndex: number; readonly hash: Uint8Array; readonly leafHash: Uint8Array }

/** The tree over the leaves' bytes, grown again leaf by leaf, with its root at every size of `asked`. */
export function startTreeCheck(asked: ReadonlySet<number>) {
  let edge: Edge = []
  let size = 0
  const nodes = new Map<string, Uint8Array>()
  const roots = new Map<number, Uint8Array>([[0, EMPTY_ROOT]])
  let isWhole = true

  /** Leaves come in order; a hole is named once, and past it there is no tree to compare with. */
  function take({ leafIndex, hash, leafHash }: TreeLeaf): Finding[] {
    const findings: Finding[] = []
    if (leafIndex !== size) {
      isWhole = false
      findings.push({ code: 'leaf-missing', leaf: size, detail: `leaves ${size} to ${leafIndex - 1} are not there` })
    }
    if (!equalBytes(hash, leafHash)) {
      const detail = `its bytes hash to ${hexEncode(hash)}, the tree was built with ${hexEncode(leafHash)}`
      findings.push({ code: 'leaf-altered', leaf: leafIndex, detail })
    }
    if (isWhole) {
      const grown = growEdge({ edge, size, leafHashes: [hash] })
      edge = grown.edge
      for (const node of grown.nodes) nodes.set(`${node.level}/${node.index}`, node.hash)
    }
    size = leafIndex + 1
    if (isWhole && asked.has(size)) roots.set(size, rootOfEdge({ edge, size }))
    return findings
  }

  const rootAt = (at: number): Uint8Array | undefined =>
    roots.get(at) ?? (isWhole && at === size ? rootOfEdge({ edge, size }) : undefined)

  /** Nodes, head and every stored checkpoint against the tree that was grown. */
  async function compare(on: SqlQueryable, leaves: number): Promise<Finding[]> {
    const findings: Finding[] = []
    const stored = await query(on, 'SELECT "level", "position", "hash" FROM "Node"')
    for (const [level, position, hash] of stored) {
      const name = `${level}/${position}`
      const own = nodes.get(name)
      nodes.delete(name)
      if (!own || !equalBytes(own, bytesOf(hash))) findings.push({ code: 'node-differs', detail: `node ${name}` })
    }
    for (const name of nodes.keys()) findings.push({ code: 'node-differs', detail: `node ${name} is not there` })
    const head = await readHead(on)
    const root = rootAt(leaves)
    const isEdge =
      head.edge.length === edge.length && head.edge.every((hash, i) => equalBytes(hash, edge[i] as Uint8Array))
    if (head.size !== leaves || !isEdge || !root || !equalBytes(root, head.root)) {
      findings.push({ code: 'head-differs', detail: `the head is of ${head.size} leaves, there are ${leaves}` })
    }
    const [last] = await query(on, 'SELECT "recordedAt" FROM "Leaf" WHERE "leafIndex" = ?', [leaves - 1])
    if (head.recordedAt !== Number(last?.[0] ?? 0)) {
      const detail = `the head is of ${head.recordedAt}, the last leaf of ${last?.[0]}`
      findings.push({ code: 'head-differs', detail })
    }
    for (const row of await query(on, 'SELECT "size", "root", "note" FROM "Checkpoint" ORDER BY "size"')) {
      const finding = checkCheckpoint({ size: Number(row[0]), root: bytesOf(row[1]), note: String(row[2]) })
      if (finding) findings.push(finding)
    }
    return findings
  }

  function checkCheckpoint({
    size: at,
    root,
    note,
  }: {
    size: number
    root: Uint8Array
    note: string
  }): Finding | undefined {
    const own = rootAt(at)
    const parsed = parseNote(utf8Encode(note))
    const said = parsed.ok ? parseCheckpointText(parsed.value.text) : parsed
    if (
      own &&
      equalBytes(own, root) &&
      said.ok &&
      said.value.size === BigInt(at) &&
      equalBytes(said.value.rootHash, own)
    ) {
      return undefined
    }
    return { code: 'checkpoint-differs', detail: `the checkpoint of ${at} leaves is not of these leaves` }
  }

  return { take, compare, rootAt }
}
