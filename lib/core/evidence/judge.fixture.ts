import type { VerifySignature } from '../ledger/ed25519.ts'
import type { Evidence } from './bundle.ts'
import { evidenceOf, fileOf, type Served, type Story, vkeyOf } from './evidence.fixture.ts'
import type { Trusted } from './log-checks.ts'
import type { Report } from './report.ts'
import { verifyEvidence } from './verify.ts'

/** What a visitor knows of the tests' log from elsewhere. */
export const OURS = { vkey: vkeyOf('log.example.org'), origin: 'log.example.org' } as const satisfies Trusted
/** All of what the story packs. */
export const LINES = [{ line: '1', condition: 'sound', quantity: '40' }]

/** `check code` of every failed check; for a broken rule, the refusal behind it. */
export const failures = (report: Report): string[] =>
  report.checks.flatMap(({ name, outcome, code, facts }) =>
    outcome === 'fail' ? [`${name} ${code}${facts?.refusal === undefined ? '' : ` ${facts.refusal}`}`] : [],
  )

/** Judges files and logs as a visitor who trusts {@link OURS}. */
export function visitor(verify: VerifySignature): {
  judge(evidence: Evidence, trusted?: Trusted): Promise<Report>
  judgeLog(story: Pick<Story, 'log' | 'subject'>, served?: Served): Promise<Report>
} {
  const judge = (evidence: Evidence, trusted: Trusted = OURS) =>
    verifyEvidence({ bytes: fileOf(evidence), trusted, verify })
  return { judge, judgeLog: async ({ log, subject }, served) => judge(await evidenceOf(log, subject, served)) }
}
