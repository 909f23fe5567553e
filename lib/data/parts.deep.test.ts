import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { must, openLog, PARTIES, pack } from '../core/custody/acts.fixture.ts'
import { type ActKind, mayAct } from '../core/custody/allowed.ts'
import { record } from '../core/custody/consignment.ts'
import type { ConsignmentState } from '../core/custody/state.ts'
import { drawFrom, REFERENCE, wander } from '../core/custody/wander.fixture.ts'
import { PART, partRows } from './parts.ts'
import type { SqlValue } from './sql.ts'

const numbers = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 200 })

type Named = Readonly<Record<(typeof PART.columns)[number], SqlValue>>
const named = (state: ConsignmentState): readonly Named[] =>
  partRows(state).map(row => Object.fromEntries(PART.columns.map((name, at) => [name, row[at]])) as Named)

/** What the table of rules and the releases themselves say of one party. */
function meant(state: ConsignmentState, party: string) {
  const may = (kind: ActKind) => mayAct({ state, kind, party }).ok
  const toParty = state.releases.filter(
    release => release.status === 'open' && 'party' in release.to && release.to.party === party,
  )
  const given = state.releases.filter(release => release.status === 'open' && release.giver === party)
  return { holds: may('adjust'), toSign: toParty.length, waiting: given.length, settles: may('settle') }
}

function wandered(random: readonly number[], length: number): ConsignmentState[] {
  const story = openLog()
  must(story, pack({ lines: [{}, { quantity: '12', item: 'Tent' }] }))
  const draw = drawFrom(random)
  return Array.from({ length }, () => {
    const { act, facts } = wander(story, draw)
    story.send(story.sign(act), facts)
    return story.consignment(REFERENCE)
  })
}

/** What is wrong with the parts of a state; `expect` would take a minute for as many. */
function wrongIn(
  state: ConsignmentState,
  seen: Record<'toSign' | 'waiting' | 'differences', number>,
): string | undefined {
  const rows = named(state)
  if (rows.map(row => row.party).join() !== [...state.standing].join()) return 'not the parties with standing'
  for (const { party } of Object.values(PARTIES)) {
    const row = rows.find(each => each.party === party)
    const { holds, toSign, waiting, settles } = meant(state, party)
    if (!row && (holds || toSign > 0 || waiting > 0)) return `${party} has no part`
    if (!row) continue
    if (row.holds !== holds || row.toSign !== toSign || row.waiting !== waiting) return `the part of ${party}`
    if (Number(row.differences) > 0 !== settles) return `the differences of ${party}`
    for (const name of ['toSign', 'waiting', 'differences'] as const) if (row[name] !== 0) seen[name]++
  }
  const times = new Set<SqlValue>(state.chain.map(entry => entry.recorded.recordedAt))
  for (const { toSign, toSignSince, waiting, waitingSince, differences, differsSince } of rows) {
    const open = [
      [toSign, toSignSince],
      [waiting, waitingSince],
      [differences, differsSince],
    ] as const
    if (open.some(([count, since]) => (count === 0 ? since !== null : !times.has(since)))) return 'since no record'
  }
  return undefined
}

test('random histories: a part asks of its party what the rules let it do, and nothing of anyone else', () => {
  const seen = { toSign: 0, waiting: 0, differences: 0 }
  const property = fc.property(numbers, random => {
    for (const state of wandered(random, 25)) {
      const wrong = wrongIn(state, seen)
      if (wrong !== undefined) throw new Error(wrong)
    }
  })
  fc.assert(property, { numRuns: 100 })
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(100)
})

test('random histories: parts kept from record to record are those of the whole chain folded anew', () => {
  const property = fc.property(numbers, random => {
    const state = wandered(random, 25).at(-1) as ConsignmentState
    const anew = state.chain.reduce<ConsignmentState | undefined>(
      (before, { recorded, notInEffect }) => record(before, recorded, notInEffect),
      undefined,
    )
    expect(partRows(anew as ConsignmentState)).toEqual(partRows(state))
  })
  fc.assert(property, { numRuns: 60 })
})
