'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { makeAccount, openSession, unmakeAccount } from '@/lib/auth/account.ts'
import { person } from '@/lib/auth/actor.ts'
import { acceptInvitation, invitation } from '@/lib/data/invitations.ts'
import { membershipsOf } from '@/lib/data/members.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../../_forms/form-state.ts'

const shapes = {
  joining: z.object({ token: z.string() }),
  newcomer: z.object({ token: z.string(), name: z.string(), email: z.string(), password: z.string() }),
}

/** The signed-in person joins with the account they have. */
export async function join(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.joining)
  if (!asked.ok) return asked
  const who = await person()
  if (!who) return asked.refused('signed-out')
  const joined = await acceptInvitation({ token: asked.value.token, userId: who.id })
  if (!joined.ok) return asked.refused(joined.code)
  return begin(who.id, joined.value.party)
}

/** Someone new joins: the account is made for this link, and taken back if the link was used meanwhile. */
export async function joinAsNewcomer(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.newcomer)
  if (!asked.ok) return asked
  const { token, ...account } = asked.value
  const state = (await invitation(token))?.state ?? 'unknown'
  if (state !== 'open') return asked.refused(`invitation-${state}`)
  const made = await makeAccount(account)
  if (!made.ok) return asked.refused(made.code)
  const joined = await acceptInvitation({ token, userId: made.value })
  if (!joined.ok) {
    await unmakeAccount(made.value)
    return asked.refused(joined.code)
  }
  return begin(made.value, joined.value.party)
}

/** A new session, and the first thing to do in the party: a key for this device, unless they will only look. */
async function begin(userId: string, party: string): Promise<never> {
  await openSession(userId)
  const memberships = await membershipsOf(userId)
  const isViewer = memberships.find(each => each.party === party)?.role === 'viewer'
  const as = memberships.length > 1 ? party : undefined
  redirect(isViewer ? paths.today(as) : paths.keys(as))
}
