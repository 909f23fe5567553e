import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { parseEventText } from './event.ts'
import { KINDS } from './kinds.ts'
import { narrowed } from './narrowed.fixture.ts'
import { checkCharacter, deriveReference, parseReference } from './reference.ts'
import { REFUSALS } from './refusals.ts'
import { commitmentOf } from './sealed.ts'
import { decideAll, type Facts, readText, recordedOf } from './story.fixture.ts'
import { digestOf, wordsOf } from './summary.fixture.ts'
import { isExpiry, isSignableText, isTime } from './text.ts'
import { generateVectors } from './vectors.fixture.ts'
import { emptyWorld, keep } from './world.ts'

interface Step {
  readonly text: string
  readonly recordedAt: number
  readonly proven?: boolean
  readonly sound?: boolean
  readonly signed?: boolean
  readonly restated?: string
  readonly decision: string
  readonly state?: string
}
interface History {
  readonly name: string
  readonly continues?: string
  readonly steps: readonly Step[]
}
interface Vectors {
  readonly references: readonly { ten: string; check: string }[]
  readonly derived: readonly { kind: 'party' | 'consignment'; author: string; nonce: string; reference: string }[]
  readonly typed: readonly { typed: string; reference?: string; refused?: string }[]
  readonly sealed: readonly {
    origin: string
    subject: string
    key: string
    field: string
    salt: string
    value: string
    commitment: string
  }[]
  readonly times: readonly { time: string; accepted: boolean }[]
  readonly expiries: readonly { expiry: string; accepted: boolean }[]
  readonly texts: readonly { text: string; accepted: boolean }[]
  readonly histories: readonly History[]
}

const text = readFileSync(new URL('./vectors/v1.json', import.meta.url), 'utf8')
const vectors = JSON.parse(text) as Vectors
const byName = new Map(vectors.histories.map(history => [history.name, history]))

/** Lines of `v1.json` that are released: never changed, never taken away. Lines may be added and this moved to the end. */
const FROZEN = { lines: 70, sha256: '8fe602313783f55310f7a3eca284e2f5e33ba798ab637a55e04f8bd525836d19' }

test('the released vectors are the ones that were released', () => {
  const released = text
    .split('\n')
    .filter(line => line.length > 1)
    .slice(0, FROZEN.lines)
    .join('\n')
  expect(createHash('sha256').update(released).digest('hex')).toBe(FROZEN.sha256)
})

test('the vectors are what the stories in this folder come to', () => {
  expect(generateVectors() === text).toBe(true)
})

/** Every step of a history and of those it continues, decided again from the text alone. */
function replay(history: History): { step: Step; decision: string; state: string | undefined }[] {
  const steps: Step[] = []
  for (
    let each: History | undefined = history;
    each;
    each = each.continues === undefined ? undefined : byName.get(each.continues)
  )
    steps.unshift(...each.steps)
  const world = emptyWorld({ complete: true })
  let index = 0
  return steps.map(step => {
    const { proven = true, sound = true, signed = true, restated } = step
    const facts: Facts = { proven, sound, signed, ...(restated !== undefined && { restated: readText(restated) }) }
    const recorded = recordedOf({ signed: readText(step.text), facts, index, recordedAt: step.recordedAt })
    const decision = decideAll(world, recorded)
    const alone = wordsOf(decideAll(narrowed(world, recorded), recorded))
    if (alone !== wordsOf(decision)) return { step, decision: `${alone} with what it needs alone`, state: undefined }
    if (decision.outcome === 'refused') return { step, decision: wordsOf(decision), state: undefined }
    keep(world, decision.subject)
    index++
    return { step, decision: wordsOf(decision), state: digestOf(decision.subject) }
  })
}

for (const history of vectors.histories) {
  test(`history replayed, with the whole log and with what each event needs alone: ${history.name}`, () => {
    const wrong = replay(history).filter(
      ({ step, decision, state }) => decision !== step.decision || state !== step.state,
    )
    expect(wrong).toEqual([])
    expect(history.steps.length).toBeGreaterThan(5)
  })
}

test('between them the histories have every kind, and every refusal that a rule can give', () => {
  const steps = vectors.histories.flatMap(history => history.steps)
  const kinds = steps.flatMap(step => {
    const read = parseEventText(step.text)
    return read.ok && step.decision === 'in effect' ? [`${read.value.about} ${read.value.kind}`] : []
  })
  const known = Object.entries(KINDS).flatMap(([about, shapes]) => Object.keys(shapes).map(kind => `${about} ${kind}`))
  expect([...new Set(kinds)].sort()).toEqual(known.sort())
  const codes = new Set(steps.flatMap(({ decision }) => (decision === 'in effect' ? [] : [decision.split(': ')[1]])))
  const all = Object.keys(REFUSALS)
  // Spelling has its own tests; signatures are the evidence's, `behind-head` is the writer's answer to a form.
  const elsewhere = [...all.slice(0, all.indexOf('signature-wrong') + 1), 'behind-head'].filter(
    code => !codes.has(code),
  )
  expect(all.filter(code => !codes.has(code) && !elsewhere.includes(code))).toEqual([])
})

test('references, commitments, times and texts are read as the vectors say', () => {
  for (const { ten, check } of vectors.references) expect(checkCharacter(ten)).toBe(check)
  for (const each of vectors.derived) expect(deriveReference(each)).toBe(each.reference)
  for (const { typed, reference, refused } of vectors.typed) {
    const read = parseReference(typed)
    expect(read.ok ? read.value : read.code).toBe(reference ?? refused)
  }
  for (const each of vectors.sealed) expect(commitmentOf({ ...each, opening: each })).toBe(each.commitment)
  for (const { time, accepted } of vectors.times) expect([time, isTime(time)]).toEqual([time, accepted])
  for (const { expiry, accepted } of vectors.expiries) expect([expiry, isExpiry(expiry)]).toEqual([expiry, accepted])
  for (const { text, accepted } of vectors.texts) expect([text, isSignableText(text, 60)]).toEqual([text, accepted])
})
