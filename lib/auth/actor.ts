import 'server-only'
import { headers } from 'next/headers'
import { isSessionInUse } from '../data/accounts.ts'
import { type Membership, membershipsOf } from '../data/members.ts'
import { auth } from './auth.ts'
import { type Action, may } from './may.ts'

export type Person = { readonly id: string; readonly name: string; readonly email: string }

/** Who asks, and for which of their parties: the address says it (`?as=`), never hidden state. */
export type Actor = {
  readonly person: Person
  readonly party: Membership
  /** All of theirs, `party` among them. */
  readonly memberships: readonly Membership[]
}

export type Asking =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'no-party'; readonly person: Person }
  /** Several parties, and the address names none of them. */
  | { readonly kind: 'choose'; readonly person: Person; readonly memberships: readonly Membership[] }
  | { readonly kind: 'actor'; readonly actor: Actor }

/** The person of this request's session; undefined without one. */
export async function person(): Promise<Person | undefined> {
  const session = await (await auth()).api.getSession({ headers: await headers() })
  if (!session || !(await isSessionInUse({ id: session.session.id, usedAt: session.session.updatedAt })))
    return undefined
  const { id, name, email } = session.user
  return { id, name, email }
}

/** Who this request's session acts for. `as` is the reference that the address names; one that is not theirs chooses nothing. */
export async function asking(as: string | undefined): Promise<Asking> {
  const who = await person()
  if (!who) return { kind: 'nobody' }
  const memberships = await membershipsOf(who.id)
  if (memberships.length === 0) return { kind: 'no-party', person: who }
  const party =
    as === undefined && memberships.length === 1 ? memberships[0] : memberships.find(each => each.party === as)
  if (!party) return { kind: 'choose', person: who, memberships }
  return { kind: 'actor', actor: { person: who, party, memberships } }
}

export type Unauthorised = 'signed-out' | 'not-member' | 'may-not'

/**
 * The actor of a server action that names its party, if they may. Each action asks this first: a form is no protection.
 * Codes: `signed-out`, `not-member` (of that party), `may-not` (their role does not).
 */
export async function authorise(args: {
  as: string
  action: Action
}): Promise<{ ok: true; value: Actor } | { ok: false; code: Unauthorised }> {
  const who = await person()
  if (!who) return { ok: false, code: 'signed-out' }
  const memberships = await membershipsOf(who.id)
  const party = memberships.find(each => each.party === args.as)
  if (!party) return { ok: false, code: 'not-member' }
  return may(party, args.action)
    ? { ok: true, value: { person: who, party, memberships } }
    : { ok: false, code: 'may-not' }
}
