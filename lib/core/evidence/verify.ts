import type { VerifySignature } from '../ledger/ed25519.ts'
import type { Failure } from '../result.ts'
import { type Evidence, parseEvidence } from './bundle.ts'
import { failed, notRun } from './checks.ts'
import type { EvidenceCode } from './evidence-codes.ts'
import { checkLeaves, type LeafChecks } from './leaf-checks.ts'
import { checkCheckpoint, checkConsistent, checkIncluded, checkLogKey, readHead, type Trusted } from './log-checks.ts'
import { readLeaves } from './read-leaves.ts'
import { CHECK_NAMES, type Check, type CheckName, type Report, type SentenceCode } from './report.ts'
import type { CheckWitnesses, Witnessed } from './witness-check.ts'

/**
 * Checks one evidence file by itself: the one verifier, in browser, command line, offline file and server (PROTOCOL §5). Never throws and
 * never stops at the first failure; no check reads a leaf that `leaves-included` has not passed. `bytes` is the file, `trusted` what is known
 * of the log from elsewhere, `seen` the newest checkpoint of it that was verified here before, `verify` native Ed25519 where there is some,
 * `witnesses` the check of that name (`witness-check.ts`), needed where a policy is trusted.
 * The checks, their codes and the rule of the verdict are in SPEC.md.
 */
export async function verifyEvidence(args: {
  bytes: Uint8Array
  trusted?: Trusted | undefined
  seen?: { readonly checkpointNote: string } | undefined
  verify: VerifySignature
  witnesses?: CheckWitnesses | undefined
}): Promise<Report> {
  const { trusted = {}, verify } = args
  const parsed = parseEvidence(args.bytes)
  if (!parsed.ok) return unusableReport(parsed)
  const evidence = parsed.value
  const head = readHead(evidence.checkpoint)
  const witnessed = await witnessedBy(evidence, trusted, verify, args.witnesses)
  const { check: included, hashes } = checkIncluded({ evidence, head })
  const leaves =
    head && included.outcome === 'pass'
      ? checkLeaves({
          evidence,
          head,
          reads: await readLeaves({ leaves: evidence.leaves, hashes, verify }),
          replayedBy: witnessed.replayedBy,
        })
      : withoutLeaves()
  const { founding } = leaves
  const seen = args.seen?.checkpointNote
  const checks = [
    await checkLogKey({ evidence, head, trusted, founding, seen, verify }),
    await checkCheckpoint({ evidence, verify }),
    await checkConsistent({ evidence, head, seen, verify }),
    witnessed.check,
    included,
    ...leaves.checks,
  ]
  return {
    ...concluded(checks, founding?.index === true),
    checks,
    subject: evidence.subject,
    ...(head && { origin: head.origin, checkpointSize: head.size }),
    checkpointNote: evidence.checkpoint,
    vkey: evidence.vkey,
    ...leafFacts(leaves),
  }
}

/** Without a policy nobody is asked for; with one and nothing to check it by, nobody has signed. */
async function witnessedBy(
  { checkpoint, vkey }: Evidence,
  { policy }: Trusted,
  verify: VerifySignature,
  check: CheckWitnesses | undefined,
): Promise<Witnessed> {
  if (policy !== undefined && check) return check({ checkpoint, vkey, policy, verify })
  const name = 'witnesses'
  const unchecked = policy === undefined ? notRun(name, 'no-witness-policy') : failed(name, 'policy-unusable', '')
  return { check: unchecked, replayedBy: [] }
}

function leafFacts({ founding, events, view }: LeafChecks): Partial<Report> {
  return {
    ...(founding && { founding, demo: founding.mode === 'demo' }),
    ...(events !== undefined && { events }),
    ...(view && { view }),
  }
}

function withoutLeaves(): LeafChecks {
  const names = ['chain-unbroken', 'events-signed', 'custody-rules', 'balance', 'complete', 'attachments'] as const
  return { checks: names.map(name => notRun(name, 'leaves-not-included')) }
}

function unusableReport(unusable: Failure<EvidenceCode>): Report {
  const checks = CHECK_NAMES.map(name => notRun(name, 'file-unusable'))
  return { verdict: 'failed', sentence: 'unusable', checks, subject: '', unusable }
}

/** Needed for "verified", beside the absence of any failure (PROTOCOL §5). */
const NEEDED: readonly CheckName[] = [
  'log-key',
  'checkpoint-signed',
  'leaves-included',
  'chain-unbroken',
  'events-signed',
  'custody-rules',
  'balance',
]

/** Verdict and sentence that a list of checks comes to. `isIndexPromised`: leaf 0 promises an index, so `complete` is needed too. */
export function concluded(
  checks: readonly Check[],
  isIndexPromised: boolean,
): { readonly verdict: Report['verdict']; readonly sentence: SentenceCode } {
  if (checks.some(check => check.outcome === 'fail')) return { verdict: 'failed', sentence: 'failed' }
  const needed = isIndexPromised ? [...NEEDED, 'complete'] : NEEDED
  const open = checks.filter(check => needed.includes(check.name) && check.outcome !== 'pass')
  if (open.length === 0) {
    const isWitnessed = checks.some(check => check.name === 'witnesses' && check.outcome === 'pass')
    return { verdict: 'verified', sentence: isWitnessed ? 'verified-witnessed' : 'verified-no-witness' }
  }
  const isOpen = (code: Check['code']) => open.some(check => check.code === code)
  const isKeyOpen = open.some(check => check.name === 'log-key')
  const sentence: SentenceCode = isOpen('newer-than-this-verifier')
    ? 'newer-than-this-verifier'
    : isOpen('quoted-beyond-limit')
      ? 'quoted-beyond-limit'
      : isOpen('reported-not-witnessed')
        ? isKeyOpen
          ? 'reported-key-not-checked'
          : 'reported-not-witnessed'
        : 'consistent-key-not-checked'
  return { verdict: 'not-verified', sentence }
}
