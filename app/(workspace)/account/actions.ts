'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { nextPath } from '@/lib/auth/next-path.ts'
import * as own from '@/lib/auth/own-account.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'
import { asOf } from '../_ui/require-actor.ts'

const shapes = {
  name: z.object({ as: z.string(), name: z.string() }),
  password: z.object({ as: z.string(), current: z.string(), password: z.string() }),
  sessions: z.object({ as: z.string() }),
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
