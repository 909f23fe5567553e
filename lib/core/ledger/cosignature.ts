import { concat, uintBytes, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'

/** What a witness adds to a checkpoint (C2SP tlog-cosignature v1.0, note signature type 0x04). */
export type Cosignature = {
  /** Unix seconds, 0 to 2^63 − 1. */
  readonly time: bigint
  /** 64 bytes, Ed25519 over {@link cosignatureMessage}. */
  readonly signature: Uint8Array
}

const LARGEST_TIME = 2n ** 63n - 1n

/** The bytes that a witness signs: `cosignature/v1`, `time <unix seconds>`, then the checkpoint's whole note text. */
export function cosignatureMessage({ time, text }: { time: bigint; text: string }): Uint8Array {
  return utf8Encode(`cosignature/v1\ntime ${time}\n${text}`)
}

/** The signature bytes of a cosigner's note line (after the key id): uint64 time, big-endian, then 64 bytes of Ed25519. */
export function formatCosignature({ time, signature }: Cosignature): Uint8Array {
  if (signature.length !== 64 || time > LARGEST_TIME) throw new Error('no cosignature')
  return concat(uintBytes(time, 8), signature)
}

/** Reads {@link formatCosignature}. Code `cosignature-malformed`: not 72 bytes, or a time above 2^63 − 1. */
export function parseCosignature(bytes: Uint8Array): Result<Cosignature, 'cosignature-malformed'> {
  if (bytes.length !== 72) return fail('cosignature-malformed', `72 bytes expected, not ${bytes.length}`)
  let time = 0n
  for (const byte of bytes.subarray(0, 8)) time = (time << 8n) | BigInt(byte)
  if (time > LARGEST_TIME) return fail('cosignature-malformed', `time ${time} is above 2^63 - 1`)
  return pass({ time, signature: bytes.slice(8) })
}
