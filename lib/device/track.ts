import type { Report } from '../core/evidence/report.ts'
import { comparePage } from '../core/evidence/seal-view.ts'
import { concluded, verifyEvidence } from '../core/evidence/verify.ts'
import { formatJson, type Json } from '../core/json.ts'
import { signatureVerifier } from './ed25519.ts'
import { keptHere, type Pin, pinAfter, pinHere, pinnedSize, trustedBy, writePin } from './pin.ts'
import { showReport, showState, type Voice } from './show-report.ts'

/** Address of the bundle of `memory/memory.ts`; the build puts it in (`lib/cli/bundle-seal.mjs`). */
declare const MEMORY_MODULE: string
/** Address of the bundle of `hold/hold.ts`. */
declare const HOLD_MODULE: string

/** A page may be quicker than the witnesses of what it shows, who have a second. */
const WITNESSES_MILLISECONDS = 1500

/** Fingerprint of the log's key that a label put behind `#k=`, any case; one that is mistyped is kept, so that it fails rather than vanish. */
export function fingerprintIn(fragment: string): string | undefined {
  const text = new URLSearchParams(fragment.replace(/^#/, '')).get('k')
  return text === null || text === '' ? undefined : text.toUpperCase()
}

/** Checks the page of one consignment: its evidence (at `from.evidence`, under the checkpoint of `from.size` leaves that the page was rendered from), what this browser holds the site to, and whether the page shows what the evidence says. */
export async function checkTrackPage(voice: Voice, embedded: string, from: DOMStringMap): Promise<void> {
  showState(voice, 'checking')
  const store = keptHere()
  const pin = pinHere()
  const bytes = await fetchEvidence(from, pin).catch(() => undefined)
  if (!bytes) return showState(voice, 'unreachable')
  const since = performance.now()
  let verified = await verifiedBy(bytes, pin)
  if (lacksWitnesses(verified)) {
    await new Promise(resolve => setTimeout(resolve, WITNESSES_MILLISECONDS))
    const again = await fetchEvidence(from, pin).catch(() => undefined)
    if (again) verified = await verifiedBy(again, pin)
  }
  const report = comparePage({
    report: pin ? await heldTo(pin, verified) : verified,
    pageView: canonical(embedded),
  })
  const after = pinAfter(pin, report, Date.now())
  if (store && after && after !== pin) writePin(store, location.host, after)
  const isPinned = pin === undefined && after !== undefined
  showReport(voice, report, { milliseconds: performance.now() - since, isPinned })
}

/** The report on `bytes`; the check of witnesses is fetched where this browser holds the site to some. */
async function verifiedBy(bytes: Uint8Array, pin: Pin | undefined): Promise<Report> {
  const hold = pin?.policy === undefined ? undefined : ((await import(HOLD_MODULE)) as typeof import('./hold/hold.ts'))
  return verifyEvidence({
    bytes,
    trusted: trustedBy({ pin, fingerprint: fingerprintIn(location.hash) }),
    seen: pin && { checkpointNote: pin.checkpointNote },
    verify: await signatureVerifier(),
    witnesses: hold?.checkWitnesses,
  })
}

const lacksWitnesses = ({ checks }: Report) => checks.some(check => check.code === 'witnesses-too-few')

/** The page's view in the spelling that is compared; text that is no view stays as it is, and differs. */
function canonical(embedded: string): string {
  try {
    return formatJson(JSON.parse(embedded) as Json)
  } catch {
    return embedded
  }
}

/** The preloaded file first; again only where it is of another tree than the page, or this browser saw a tree of another size. */
async function fetchEvidence({ evidence = '', size }: DOMStringMap, pin: Pin | undefined): Promise<Uint8Array> {
  const bytes = await bytesOf(await fetch(evidence))
  const seen = pinnedSize(pin)
  if (isOfSize(bytes, Number(size)) && (seen === undefined || seen === Number(size))) return bytes
  const again = await fetch(`${evidence}?size=${size}${seen === undefined ? '' : `&seen=${seen}`}`)
  // It knows nothing of what was seen here: the file it gave proves itself, and its past is worked out elsewhere.
  return again.status === 409 ? bytes : bytesOf(again)
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  if (!response.ok) throw new Error(`the evidence answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** True where the file's checkpoint, its first member, names this tree size; read as text, for nothing is parsed yet. */
function isOfSize(bytes: Uint8Array, size: number): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 600)).includes(`\\n${size}\\n`)
}

/**
 * The report with its say on the past made good where the server's own proof did not do: another module works it out from the log's tiles,
 * and shows what it finds.
 */
async function heldTo(pin: Pin, report: Report): Promise<Report> {
  if (report.checks.some(({ name, outcome }) => name === 'checkpoint-consistent' && outcome === 'pass')) return report
  const { settle } = (await import(MEMORY_MODULE)) as typeof import('./memory/memory.ts')
  const settled = await settle(pin, report)
  const checks = report.checks.map(check => (check.name === settled?.name ? settled : check))
  return { ...report, ...concluded(checks, report.founding?.index === true), checks }
}
