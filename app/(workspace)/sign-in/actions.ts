'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { nextPath } from '@/lib/auth/next-path.ts'
import { signInWith } from '@/lib/auth/own-account.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'

const shape = z.object({ email: z.string(), password: z.string(), next: z.string() })

export async function signIn(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shape)
  if (!asked.ok) return asked
  const signedIn = await signInWith(asked.value)
  if (!signedIn.ok) return asked.refused(signedIn.code)
  redirect(nextPath(asked.value.next) ?? paths.today())
}
