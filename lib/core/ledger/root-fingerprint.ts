import { formatFingerprint } from './vkey.ts'

/**
 * What people compare of a checkpoint on paper: the first 80 bits of its root hash (32 bytes) as sixteen characters of Crockford's base 32. With the
 * tree size beside it, it pins the log's whole history up to there.
 */
export function rootFingerprint(root: Uint8Array): string {
  return formatFingerprint(root.slice(0, 16)).slice(0, 16)
}
