import { noticeId, type Telling } from '../core/custody/notices.ts'
import type { Row } from './sql.ts'

/** The outbox of notices; what was told before is not told again. */
export const NOTICE = {
  table: 'Notice',
  columns: ['id', 'party', 'kind', 'subject', 'event', 'other', 'createdAt'],
  onConflict: 'ON CONFLICT DO NOTHING',
} as const

/** Row of one telling. `at`: unix milliseconds; `leaf`: of the event that tells it; `step`: days, of a release that waits. */
export function noticeRow(
  telling: Telling,
  { at, ...cause }: { at: number } & ({ leaf: number } | { step: number }),
): Row {
  const { party, kind, subject, event, other } = telling
  return [noticeId(telling, cause), party, kind, subject, event, other ?? null, at]
}
