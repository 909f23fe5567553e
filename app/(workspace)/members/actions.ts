'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { mayReset } from '@/lib/auth/may.ts'
import { endResetTokens, endSessionsOf } from '@/lib/data/accounts.ts'
import { accountBy, changeRole, removeMember } from '@/lib/data/colleagues.ts'
import { createInvitation, INVITATION_DAYS, revokeInvitation } from '@/lib/data/invitations.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'
import { asOf } from '../_ui/require-actor.ts'
import * as letters from './letters.ts'

/** How a link to set a password reaches its person: in a letter, or by whoever asks for it. */
const way = z.enum(['mail', 'link']).default('link')
const role = z.enum(['admin', 'member', 'viewer'])
const inviting = {
  as: z.string(),
  role,
  note: z.string().max(120),
  days: z.coerce.number().pipe(z.literal(INVITATION_DAYS)),
  /** Where the link is mailed, in which language; empty: it is shown. */
  email: z.string().trim().max(254).default(''),
  locale: z.string().max(8).default(''),
}
const shapes = {
  invite: z.object(inviting),
  inviteToParty: z.object({ ...inviting, party: z.string() }),
  revoke: z.object({ as: z.string(), id: z.string() }),
  role: z.object({ as: z.string(), userId: z.string(), role }),
  remove: z.object({ as: z.string(), userId: z.string() }),
  reset: z.union([
    z.object({ as: z.string(), userId: z.string(), way }),
    z.object({ as: z.string(), email: z.string().max(254), way }),
  ]),
}

/** A link by which someone joins the party acted for; it is mailed, or comes back in `link`. */
export async function invite(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.invite)
  if (!asked.ok) return asked
  const { as, email, locale, ...invitation } = asked.value
  const actor = await authorise({ as, action: 'invite' })
  if (!actor.ok) return asked.refused(actor.code)
  if (!isAddressOrNothing(email)) return asked.refused('email-malformed')
  const { person: by } = actor.value
  const made = await createInvitation({ ...invitation, party: as, createdBy: by.id })
  if (!made.ok) return asked.refused(made.code)
  const handedOver = await letters.handOverInvitation({ token: made.value.token, to: email, locale, by })
  refresh()
  return handedOver
}

/** For the operator: a link by which someone joins any party, so that a party that has just been registered gets its first admin. Fields: as, party, role, note, days, and perhaps email and locale. */
export async function inviteToParty(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.inviteToParty)
  if (!asked.ok) return asked
  const { as, email, locale, ...invitation } = asked.value
  const actor = await authorise({ as, action: 'invite-party' })
  if (!actor.ok) return asked.refused(actor.code)
  if (!isAddressOrNothing(email)) return asked.refused('email-malformed')
  const { person: by } = actor.value
  const made = await createInvitation({ ...invitation, createdBy: by.id })
  if (!made.ok) return asked.refused(made.code)
  return letters.handOverInvitation({ token: made.value.token, to: email, locale, by })
}

function isAddressOrNothing(email: string): boolean {
  return email === '' || z.email().safeParse(email).success
}

export async function revokeInvite(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.revoke)
  if (!asked.ok) return asked
  const { as, id } = asked.value
  const actor = await authorise({ as, action: 'invite' })
  if (!actor.ok) return asked.refused(actor.code)
  if (!(await revokeInvitation({ party: as, id }))) return asked.refused('invitation-gone')
  redirect(paths.members(asOf(actor.value), { changed: 'revoked' }))
}

export async function setRole(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.role)
  if (!asked.ok) return asked
  const { as, userId, role } = asked.value
  const actor = await authorise({ as, action: 'manage-members' })
  if (!actor.ok) return asked.refused(actor.code)
  const changed = await changeRole({ party: as, userId, role })
  if (!changed.ok) return asked.refused(changed.code)
  redirect(paths.members(asOf(actor.value), { changed: 'role' }))
}

export async function remove(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.remove)
  if (!asked.ok) return asked
  const { as, userId } = asked.value
  const actor = await authorise({ as, action: 'manage-members' })
  if (!actor.ok) return asked.refused(actor.code)
  const removed = await removeMember({ party: as, userId })
  if (!removed.ok) return asked.refused(removed.code)
  // Whatever way they came in by, a passkey too: they come in again as who they are now.
  if (userId !== actor.value.person.id) await Promise.all([endSessionsOf(userId), endResetTokens(userId)])
  redirect(paths.members(asOf(actor.value), { changed: 'removed' }))
}

/** A link by which a person sets a new password; by user id, or for the operator by e-mail address. It is mailed to them, or comes back in `link`. */
export async function handOverReset(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.reset)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'reset-password' })
  if (!actor.ok) return asked.refused(actor.code)
  const { party: acting, memberships: own, person: by } = actor.value
  const account = await accountBy(asked.value)
  const isTheirs = account?.memberships.some(each => each.party === acting.party)
  // Who is in none of the party's lists is nobody to its admin: no address can be tried out here.
  if (!account || !(isTheirs || acting.isOperator)) return asked.refused('no-account')
  if (!mayReset({ acting, own, theirs: account.memberships })) return asked.refused('member-elsewhere')
  return letters.handOverReset({ account, isShown: asked.value.way === 'link', by })
}
