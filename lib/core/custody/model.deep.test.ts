import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { CARRIER, CONSIGNMENT, DONOR, HOSPITAL, must, openLog, PARTIES, pack, STRANGER } from './acts.fixture.ts'
import { type ActKind, mayAct } from './allowed.ts'
import { balanceOf } from './balance.ts'
import type { ConsignmentEvent } from './event.ts'
import { narrowed } from './narrowed.fixture.ts'
import { plainLedger } from './plain-ledger.fixture.ts'
import type { ConsignmentState, Decision } from './state.ts'
import { decideAll, recordedOf, type Story } from './story.fixture.ts'
import { viewOf } from './view.fixture.ts'
import { drawFrom, REFERENCE, wander } from './wander.fixture.ts'

const numbers = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 200 })
const LINES = [{}, { quantity: '12', item: 'Tent' }]
const named = new Set(Object.values(PARTIES).map(each => each.party))
const inWords = (decision: Decision) =>
  decision.outcome === 'refused' ? 'refused' : decision.inEffect ? 'in effect' : 'kept'

/** Every random history takes `length` steps; `each` sees the story after every one and says what is wrong, if anything. */
function wandering(
  random: readonly number[],
  length: number,
  each: (story: Story, step: Step) => string | undefined,
): string | undefined {
  const story = openLog()
  const ledger = plainLedger(named)
  const first = must(story, pack({ lines: LINES }))
  ledger.judge(first.event as ConsignmentEvent, first.hash, {})
  const draw = drawFrom(random)
  for (let step = 0; step < length; step++) {
    const { act, facts } = wander(story, draw)
    const signed = story.sign(act)
    const before = story.consignment(REFERENCE)
    const recorded = recordedOf({ signed, facts, index: story.size, recordedAt: story.now })
    const alone = decideAll(narrowed(story.world, recorded), recorded)
    const decision = story.send(signed, facts)
    const plain = ledger.judge(signed.event as ConsignmentEvent, signed.hash, facts)
    const wrong = each(story, { decision, plain, ledger, before, alone, acting: signed.event as ConsignmentEvent })
    if (wrong !== undefined) return `step ${step}, ${act.kind}: ${wrong}`
  }
  return undefined
}
interface Step {
  readonly decision: Decision
  readonly plain: string
  readonly ledger: ReturnType<typeof plainLedger>
  readonly before: ConsignmentState
  readonly acting: ConsignmentEvent
  readonly alone: Decision
}

function differs(state: ConsignmentState, ledger: Step['ledger']): string | undefined {
  for (const line of state.lines) {
    for (const { party } of [DONOR, CARRIER, HOSPITAL, STRANGER]) {
      for (const condition of ['sound', 'damaged'] as const) {
        const held = state.holdings.find(
          each => each.party === party && each.line === line.id && each.condition === condition,
        )
        const moved = ledger.sum(line.id, `${condition} with ${party}`)
        if ((held?.quantity ?? 0) !== moved)
          return `line ${line.id}, ${condition}, ${party}: ${held?.quantity} held, ${moved} moved there`
      }
    }
    const balance = balanceOf(state).get(line.id)
    if (!balance?.balanced) return `line ${line.id} does not balance`
    if (balance.packed + balance.surplus + balance.adjusted !== ledger.sum(line.id, 'came in'))
      return `line ${line.id} came in otherwise`
    if (balance.lost !== ledger.sum(line.id, 'lost')) return `line ${line.id}: lost otherwise`
    if (balance.distributed !== ledger.sum(line.id, 'distribute')) return `line ${line.id}: distributed otherwise`
  }
  return undefined
}

test('random histories: the fold agrees with a plain list of movements on every decision and every holding, and always balances', () => {
  const seen = new Map<string, number>()
  const property = fc.property(numbers, random => {
    const wrong = wandering(random, 25, (story, { decision, plain, ledger }) => {
      const words = inWords(decision)
      seen.set(words, (seen.get(words) ?? 0) + 1)
      if (words !== plain)
        return `decided ${JSON.stringify(decision, ['outcome', 'reason', 'code', 'detail'])}, the plain ledger ${plain}`
      return differs(story.consignment(REFERENCE), ledger)
    })
    if (wrong !== undefined) throw new Error(wrong)
  })
  fc.assert(property, { numRuns: 250 })
  for (const words of ['in effect', 'kept', 'refused']) expect(seen.get(words)).toBeGreaterThan(200)
})

test('random histories: no later record changes an earlier verdict, and what is not in effect moves nothing', () => {
  const property = fc.property(numbers, random => {
    const verdicts = new Map<string, string | undefined>()
    const wrong = wandering(random, 25, (story, { decision, before }) => {
      const state = story.consignment(REFERENCE)
      for (const entry of state.chain) {
        const { hash } = entry.recorded
        if (verdicts.has(hash) && verdicts.get(hash) !== entry.notInEffect) return `${hash} was judged again`
        verdicts.set(hash, entry.notInEffect)
      }
      const isStill = decision.outcome === 'refused' || !decision.inEffect
      if (
        isStill &&
        (state.holdings !== before.holdings || state.terms !== before.terms || state.releases !== before.releases)
      )
        return 'something moved'
      return undefined
    })
    if (wrong !== undefined) throw new Error(wrong)
  })
  fc.assert(property, { numRuns: 120 })
})

test('random histories: the view after every record is canonical JSON and names every record that is not in effect', () => {
  const property = fc.property(numbers, random => {
    const wrong = wandering(random, 15, story => {
      const view = viewOf(story, REFERENCE)
      const { chain } = story.consignment(REFERENCE)
      const strays = chain.filter(entry => entry.notInEffect !== undefined).map(entry => entry.recorded.hash)
      const named = view.events.filter(event => event.notInEffect !== undefined).map(event => event.hash)
      if (strays.join() !== named.join()) return 'the view hides a record'
      return view.events.length === chain.length && view.head === chain.at(-1)?.recorded.hash
        ? undefined
        : 'the view drops a record'
    })
    if (wrong !== undefined) throw new Error(wrong)
  })
  fc.assert(property, { numRuns: 80 })
})

test('random histories: whoever holds only what an event needs decides as somebody who holds the whole log', () => {
  const property = fc.property(numbers, random => {
    const plainly = (decision: Decision) => JSON.stringify(decision, ['outcome', 'inEffect', 'reason', 'code'])
    const wrong = wandering(random, 15, (_story, { decision, alone }) =>
      plainly(alone) === plainly(decision) ? undefined : `${plainly(alone)} instead of ${plainly(decision)}`,
    )
    if (wrong !== undefined) throw new Error(wrong)
  })
  fc.assert(property, { numRuns: 80 })
})

test('random histories: no form disables what the rules allow', () => {
  const property = fc.property(numbers, random => {
    const wrong = wandering(random, 25, (_story, { decision, before, acting }) => {
      if (decision.outcome === 'refused' || !decision.inEffect) return undefined
      const may = mayAct({ state: before, kind: acting.kind as ActKind, party: acting.by })
      return may.ok ? undefined : `the form says ${may.code}`
    })
    if (wrong !== undefined) throw new Error(wrong)
  })
  fc.assert(property, { numRuns: 120 })
})

test('a consignment starts with what was packed', () => {
  const story = openLog()
  must(story, pack({ lines: LINES }))
  expect(story.head(CONSIGNMENT)).toHaveLength(64)
  expect(story.consignment(REFERENCE).holdings.map(each => each.quantity)).toEqual([100, 12])
})
