import { equalBytes } from '../bytes.ts'
import { compareKeys, joinParts, type MapEntry, type MapPart, mapBit, mapHashOf, mapLeafHash } from './map.ts'

/** The whole map in memory, for who replays a log; undefined is the map without subjects. A tree is never changed, so an older one stays good. */
export type MapTree = (NonNullable<MapPart> & { readonly halves?: readonly [MapTree, MapTree] }) | undefined

/** The map after `changes`, each key at most once: a count of 0 takes the subject out. Throws where a key is given twice. */
export function growTree(tree: MapTree, changes: readonly MapEntry[]): MapTree {
  return grown(
    tree,
    [...changes].sort((a, b) => compareKeys(a.key, b.key)),
    0,
  )
}

/** 32 bytes, as an index leaf states it. */
export function treeRoot(tree: MapTree): Uint8Array {
  return mapHashOf(tree)
}

function grown(tree: MapTree, changes: readonly MapEntry[], depth: number): MapTree {
  if (changes.length === 0) return tree
  const [only] = changes
  if (changes.length === 1 && only && (tree === undefined || (tree.entry && equalBytes(tree.entry.key, only.key)))) {
    return only.count === 0 ? undefined : { hash: mapLeafHash(only), entry: only }
  }
  if (depth === 256) throw new Error('a key is changed twice')
  const [left, right] = tree?.halves ?? halvesOf(tree, depth)
  const split = changes.findIndex(({ key }) => mapBit(key, depth) === 1)
  const end = split === -1 ? changes.length : split
  const halves = [grown(left, changes.slice(0, end), depth + 1), grown(right, changes.slice(end), depth + 1)] as const
  const part = joinParts(...halves)
  return part === undefined || part.entry ? part : { hash: part.hash, halves }
}

/** A subject alone stands for both halves: where others come beside it, it goes down one level. */
function halvesOf(tree: MapTree, depth: number): readonly [MapTree, MapTree] {
  return tree?.entry && mapBit(tree.entry.key, depth) === 1 ? [undefined, tree] : [tree, undefined]
}
