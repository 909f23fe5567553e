// biome-ignore-all lint/style/noRestrictedImports: one folder deeper than the ledger, so ../../ is still lib/core
import { base64Decode, hexDecode } from '../../bytes.ts'

/** Takes one claim about the ledger and whether it held. */
export type Check = (claim: string, holds: boolean) => void

/** tlog-vectors.json, as far as the ledger reads it. Names are the file's. */
export type TlogVectors = {
  keys: Record<'log' | 'log_rotated' | 'witness1' | 'witness2', KeyVector>
  rfc6962: {
    leaves_hex: string[]
    leaf_hashes_hex: string[]
    roots_hex: string[]
    inclusion: InclusionVector[]
    consistency: ConsistencyVector[]
  }
  /** Entry i is `entry <i>`. */
  entries_tree: {
    roots: { size: number; root_b64: string }[]
    inclusion: InclusionVector[]
    consistency: ConsistencyVector[]
  }
  tiles: {
    paths: { level: string; index: number; width: number; path: string }[]
    resources: { size: number; resources: { path: string; bytes: number; sha256: string }[] }[]
    entries_000_p_3_hex: string
    tile_0_000_p_3_hex: string
  }
  checkpoints: {
    cosignature_time_w1: number
    cosignature_time_w2: number
    cosignature_message_w1_size5: string
    list: CheckpointVector[]
  }
  checkpoint_bodies: { cases: { body: string; ok: boolean; size?: string; extension?: string }[] }
  notes: { verifiers: string[]; cases: { name: string; note_b64: string; ok: boolean; verified: string[] | null }[] }
  witness: { steps: { name: string; request: string; response?: string; status: number }[] }
  tlog_proof: {
    valid: { entry: string; file: string; index: number; size: number }[]
    invalid: { name: string; file: string }[]
    invalid_entry: string
  }
}

export type KeyVector = {
  name: string
  seed_hex: string
  public_hex: string
  ed25519_key_id: string
  ed25519_vkey: string
  cosig_key_id: string
  cosig_vkey: string
}

type InclusionVector = { index: number; size: number; proof_b64: string[] }
type ConsistencyVector = { old: number; size: number; proof_b64: string[] }
type CheckpointVector = {
  size: number
  body: string
  signed: string
  cosigned: string
  cosignature_line_w1: string
  cosignature_line_w2: string
}

/** Bytes of lower-case hex; none if it is malformed, which no claim survives. */
export function bytesOfHex(hex: string): Uint8Array {
  return hexDecode(hex, hex.length / 2) ?? new Uint8Array(0)
}

/** Bytes of base64; none if it is malformed, which no claim survives. */
export function bytesOfBase64(text: string): Uint8Array {
  return base64Decode(text) ?? new Uint8Array(0)
}
