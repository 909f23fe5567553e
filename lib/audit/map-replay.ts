import { keysSubject } from '../core/evidence/map-changes.ts'
import { type MapEntry, mapKey } from '../core/ledger/map.ts'
import { growTree, type MapTree, treeRoot } from '../core/ledger/map-tree.ts'

/** The map of a log, grown from its leaves (PROTOCOL §6), brought up to date only where an index leaf asks for its root. */
export interface MapReplay {
  change(subject: string, entry: { readonly count: number; readonly leafHash: Uint8Array }): void
  /** One more record about a key of `party`. */
  changeKeys(party: string, leafHash: Uint8Array): void
  /** 32 bytes. */
  root(): Uint8Array
  save(): SavedMap
}

export interface SavedMap {
  readonly changed: Map<string, { count: number; leafHash: Uint8Array }>
  readonly keyRecords: Map<string, number>
  /** Key, count, leaf hash of each subject, 72 bytes each. */
  readonly entries: Uint8Array
}

/** Empty, or as saved. */
export function openMapReplay(saved?: SavedMap): MapReplay {
  let tree: MapTree = saved && growTree(undefined, unpack(saved.entries))
  const changed = saved?.changed ?? new Map<string, { count: number; leafHash: Uint8Array }>()
  const keyRecords = saved?.keyRecords ?? new Map<string, number>()
  return {
    change: (subject, entry) => void changed.set(subject, entry),
    changeKeys(party, leafHash) {
      const count = (keyRecords.get(party) ?? 0) + 1
      keyRecords.set(party, count)
      changed.set(keysSubject(party), { count, leafHash })
    },
    root() {
      tree = growTree(
        tree,
        [...changed].map(([subject, entry]) => ({ key: mapKey(subject), ...entry })),
      )
      changed.clear()
      return treeRoot(tree)
    },
    save: () => ({ changed, keyRecords, entries: pack([...entriesIn(tree)]) }),
  }
}

function* entriesIn(tree: MapTree): Generator<MapEntry> {
  if (tree?.entry) yield tree.entry
  for (const half of tree?.halves ?? []) yield* entriesIn(half)
}

const ENTRY_BYTES = 72

function pack(entries: readonly MapEntry[]): Uint8Array {
  const bytes = new Uint8Array(entries.length * ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  for (const [i, { key, count, leafHash }] of entries.entries()) {
    bytes.set(key, i * ENTRY_BYTES)
    view.setFloat64(i * ENTRY_BYTES + 32, count)
    bytes.set(leafHash, i * ENTRY_BYTES + 40)
  }
  return bytes
}

function unpack(bytes: Uint8Array): MapEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, i) => ({
    key: bytes.slice(i * ENTRY_BYTES, i * ENTRY_BYTES + 32),
    count: view.getFloat64(i * ENTRY_BYTES + 32),
    leafHash: bytes.slice(i * ENTRY_BYTES + 40, (i + 1) * ENTRY_BYTES),
  }))
}
