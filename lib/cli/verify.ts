import { parseArgs } from 'node:util'
import { parseEvidence } from '../core/evidence/bundle.ts'
import type { Trusted } from '../core/evidence/log-checks.ts'
import type { Report } from '../core/evidence/report.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { checkWitnesses } from '../core/evidence/witness-check.ts'
import { isContradiction } from '../core/ledger/contradiction.ts'
import { parsePolicy } from '../core/ledger/policy.ts'
import { formatVkey, type NoteKey, parseFingerprint, parseVkey } from '../core/ledger/vkey.ts'
import { verifyNatively } from './ed25519.ts'
import { formatReport } from './report-text.ts'
import { compareWith, explainContradiction } from './verify-compare.ts'
import { readBytes, readText, Unusable } from './verify-input.ts'
import { isReceipt, type Said, trustedKeys, verifyReceipt } from './verify-receipt.ts'

const USAGE = `npm run verify -- FILE [--vkey VKEY] [--policy FILE] [--leaf FILE] [--compare FILE|URL] [--json]

Checks an evidence file, or a receipt (tlog-proof) with its leaf, by itself; no network, no database. FILE may be - for standard input.
  --vkey     the log's verifier key as its page /log shows it, or the 26 characters of its fingerprint on a label
  --policy   a file that names the witnesses who must have signed too (c2sp.org/tlog-policy), and perhaps the log itself
  --leaf     for a receipt: the record it is of, as a leaf or as the event's signed note
  --compare  another checkpoint of the log, an evidence file or a receipt of it, or the log's address: are both of one history?
  --json     the whole report as one line of JSON
A file with two contradicting checkpoints (throughline/contradiction/v1) is explained.

Exit: 0 verified · 1 a check failed · 2 unusable input · 3 nothing failed, but not verified (the reason is printed)
`

function trustedBy(text: string | undefined): Trusted {
  if (text === undefined) return {}
  const fingerprint = text.toUpperCase().replaceAll('-', '')
  if (parseFingerprint(fingerprint).ok) return { fingerprint }
  const vkey = parseVkey(text)
  if (vkey.ok) return { vkey: text }
  throw new Unusable(`--vkey is neither a verifier key nor a fingerprint of 26 characters: ${vkey.detail}`)
}

/** The policy's text, and the keys of the logs that it names: who wrote the policy down trusts them. */
function readPolicy(path: string | undefined): { text?: string; logs: readonly NoteKey[] } {
  if (path === undefined) return { logs: [] }
  const text = readText(path)
  const policy = parsePolicy(text)
  if (!policy.ok) throw new Unusable(`${path} is no policy: ${policy.code}: ${policy.detail}`)
  return { text, logs: policy.value.logs.map(({ key }) => key) }
}

function exitCodeOf({ verdict, unusable }: Report): 0 | 1 | 2 | 3 {
  if (unusable) return 2
  return verdict === 'verified' ? 0 : verdict === 'failed' ? 1 : 3
}

function parseCommand() {
  const options = {
    vkey: { type: 'string' },
    policy: { type: 'string' },
    leaf: { type: 'string' },
    compare: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Unusable(`${(error as Error).message}\n\n${USAGE}`)
  }
}

type Outcome = { code: number; text: string; json: object; checkpoint?: string | undefined; vkey?: string | undefined }

async function main(): Promise<number> {
  const { values, positionals } = parseCommand()
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new Unusable(USAGE)
  const policy = readPolicy(values.policy)
  const named = trustedBy(values.vkey)
  const bytes = readBytes(path)
  if (isContradiction(bytes)) {
    const { code, text } = await explainContradiction(bytes, named.vkey)
    process.stdout.write(text)
    return code
  }
  const trusted = { ...named, ...(policy.text !== undefined && { policy: policy.text }) }
  const outcome = isReceipt(bytes)
    ? receipt(
        await verifyReceipt({ bytes, leaf: leafOf(values.leaf), trusted, keys: trustedKeys(named, policy.logs) }),
        named,
      )
    : await evidence(bytes, withListed(trusted, policy.logs, bytes))
  if (values.compare === undefined) {
    process.stdout.write(values.json ? `${JSON.stringify(outcome.json)}\n` : outcome.text)
    return outcome.code
  }
  return compare(outcome, { where: values.compare, listed: policy.logs, isJson: values.json ?? false })
}

function leafOf(path: string | undefined): Uint8Array {
  if (path === undefined) {
    throw new Unusable(
      'A receipt proves that one record is in a log: give the record too, with --leaf FILE (a leaf, or the event’s signed note).',
    )
  }
  return readBytes(path)
}

function receipt({ code, text, json, checkpoint }: Said, { vkey }: Trusted): Outcome {
  return { code, text, json, checkpoint, vkey }
}

/** Where only the policy says which log it is: the one that it lists and the file is of. */
function withListed(trusted: Trusted, logs: readonly NoteKey[], bytes: Uint8Array): Trusted {
  if (trusted.vkey !== undefined || trusted.fingerprint !== undefined || logs.length === 0) return trusted
  const parsed = parseEvidence(bytes)
  const listed = logs.map(formatVkey)
  const own = parsed.ok ? parsed.value.vkey : ''
  return { ...trusted, vkey: listed.includes(own) ? own : listed[0] }
}

async function evidence(bytes: Uint8Array, trusted: Trusted): Promise<Outcome> {
  const report = await verifyEvidence({ bytes, trusted, verify: verifyNatively, witnesses: checkWitnesses })
  const { checkpointNote: checkpoint, vkey } = report
  return { code: exitCodeOf(report), text: formatReport(report), json: report, checkpoint, vkey }
}

/** After the file's own verdict: another history is a failure whatever it was. */
async function compare(
  outcome: Outcome,
  args: { where: string; listed: readonly NoteKey[]; isJson: boolean },
): Promise<number> {
  const { code, text, json, checkpoint, vkey } = outcome
  const key = vkey === undefined ? undefined : parseVkey(vkey)
  const by = key?.ok ? key.value : args.listed[0]
  if (checkpoint === undefined || !by)
    throw new Unusable(`${text}--compare: there is no checkpoint to compare, or no key to check it with.`)
  const compared = await compareWith({ note: checkpoint, where: args.where, key: by })
  const { file = '' } = compared
  const all = { ...json, compared: { outcome: compared.outcome, ...(file !== '' && { file }) } }
  process.stdout.write(args.isJson ? `${JSON.stringify(all)}\n` : `${text}\n${compared.text}\n${file}`)
  if (compared.outcome === 'differs') return 1
  return compared.outcome === 'open' && code === 0 ? 3 : code
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Unusable)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
