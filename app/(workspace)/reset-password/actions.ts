'use server'

import { headers } from 'next/headers'
import { after } from 'next/server'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { mailResetTo } from '@/lib/auth/ask-reset.ts'
import { addressIn } from '@/lib/auth/attempts.ts'
import { limited } from '@/lib/data/limits.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'

const shape = z.object({ email: z.string().max(254) })

/** Who forgot the password asks for a link. The answer is the same whether there is such an account, and is given before that is looked up. */
export async function askReset(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shape)
  if (!asked.ok || !isMailOn()) return { code: 'form-malformed' }
  const { email } = asked.value
  if (!z.email().safeParse(email.trim()).success) return asked.refused('email-malformed')
  if (!(await limited('reset', addressIn(await headers()))).ok) return asked.refused('too-many-attempts')
  const locale = await getLocale()
  after(() => mailResetTo(email, locale))
  return { done: 'reset-asked' }
}
