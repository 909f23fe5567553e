import { hexEncode, utf8Encode } from '../core/bytes.ts'
import { enrolMessage } from '../core/custody/claims.ts'
import { deriveReference } from '../core/custody/reference.ts'
import type { Held } from '../core/custody/state.ts'
import type { KeptKey } from '../data/kept-keys.ts'
import { signNatively } from '../data/sign.ts'
import type { Actor, Scribe } from './scribe.ts'

/** Someone to register: an organisation, or a person whose name the public is not shown. */
export interface Registrant {
  readonly name: string
  readonly type: 'organisation' | 'person'
  readonly named: 'public' | 'withheld'
}

/**
 * Leaves 0–3 of a new log (PROTOCOL §2): the founding, the operator's party, its first key (held by this server), a recovery key (on
 * paper). Both keys are in the scribe's memory afterwards, under the uses `operator` and `recovery`.
 */
export async function foundLog(
  scribe: Scribe,
  { mode, operator }: { mode: 'production' | 'demo'; operator: Registrant },
): Promise<Actor> {
  const { origin, random } = scribe.desk
  const key = scribe.keyFor('operator', made => {
    const nonce = hexEncode(random(16))
    return { role: 'admin', nonce, party: deriveReference({ kind: 'party', author: made.key, nonce }) }
  })
  const actor: Actor = { reference: key.party, key }
  await scribe.write({
    step: 'found',
    actor,
    about: 'log',
    id: '',
    kind: 'found',
    body: { origin, operator: actor.reference, publicKey: hexEncode(key.publicKey), mode, index: true },
  })
  await register(scribe, { step: 'operator', operator: actor, registrant: operator, nonce: key.nonce as string })
  await enrol(scribe, { step: 'operator', by: actor, key, held: 'server' })
  const recovery = scribe.keyFor('recovery', () => ({ role: 'admin', party: actor.reference }))
  await enrol(scribe, { step: 'recovery', by: actor, key: recovery, held: 'paper' })
  return actor
}

/** Registers a party and enrols its first key, made and held here; both signed by the operator. Answers who can sign for it. */
export async function joinParty(
  scribe: Scribe,
  args: { step: string; operator: Actor; registrant: Registrant },
): Promise<Actor> {
  const { step } = args
  const reference = await register(scribe, { ...args, nonce: hexEncode(scribe.desk.random(16)) })
  const key = scribe.keyFor(step, () => ({ role: 'admin', party: reference }))
  await enrol(scribe, { step, by: args.operator, key, held: 'server' })
  return { reference, key }
}

/** A further key of the actor's own party, enrolled by it. */
export async function addKey(scribe: Scribe, { step, by }: { step: string; by: Actor }): Promise<Actor> {
  const key = scribe.keyFor(step, () => ({ role: 'member', party: by.reference }))
  await enrol(scribe, { step, by, key, held: 'server' })
  return { reference: by.reference, key }
}

async function register(
  scribe: Scribe,
  args: { step: string; operator: Actor; registrant: Registrant; nonce: string },
): Promise<string> {
  const { step, operator, registrant, nonce } = args
  const { event } = await scribe.write({
    step: `${step}/register`,
    actor: operator,
    about: 'party',
    id: deriveReference({ kind: 'party', author: operator.key.key, nonce }),
    kind: 'register',
    body: { nonce, type: registrant.type, named: registrant.named },
    sealed: { name: registrant.name },
  })
  return event.id
}

async function enrol(scribe: Scribe, args: { step: string; by: Actor; key: KeptKey; held: Held }): Promise<void> {
  const { step, by, key, held } = args
  const role = key.role === 'admin' ? 'admin' : 'member'
  const message = utf8Encode(enrolMessage({ origin: scribe.desk.origin, party: key.party, role }))
  const proof = hexEncode(signNatively({ seed: key.seed, message }))
  await scribe.write({
    step: `${step}/enrol`,
    actor: by,
    about: 'key',
    id: key.key,
    kind: 'enrol',
    body: { party: key.party, publicKey: hexEncode(key.publicKey), role, held, proof },
  })
}
