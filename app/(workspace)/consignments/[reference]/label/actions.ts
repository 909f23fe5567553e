'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { type Gs1Code, type Gs1Path, readGs1Key } from '@/lib/core/custody/gs1.ts'
import type { Result } from '@/lib/core/result.ts'
import { clearGs1Key, demonstrationKey, setGs1Key } from '@/lib/data/gs1.ts'
import { paths } from '@/lib/paths.ts'

const text = z.string().max(60).default('')
const form = z.object({
  party: z.string().max(20),
  consignment: z.string().max(20),
  as: z.string().max(20).optional(),
  what: z.enum(['set', 'clear', 'demonstration']),
  number: text,
  lot: text,
  serial: text,
})

/** Puts a GS1 key on a consignment's label, or takes it off; what was wrong stands in the address of the page that comes next. */
export async function changeGs1Key(data: FormData): Promise<void> {
  const { party, consignment, as, what, ...typed } = form.parse(Object.fromEntries(data))
  const actor = await authorise({ as: party, action: 'draft' })
  const owned = { consignment, party }
  const done = !actor.ok ? actor : what === 'clear' ? await clearGs1Key(owned) : await put(owned, await keyFor())
  redirect(paths.labels(consignment, as, done.ok ? {} : { gs1: done.code }))

  async function keyFor(): Promise<Result<Gs1Path, Gs1Code>> {
    const made = what === 'demonstration' ? await demonstrationKey(consignment) : undefined
    return made ? { ok: true, value: made } : readGs1Key(typed)
  }
}

async function put(owned: { consignment: string; party: string }, key: Result<Gs1Path, Gs1Code>) {
  return key.ok ? setGs1Key({ ...owned, key: key.value }) : key
}
