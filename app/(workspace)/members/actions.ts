'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { joinLink, resetLink } from '@/lib/auth/account.ts'
import { authorise } from '@/lib/auth/actor.ts'
import { mayReset } from '@/lib/auth/may.ts'
import { accountBy, changeRole, removeMember } from '@/lib/data/colleagues.ts'
import { createInvitation, INVITATION_DAYS, revokeInvitation } from '@/lib/data/invitations.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'
import { asOf } from '../_ui/require-actor.ts'

const role = z.enum(['admin', 'member', 'viewer'])
const inviting = {
  as: z.string(),
  role,
  note: z.string().max(120),
  days: z.coerce.number().pipe(z.literal(INVITATION_DAYS)),
}
const shapes = {
  invite: z.object(inviting),
  inviteToParty: z.object({ ...inviting, party: z.string() }),
  revoke: z.object({ as: z.string(), id: z.string() }),
  role: z.object({ as: z.string(), userId: z.string(), role }),
  remove: z.object({ as: z.string(), userId: z.string() }),
  reset: z.union([
    z.object({ as: z.string(), userId: z.string() }),
    z.object({ as: z.string(), email: z.string().max(254) }),
  ]),
}

/** A link by which someone joins the party acted for; it comes back in `link`. */
export async function invite(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.invite)
  if (!asked.ok) return asked
  const { as, ...invitation } = asked.value
  const actor = await authorise({ as, action: 'invite' })
  if (!actor.ok) return asked.refused(actor.code)
  const made = await createInvitation({ ...invitation, party: as, createdBy: actor.value.person.id })
  if (!made.ok) return asked.refused(made.code)
  refresh()
  return { link: joinLink(made.value.token) }
}

/** For the operator: a link by which someone joins any party, so that a party that has just been registered gets its first admin. Fields: as, party, role, note, days. */
export async function inviteToParty(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.inviteToParty)
  if (!asked.ok) return asked
  const { as, ...invitation } = asked.value
  const actor = await authorise({ as, action: 'invite-party' })
  if (!actor.ok) return asked.refused(actor.code)
  const made = await createInvitation({ ...invitation, createdBy: actor.value.person.id })
  return made.ok ? { link: joinLink(made.value.token) } : asked.refused(made.code)
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
  redirect(paths.members(asOf(actor.value), { changed: 'removed' }))
}

/** A link by which a person sets a new password, for an admin to hand over; by user id, or for the operator by e-mail address. It comes back in `link`. */
export async function handOverReset(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.reset)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'reset-password' })
  if (!actor.ok) return asked.refused(actor.code)
  const { party: acting, memberships: own } = actor.value
  const account = await accountBy(asked.value)
  const isTheirs = account?.memberships.some(each => each.party === acting.party)
  // Who is in none of the party's lists is nobody to its admin: no address can be tried out here.
  if (!account || !(isTheirs || acting.isOperator)) return asked.refused('no-account')
  if (!mayReset({ acting, own, theirs: account.memberships })) return asked.refused('member-elsewhere')
  return { link: await resetLink(account.userId) }
}
