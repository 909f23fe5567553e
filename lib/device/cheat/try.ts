import type { Trusted } from '../../core/evidence/log-checks.ts'
import type { Report } from '../../core/evidence/report.ts'
import { comparePage } from '../../core/evidence/seal-view.ts'
import { verifyEvidence } from '../../core/evidence/verify.ts'
import { formatJson, type Json } from '../../core/json.ts'
import type { VerifySignature } from '../../core/ledger/ed25519.ts'
import type { Tampered } from './offers.ts'

/** What this browser holds the log to: the same that the page's own seal was drawn with. */
export interface HeldTo {
  readonly trusted: Trusted
  readonly seen: { readonly checkpointNote: string } | undefined
  readonly verify: VerifySignature
}

/** The real verifier over a copy, as if the server had sent it. Without a page view the page is taken to say what the file says. */
export async function tryOut({ file, pageView }: Pick<Tampered, 'file' | 'pageView'>, held: HeldTo): Promise<Report> {
  const report = await verifyEvidence({ bytes: file, ...held })
  const shown = pageView ?? (report.view && formatJson(report.view as unknown as Json))
  return shown === undefined ? report : comparePage({ report, pageView: shown })
}
