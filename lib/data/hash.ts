import { createHash } from 'node:crypto'

const LEAF = Uint8Array.of(0)

/** RFC 6962 leaf hash, 32 bytes: as lib/core/ledger has it, natively, for paths that hash every leaf. */
export function leafHashOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(LEAF).update(bytes).digest())
}

/** Lower-case hex, natively. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** SHA-256, 32 bytes, natively. */
export function sha256Of(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}
