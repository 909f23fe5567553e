import { fail, pass, type Result } from '../result.ts'
import type { EventOf } from './event.ts'
import { isSealable } from './kinds.ts'
import type { Refusal } from './refusals.ts'
import type { Entry } from './state.ts'

/** Fields that exist only because the body promises them: a correction may replace one, not add one. */
const PROMISED = /^(via|name|donor\/.*)$/

/**
 * Whether a correction names an earlier event of its own party and replaces only what is shown: sealed fields, lot, expiry, `at`, `place`
 * (PROTOCOL §4). An event not in effect may be corrected; a correction may not: correct the event again.
 * Codes: `correct-target`, `correct-nothing`, `correct-member`.
 */
export function correctable(
  event: EventOf<'consignment', 'correct'>,
  target: Entry | undefined,
): Result<true, Refusal> {
  if (!target || target.acting.by !== event.by || target.acting.kind === 'correct')
    return fail('correct-target', event.body.event)
  const { at, place, lines } = event.body
  const fields = Object.keys(event.sealed ?? {})
  if (at === undefined && place === undefined && lines === undefined && fields.length === 0)
    return fail('correct-nothing', 'no member')

  const sealed = Object.keys(target.acting.sealed ?? {})
  for (const field of fields) {
    const isShown = PROMISED.test(field) ? sealed.includes(field) : isSealable(target.acting.kind, field)
    if (!isShown) return fail('correct-member', `${target.acting.kind} does not show ${field}`)
  }
  const packed =
    target.acting.kind === 'pack' || target.acting.kind === 'report' ? (target.acting.body.lines ?? []) : []
  const corrected = new Set<string>()
  for (const line of lines ?? []) {
    if (corrected.has(line.id)) return fail('line-repeated', `line ${line.id}`)
    corrected.add(line.id)
    if (!packed.some(each => each.id === line.id)) return fail('correct-member', `the event packs no line ${line.id}`)
    if (line.lot === undefined && line.expiry === undefined) return fail('correct-nothing', `line ${line.id}`)
  }
  return pass(true)
}
