import { formatJson, type Json } from '../json.ts'
import { behind, goods, handoffs, reported, restated } from './goods-histories.fixture.ts'
import { founding, keyRules, parties, partyRules } from './log-histories.fixture.ts'
import { checkCharacter, deriveReference, parseReference } from './reference.ts'
import { commitmentOf } from './sealed.ts'
import { type Facts, hashOf, nonceOf, ORIGIN, type Sent, type Story, startStory } from './story.fixture.ts'
import { digestOf, wordsOf } from './summary.fixture.ts'
import { startClock } from './telling.fixture.ts'
import { isExpiry, isSignableText, isTime } from './text.ts'

/** What `v1.json` holds, one vector a line. SPEC.md says how to write it; the file only grows. */
export function generateVectors(): string {
  const parts: readonly (readonly [string, readonly Json[]])[] = [
    ['references', REFERENCES.map(ten => ({ ten, check: checkCharacter(ten) }))],
    ['derived', derived()],
    ['typed', TYPED.map(typed => ({ typed, ...outcomeOf(parseReference(typed)) }))],
    ['sealed', sealed()],
    ['times', TIMES.map(time => ({ time, accepted: isTime(time) }))],
    ['expiries', EXPIRIES.map(expiry => ({ expiry, accepted: isExpiry(expiry) }))],
    ['texts', TEXTS.map(text => ({ text, accepted: isSignableText(text, 60) }))],
    ['histories', played()],
  ]
  const lines = parts.map(([name, vectors]) => `"${name}":[\n${vectors.map(formatJson).join(',\n')}\n]`)
  return `{\n${lines.join(',\n')}\n}\n`
}

const REFERENCES = ['7K3Q9XMD2T', '0000000000', 'ZZZZZZZZZZ', '0123456789', 'ABCDEFGHJK', 'MNPQRSTVWX']
const TYPED = ['7K3Q-9XMD-2TK', '7k3q9xmd2tk', 'OOOOoooo-o0o', '7K3Q9XMD2TJ', '7K3Q9XMD2T', '7K3Q9XMD2TU', '']
const TIMES = [
  '2026-03-01T10:00:00+02:00',
  '2024-02-29T23:59:59-03:30',
  '2026-03-01T10:00:00+14:00',
  '2026-03-01T10:00:00+14:01',
  '2026-03-01T10:00:00-00:00',
  '2026-02-29T10:00:00+00:00',
  '1900-02-29T10:00:00+00:00',
  '2026-03-01T24:00:00+00:00',
  '2016-12-31T23:59:60+00:00',
  '2026-03-01T10:00:00Z',
]
const EXPIRIES = ['2027-06', '2027-06-30', '2028-02-29', '2027-02-29', '2027-13', '2027', '06/2027']
const TEXTS = [
  'Blanket',
  'بطانية',
  'می‌خواهم',
  'Cafe\u0301',
  'Café',
  ' a',
  'a\nb',
  'a\u202eb',
  'a\u200eb',
  'a\uffffb',
  '',
]

const outcomeOf = (read: ReturnType<typeof parseReference>): { [member: string]: Json } =>
  read.ok ? { reference: read.value } : { refused: read.code }

function derived(): Json[] {
  const cases = (['consignment', 'party'] as const).map(kind => {
    return { kind, author: kind === 'party' ? hashOf('key').slice(0, 32) : '7K3Q9XMD2TK', nonce: nonceOf(kind) }
  })
  return cases.map(each => ({ ...each, reference: deriveReference(each) }))
}

function sealed(): Json[] {
  const scope = { origin: ORIGIN, subject: 'consignment/7K3Q9XMD2TK', key: hashOf('key').slice(0, 32), field: 'remark' }
  return ['two pallets', 'طردان', '𝄞'].map(value => {
    const opening = { salt: hashOf(value), value }
    return { ...scope, ...opening, commitment: commitmentOf({ ...scope, opening }) }
  })
}

const HISTORIES = [founding, parties, partyRules, keyRules, handoffs, goods, behind, restated, reported]
function played(): Json[] {
  const ends = new Map<string, Story>()
  startClock()
  return HISTORIES.map(({ name, continues, play }) => {
    const story = continues === undefined ? startStory() : (ends.get(continues) as Story).fork()
    play(story)
    ends.set(name, story)
    return { name, ...(continues !== undefined && { continues }), steps: story.sent.map(stepOf) }
  })
}

function stepOf({ signed, recordedAt, facts, decision }: Sent): Json {
  const step = { text: signed.text, recordedAt, ...factsOf(facts), decision: wordsOf(decision) }
  return decision.outcome === 'recorded' ? { ...step, state: digestOf(decision.subject) } : step
}

/** Verdicts on signatures are good unless the vector says otherwise. */
function factsOf({ proven, sound, restated, signed }: Facts): { [member: string]: Json } {
  return {
    ...(proven === false && { proven }),
    ...(sound === false && { sound }),
    ...(restated && { restated: restated.text }),
    ...(signed === false && { signed }),
  }
}
