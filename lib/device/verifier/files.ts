import { concat, equalBytes, utf8Decode } from '../../core/bytes.ts'
import { parseEvidence } from '../../core/evidence/bundle.ts'
import { failed } from '../../core/evidence/checks.ts'
import { readHead, type Trusted } from '../../core/evidence/log-checks.ts'
import type { Report } from '../../core/evidence/report.ts'
import { concluded, verifyEvidence } from '../../core/evidence/verify.ts'
import { checkWitnesses } from '../../core/evidence/witness-check.ts'
import type { VerifySignature } from '../../core/ledger/ed25519.ts'
import { parsePolicy } from '../../core/ledger/policy.ts'
import { parseTlogProof, verifyTlogProof } from '../../core/ledger/tlog-proof.ts'
import { type NoteKey, parseVkey, vkeyFingerprint } from '../../core/ledger/vkey.ts'

/** A file as somebody chose it. */
export interface Chosen {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A receipt holds (`index` in a tree of `size`), fails with a code, lacks its record, or nobody gave the key of its log. */
export type ReceiptOutcome =
  | {
      readonly outcome: 'pass'
      readonly index: number
      readonly size: string
      readonly origin: string
      readonly beside: string
    }
  | { readonly outcome: 'fail'; readonly code: string }
  | { readonly outcome: 'no-record' | 'no-key' }

/** What came of one file. `beside`: a record that a receipt among the files is about, or that no receipt fits. */
export type Result =
  | { readonly kind: 'evidence'; readonly name: string; readonly report: Report; readonly milliseconds: number }
  | { readonly kind: 'receipt'; readonly name: string; readonly receipt: ReceiptOutcome }
  | { readonly kind: 'beside'; readonly name: string; readonly isUsed: boolean }

const RECEIPT = 'c2sp.org/tlog-proof@'
const NEWLINE = Uint8Array.of(10)

const startOf = ({ bytes }: Chosen, length: number) => String.fromCharCode(...bytes.subarray(0, length))
const isReceipt = (file: Chosen) => startOf(file, RECEIPT.length) === RECEIPT
/** Evidence is JSON. What is none of both stands beside a receipt; alone it is shown as evidence that cannot be read. */
const isEvidence = (file: Chosen) => startOf(file, 1) === '{'

/** Whether `text` is a policy file that can be used: witnesses that somebody asks for are never ignored. */
export function isPolicy(text: string): boolean {
  return parsePolicy(text).ok
}

/** Checks all the files, evidence and receipts, in their order. Never rejects for what a file holds. */
export async function checkFiles(args: {
  files: readonly Chosen[]
  trusted: Trusted
  verify: VerifySignature
}): Promise<readonly Result[]> {
  const { files, trusted, verify } = args
  const results: Result[] = []
  const used = new Set<string>()
  const hasReceipt = files.some(isReceipt)
  for (const file of files) {
    if (isReceipt(file)) {
      const receipt = await checkReceipt({ file, files, trusted, verify })
      if (receipt.outcome === 'pass') used.add(receipt.beside)
      results.push({ kind: 'receipt', name: file.name, receipt })
    } else if (isEvidence(file) || !hasReceipt) {
      const since = performance.now()
      const report = await verifyEvidence({ bytes: file.bytes, trusted, verify, witnesses: checkWitnesses })
      results.push({ kind: 'evidence', name: file.name, report, milliseconds: performance.now() - since })
    } else results.push({ kind: 'beside', name: file.name, isUsed: false })
  }
  return results.map(result => {
    if (result.kind === 'beside') return { ...result, isUsed: used.has(result.name) }
    return result.kind === 'evidence' && results.some(other => isForked(result, other)) ? forked(result) : result
  })
}

/** Two files of one size that one key has signed, with two roots: each may be intact by itself, and one of them is not the log's history. */
function isForked(a: Result, b: Result): boolean {
  if (a.kind !== 'evidence' || b.kind !== 'evidence' || !isSigned(a.report) || !isSigned(b.report)) return false
  const [one, two] = [a, b].map(({ report }) => readHead(report.checkpointNote ?? ''))
  if (!one || !two || a.report.vkey !== b.report.vkey || one.origin !== two.origin) return false
  return one.size === two.size && !equalBytes(one.rootHash, two.rootHash)
}

const isSigned = ({ checks }: Report) =>
  checks.some(({ name, outcome }) => name === 'checkpoint-signed' && outcome === 'pass')

function forked<Found extends { readonly report: Report }>(found: Found): Found {
  const { report } = found
  const checks = report.checks.map(check =>
    check.name === 'checkpoint-consistent' ? failed(check.name, 'checkpoint-forked', '') : check,
  )
  return { ...found, report: { ...report, ...concluded(checks, report.founding?.index === true), checks } }
}

async function checkReceipt(args: {
  file: Chosen
  files: readonly Chosen[]
  trusted: Trusted
  verify: VerifySignature
}): Promise<ReceiptOutcome> {
  const { file, files, trusted, verify } = args
  const parsed = parseTlogProof(file.bytes)
  if (!parsed.ok) return { outcome: 'fail', code: parsed.code }
  const keys = keysFor(trusted, files)
  if (keys.length === 0) return { outcome: 'no-key' }
  let code: string | undefined
  for (const { leaf, name } of leavesFor(parsed.value, files)) {
    const proven = await verifyTlogProof({ file: file.bytes, leaf, keys, verify })
    if (proven.ok) {
      const { origin, size } = proven.value.checkpoint
      return { outcome: 'pass', index: proven.value.leafIndex, size: String(size), origin, beside: name }
    }
    // Of a record that is not the receipt's own nothing follows; what is wrong with its checkpoint does.
    if (proven.code !== 'tlog-proof-not-included' || code === undefined) code = proven.code
  }
  return code === undefined ? { outcome: 'no-record' } : { outcome: 'fail', code }
}

/** The trusted key; where only its fingerprint is known, the one of that fingerprint that an evidence file among them brings. */
function keysFor({ vkey, fingerprint }: Trusted, files: readonly Chosen[]): readonly NoteKey[] {
  const hints = files.flatMap(file => {
    const evidence = isEvidence(file) ? parseEvidence(file.bytes) : undefined
    return evidence?.ok ? [evidence.value.vkey] : []
  })
  const text = vkey ?? hints.find(hint => vkeyFingerprint(hint) === fingerprint)
  const key = text === undefined ? undefined : parseVkey(text)
  return key?.ok ? [key.value] : []
}

/** What the receipt may be about: the record at its index in an evidence file, and each other file as the record, or as its note without the first line. */
function leavesFor(
  proof: { readonly extra?: Uint8Array; readonly leafIndex: bigint },
  files: readonly Chosen[],
): readonly { leaf: Uint8Array; name: string }[] {
  const { extra, leafIndex } = proof
  return files.flatMap(file => {
    if (isReceipt(file)) return []
    const { name, bytes } = file
    if (isEvidence(file)) {
      const evidence = parseEvidence(bytes)
      const leaf = evidence.ok ? evidence.value.leaves.find(({ index }) => BigInt(index) === leafIndex) : undefined
      return leaf ? [{ leaf: leaf.bytes, name }] : []
    }
    const whole = extra === undefined ? undefined : concat(extra, NEWLINE, bytes)
    return [{ leaf: bytes, name }, ...(whole && !equalBytes(whole, bytes) ? [{ leaf: whole, name }] : [])]
  })
}

/** Text of a chosen file; undefined where it is not UTF-8. */
export function textOf({ bytes }: Chosen): string | undefined {
  return utf8Decode(bytes)
}
