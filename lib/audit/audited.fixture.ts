import { type AuditReport, type AuditStep, auditLog } from './audit.ts'
import type { Trusted } from './checkpoint.ts'
import { story } from './indexed-log.fixture.ts'
import { vkeyOf } from './served-log.fixture.ts'
import { openSource } from './source.ts'

export const ORIGIN = 'log.example.org'

/** What an audit of the log at `place` ends with. */
export async function audited(
  place: string,
  { folder, trusted = { vkey: vkeyOf(ORIGIN) }, signal }: { folder: string; trusted?: Trusted; signal?: AbortSignal },
): Promise<AuditReport> {
  const source = await openSource(place)
  if (!source.ok) throw new Error(`${source.code}: ${source.detail}`)
  let last: AuditStep | undefined
  for await (const step of auditLog({ source: source.value, folder, trusted, ...(signal && { signal }) })) last = step
  if (last?.step !== 'end') throw new Error('it did not end')
  return last.report
}

/** What was found, with its leaf, and what it failed on. */
export const codesOf = ({ findings, failure }: AuditReport) => [
  ...findings.map(({ code, leaf }) => (leaf === undefined ? code : `${leaf} ${code}`)),
  ...(failure ? [failure.code] : []),
]

/** An honest log of more than two bundles. */
export async function longStory() {
  const told = await story()
  for (let n = 0; n < 180; n++) {
    await told.hand(`consignment ${n}`)
    if (n % 40 === 0) told.log.index()
  }
  told.log.index()
  return told
}
