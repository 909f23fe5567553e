'use server'

import { z } from 'zod'
import { authorise, type Unauthorised } from '@/lib/auth/actor.ts'
import { draftContent } from '@/lib/data/drafts.ts'
import { draftsToSign, type ImportOutcome, importDrafts } from '@/lib/data/imports.ts'
import type { DraftToSign } from '@/lib/device/importing/sign-all.ts'

const MOST_IN_A_BATCH = 50
const batch = z.strictObject({
  party: z.string().max(20),
  importId: z.string().regex(/^[0-9a-f]{32}$/),
  drafts: z
    .array(
      z.strictObject({
        name: z.string().max(1000),
        ordinal: z.number().int().min(0).max(100_000),
        content: draftContent,
        anyway: z.boolean(),
      }),
    )
    .max(MOST_IN_A_BATCH),
})

/** `import-malformed`: nothing that this page sends. */
type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Unauthorised | 'import-malformed' }

/** Makes the drafts of one part of a spreadsheet; the same part again makes none twice. */
export async function makeDrafts(args: z.infer<typeof batch>): Promise<Answer<readonly ImportOutcome[]>> {
  const read = batch.safeParse(args)
  if (!read.success) return { ok: false, code: 'import-malformed' }
  const actor = await authorise({ as: read.data.party, action: 'draft' })
  if (!actor.ok) return actor
  return { ok: true, value: await importDrafts({ ...read.data, userId: actor.value.person.id }) }
}

const asked = z.strictObject({
  party: z.string().max(20),
  references: z.array(z.string().max(11)).max(MOST_IN_A_BATCH),
})

/** Drafts as they stand now, to be signed on the device that asks; those signed or taken back meanwhile are left out. */
export async function loadDrafts(args: z.infer<typeof asked>): Promise<Answer<readonly DraftToSign[]>> {
  const read = asked.safeParse(args)
  if (!read.success) return { ok: false, code: 'import-malformed' }
  const actor = await authorise({ as: read.data.party, action: 'draft' })
  if (!actor.ok) return actor
  const drafts = await draftsToSign(read.data)
  return { ok: true, value: drafts.map(({ reference, nonce, content }) => ({ reference, nonce, content })) }
}
