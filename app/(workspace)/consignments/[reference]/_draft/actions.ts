'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise, type Unauthorised } from '@/lib/auth/actor.ts'
import type { DraftContent } from '@/lib/core/custody/draft.ts'
import { type DraftCode, draftContent, draftOf, saveDraft, withdrawDraft } from '@/lib/data/drafts.ts'
import { paths } from '@/lib/paths.ts'

const sent = z.strictObject({
  party: z.string().max(20),
  reference: z.string().max(20),
  version: z.number().int().positive(),
  content: draftContent,
})

/** `draft-too-large`: it is no draft as this page sends them, or holds too much. */
export type SaveCode = Unauthorised | DraftCode | 'draft-too-large'
export type Saved =
  | { readonly ok: true; readonly version: number }
  | {
      readonly ok: false
      readonly code: SaveCode
      /** With `draft-changed`: what somebody else saved. */
      readonly newer?: { readonly content: DraftContent; readonly version: number }
    }

/** Stores what was typed so far. */
export async function keepDraft(args: z.infer<typeof sent>): Promise<Saved> {
  const read = sent.safeParse(args)
  if (!read.success) return { ok: false, code: 'draft-too-large' }
  const actor = await authorise({ as: read.data.party, action: 'draft' })
  if (!actor.ok) return actor
  const saved = await saveDraft(read.data)
  if (saved.ok) return { ok: true, version: saved.value.version }
  const newer = saved.code === 'draft-changed' ? await draftOf(read.data.reference) : undefined
  return {
    ok: false,
    code: saved.code,
    ...(newer && { newer: { content: newer.content, version: newer.version } }),
  }
}

const withdrawal = z.object({
  party: z.string().max(20),
  reference: z.string().max(20),
  as: z.string().max(20).optional(),
})

/** Takes a draft back, and shows what became of it. */
export async function takeBack(data: FormData): Promise<void> {
  const { party, reference, as } = withdrawal.parse(Object.fromEntries(data))
  const actor = await authorise({ as: party, action: 'draft' })
  if (actor.ok) await withdrawDraft({ reference, party })
  redirect(paths.consignment(reference, as))
}
