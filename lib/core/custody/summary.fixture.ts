import { hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { formatJson, type Json } from '../json.ts'
import type { ConsignmentState, Decision, Subject } from './state.ts'

/** `in effect`, `not in effect: <code>` or `refused: <code>`. */
export function wordsOf(decision: Decision): string {
  if (decision.outcome === 'refused') return `refused: ${decision.code}`
  return decision.inEffect ? 'in effect' : `not in effect: ${decision.reason}`
}

/** What a state comes to, without the events that made it; other programs can build the same. */
export function summaryOf(subject: Subject): Json {
  switch (subject.about) {
    case 'log':
      return { ...subject.state }
    case 'party': {
      const { reference, type, suspended } = subject.state
      return { reference, type, suspended }
    }
    case 'key': {
      const { key, party, role, held, until, byOperator, enrolledAt, revoked } = subject.state
      const end = revoked && { ...revoked }
      return {
        key,
        party,
        role,
        held,
        byOperator,
        enrolledAt,
        ...(until && { until }),
        ...(end && { revoked: end as Json }),
      }
    }
    case 'consignment':
      return summaryOfConsignment(subject.state)
  }
}

function summaryOfConsignment(state: ConsignmentState): Json {
  const { reference, mode, founder, consignee, need } = state
  const named = { reference, mode, founder, ...(consignee && { consignee }), ...(need && { need }) }
  return {
    ...named,
    lines: state.lines.map(({ id, condition }) => `${id} ${condition}`),
    holdings: state.holdings.map(each => `${each.party} ${each.line} ${each.condition} ${each.quantity}`).sort(),
    reported: state.reportedQuantities.map(({ line, quantity }) => `${line} ${quantity}`),
    releases: state.releases.map(({ hash, giver, taker, status, missing }) => ({
      ...{ hash, giver, status, ...(taker && { taker }) },
      missing: missing.map(each => `${each.line} ${each.condition} ${each.quantity}`),
    })),
    terms: Object.fromEntries([...state.terms].map(([line, terms]) => [line, { ...terms }])),
    standing: [...state.standing].sort(),
    chain: state.chain.map(({ actingHash, notInEffect, settledBy, correctedBy }) => ({
      ...{ hash: actingHash, correctedBy },
      ...(notInEffect && { notInEffect }),
      ...(settledBy !== undefined && { settledBy }),
    })),
  }
}

/** Lower-case hex of SHA-256 over the canonical JSON of the summary. */
export function digestOf(subject: Subject): string {
  return hexEncode(sha256(utf8Encode(formatJson(summaryOf(subject)))))
}
