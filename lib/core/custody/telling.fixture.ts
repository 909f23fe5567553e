import {
  type Act,
  type Actor,
  actorOf,
  type Facts,
  hashOf,
  OPERATOR,
  restate,
  type Signed,
  type Story,
  timeAfter,
} from './story.fixture.ts'

/** A history continues the one that it names, or an empty log. Steps are only ever added, and histories only at the end. */
export interface History {
  readonly name: string
  readonly continues?: string
  readonly play: (story: Story) => void
}

let clock = 0
export const at = () => timeAfter(++clock / 1440)
export const send = (story: Story, act: Act, facts?: Facts): Signed => {
  const signed = story.sign({ at: at(), ...act })
  story.send(signed, facts)
  return signed
}
export const party = (of: Actor, kind: string, more: Partial<Act> = {}): Act => {
  const body = kind === 'suspend' ? { reason: 'compromised' } : kind === 'update' ? { named: 'withheld' } : {}
  const sealed = kind === 'update' ? { sealed: { name: hashOf('new name') } } : {}
  return { by: OPERATOR, subject: `party/${of.party}`, kind, body, ...sealed, ...more }
}
export const fresh = (of: Actor, name: string) => actorOf({ party: of.party, name: `${name} of ${of.party}` })
export const NOBODY = actorOf({ party: '7K3Q9XMD2TK', name: 'nobody' })
export const CLAIM = { claim: 'cd'.repeat(64) }
export const because = (quantity: string, reason: string) => ({ quantity, reason })
export const again = (story: Story, note: Signed, by: Actor, more: Partial<Act> = {}, facts: Facts = {}) =>
  send(story, restate(note, by, more), { restated: note, ...facts })

/** Every run claims the same times, and so signs the same texts. */
export function startClock(): void {
  clock = 0
}
