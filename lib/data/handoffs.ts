import type { ConsignmentState, Release } from '../core/custody/state.ts'
import { recordedAt } from './parts.ts'
import type { Row } from './sql.ts'

const COLUMNS = [
  'release',
  'consignment',
  'giver',
  'taker',
  'status',
  'takenAt',
  'releasedAt',
  'answeredAt',
  'differs',
] as const

/** The table of handoffs, its columns with the primary key (`keys` of them) first; an answer changes only what `changing` names. */
export const HANDOFF = {
  table: 'Handoff',
  columns: COLUMNS,
  keys: 1,
  changing: ['taker', 'status', 'answeredAt', 'differs'],
} as const

/**
 * The releases of a consignment with their answers, oldest first. `since`: only those that a record from this leaf index on made or answered;
 * what was recorded before stays as it is, so that a long way costs an append no more than a short one.
 */
export function handoffRows(state: ConsignmentState, since = 0): readonly Row[] {
  return state.releases
    .filter(({ index, answeredBy }) => index >= since || (answeredBy !== undefined && answeredBy >= since))
    .map(release => {
      const { hash, index, giver, to, status, taker, answeredBy } = release
      return [
        hash,
        state.reference,
        giver,
        taker ?? ('party' in to ? to.party : null),
        status,
        takenAt(state, release),
        recordedAt(state, index),
        answeredBy === undefined ? null : recordedAt(state, answeredBy),
        answeredBy !== undefined && isDiffering(state, answeredBy),
      ]
    })
}

/** When the giver of a release had last taken something of this consignment: its leg began then. Null where it took nothing before. */
function takenAt(state: ConsignmentState, { giver, index }: Release): number | null {
  const last = state.releases
    .filter(({ status, taker }) => status === 'received' && taker === giver)
    .reduce((newest, { answeredBy = 0 }) => (answeredBy < index ? Math.max(newest, answeredBy) : newest), -1)
  return last < 0 ? null : recordedAt(state, last)
}

/** The receipt at this leaf says anything else than that all of it came whole. */
function isDiffering({ chain }: ConsignmentState, answeredBy: number): boolean {
  const acting = chain.findLast(({ recorded }) => recorded.index === answeredBy)?.acting
  if (acting?.kind !== 'receive') return false
  const { lines, surplus = [] } = acting.body
  return surplus.length > 0 || lines.some(({ damaged, missing, left }) => damaged || missing || left)
}
