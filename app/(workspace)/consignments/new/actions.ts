'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { createDraft } from '@/lib/data/drafts.ts'
import { paths } from '@/lib/paths.ts'

const form = z.object({ party: z.string().max(20), as: z.string().max(20).optional() })

/** Starts a draft of the form's party and goes to it; a refusal is said on the page of the form. */
export async function startDraft(data: FormData): Promise<void> {
  const read = form.safeParse(Object.fromEntries(data))
  if (!read.success) redirect(paths.newConsignment())
  const { party, as } = read.data
  const actor = await authorise({ as: party, action: 'draft' })
  if (!actor.ok)
    redirect(actor.code === 'signed-out' ? paths.signIn(paths.newConsignment(as)) : paths.newConsignment(as))
  const { reference } = await createDraft({ party, userId: actor.value.person.id })
  redirect(paths.consignment(reference, as))
}
