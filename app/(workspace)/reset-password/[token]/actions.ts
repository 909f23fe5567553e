'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { openSession, spendPasswordReset } from '@/lib/auth/account.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../../_forms/form-state.ts'

const shape = z.object({ token: z.string(), password: z.string() })

/** Sets the password, ends every session of the person, and opens a new one here: who holds the link could sign in anyway. */
export async function setPassword(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shape)
  if (!asked.ok) return asked
  const set = await spendPasswordReset(asked.value)
  if (!set.ok) return asked.refused(set.code)
  await openSession(set.value)
  redirect(paths.today())
}
