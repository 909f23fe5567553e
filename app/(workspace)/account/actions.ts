'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { nextPath } from '@/lib/auth/next-path.ts'
import * as own from '@/lib/auth/own-account.ts'
import * as passkeys from '@/lib/auth/own-passkeys.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'
import { asOf } from '../_ui/require-actor.ts'

const shapes = {
  name: z.object({ as: z.string(), name: z.string() }),
  password: z.object({ as: z.string(), current: z.string(), password: z.string() }),
  sessions: z.object({ as: z.string() }),
  person: z.object({ as: z.string(), current: z.string() }),
  renaming: z.object({ as: z.string(), id: z.string(), name: z.string() }),
  removing: z.object({ as: z.string(), id: z.string() }),
}

/** Ends this browser's session. Its device keys stay where they are: they are the device's, not the session's. */
export async function signOut(form?: FormData): Promise<void> {
  await own.endSession()
  redirect(nextPath(form?.get('next')) ?? paths.home())
}

export async function changeName(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.name)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'read' })
  if (!actor.ok) return asked.refused(actor.code)
  const changed = await own.changeName(asked.value.name)
  if (!changed.ok) return asked.refused(changed.code)
  redirect(paths.account(asOf(actor.value), 'name'))
}

export async function changePassword(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.password)
  if (!asked.ok) return asked
  const { as, current, password } = asked.value
  const actor = await authorise({ as, action: 'read' })
  if (!actor.ok) return asked.refused(actor.code)
  const changed = await own.changePassword({ userId: actor.value.person.id, current, password })
  if (!changed.ok) return asked.refused(changed.code)
  redirect(paths.account(asOf(actor.value), 'password'))
}

export async function signOutElsewhere(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.sessions)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'read' })
  if (!actor.ok) return asked.refused(actor.code)
  await own.endOtherSessions()
  redirect(paths.account(asOf(actor.value), 'sessions'))
}

/** Who signed in a while ago says again that it is them: a new session, in which a passkey may be added. */
export async function confirmPerson(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.person)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'read' })
  if (!actor.ok) return asked.refused(actor.code)
  const { email } = actor.value.person
  const confirmed = await own.signInWith({ email, password: asked.value.current })
  if (!confirmed.ok) return asked.refused(confirmed.code === 'sign-in-refused' ? 'password-wrong' : confirmed.code)
  redirect(`${paths.account(asOf(actor.value), 'confirmed')}#passkeys`)
}

export async function renamePasskey(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.renaming)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'read' })
  if (!actor.ok) return asked.refused(actor.code)
  const renamed = await passkeys.renamePasskey(asked.value)
  if (!renamed.ok) return asked.refused(renamed.code)
  redirect(`${paths.account(asOf(actor.value), 'renamed')}#passkeys`)
}

export async function removePasskey(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.removing)
  if (!asked.ok) return asked
  const actor = await authorise({ as: asked.value.as, action: 'read' })
  if (!actor.ok) return asked.refused(actor.code)
  const removed = await passkeys.removePasskey({ id: asked.value.id, userId: actor.value.person.id })
  if (!removed.ok) return asked.refused(removed.code)
  redirect(`${paths.account(asOf(actor.value), 'removed')}#passkeys`)
}
