/** Why a file is no evidence file at all (SPEC.md, "The file"). */
export const EVIDENCE_CODES = [
  'evidence-too-large',
  'evidence-not-utf8',
  'evidence-unterminated',
  'evidence-not-json',
  'evidence-not-canonical',
  'evidence-format-unknown',
  'evidence-member-missing',
  'evidence-member-unknown',
  'evidence-member-type',
  'evidence-subject-malformed',
  'evidence-leaves-empty',
  'evidence-index-malformed',
  'evidence-leaves-order',
  'evidence-base64-malformed',
  'evidence-hash-malformed',
  'evidence-size-malformed',
  'evidence-map-malformed',
  'evidence-opening-malformed',
  'evidence-opening-stray',
  'evidence-omitted-malformed',
] as const
export type EvidenceCode = (typeof EVIDENCE_CODES)[number]
