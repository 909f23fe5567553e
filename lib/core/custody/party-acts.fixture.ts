import { openLog, verdictOf } from './acts.fixture.ts'
import type { Decision } from './state.ts'
import { type Act, type Actor, actorOf, hashOf, OPERATOR } from './story.fixture.ts'

export const suspend = (of: Actor, more: Partial<Act> = {}): Act => {
  return { by: OPERATOR, subject: `party/${of.party}`, kind: 'suspend', body: { reason: 'compromised' }, ...more }
}
export const resume = (of: Actor, more: Partial<Act> = {}): Act => ({ ...suspend(of, more), kind: 'resume', body: {} })
export const update = (by: Actor, of = by): Act => {
  return {
    by,
    subject: `party/${of.party}`,
    kind: 'update',
    body: { named: 'public' },
    sealed: { name: hashOf('new') },
  }
}
export const fresh = (of: Actor, name = 'fresh') => actorOf({ party: of.party, name: `${name} ${of.party}` })
export const on = (story = openLog()) => ({
  act: (...args: Parameters<typeof story.act>) => verdictOf(story.act(...args)),
  story,
})
export const verdict = (decision: Decision) => verdictOf(decision)
