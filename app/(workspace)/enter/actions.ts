'use server'

import { randomBytes } from 'node:crypto'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { makeAccount, openSession } from '@/lib/auth/account.ts'
import { authorise, person } from '@/lib/auth/actor.ts'
import { nextPath } from '@/lib/auth/next-path.ts'
import { demoParties, enrolDemoKey } from '@/lib/data/demo-keys.ts'
import { requestKey } from '@/lib/data/device-keys.ts'
import { addMember } from '@/lib/data/members.ts'
import { paths } from '@/lib/paths.ts'

/**
 * Enters the demonstration as one of its parties: this browser gets an account of its own, unless it is signed in, and that becomes an admin's
 * of the party. Anywhere but in a demonstration there are no such parties.
 */
export async function enterAs(form: FormData): Promise<void> {
  const parties = await demoParties()
  const next = nextPath(form.get('next'))
  if (parties.length === 0) redirect(paths.enterDemo({ problem: 'not-demo' }))
  const party = parties.find(each => each.party === form.get('party'))?.party
  if (party === undefined) redirect(paths.enterDemo({ problem: 'no-demo-party', next }))
  const userId = (await person())?.id ?? (await newVisitor())
  await addMember({ userId, party, role: 'admin' })
  redirect(paths.enteredDemo(party, next))
}

async function newVisitor(): Promise<string> {
  const t = await getTranslations()
  const made = await makeAccount({
    name: t('enter.visitor'),
    email: `visitor-${randomBytes(10).toString('hex')}@demo.invalid`,
    // Nobody knows it: the account lasts as long as this browser's session.
    password: randomBytes(30).toString('base64'),
  })
  if (!made.ok) throw new Error(`no account for a visitor: ${made.code}`)
  await openSession(made.value)
  return made.value
}

const enrolling = z.strictObject({ as: z.string(), publicKey: z.string(), proof: z.string(), device: z.string() })

/** Enrols the key that this browser made, at once, by the party's seeded key. Codes: of `authorise`, of `enrolDemoKey`, `malformed`. */
export async function enrolVisitorKey(
  asked: z.infer<typeof enrolling>,
): Promise<{ ok: true } | { ok: false; code: string }> {
  const parsed = enrolling.safeParse(asked)
  if (!parsed.success) return { ok: false, code: 'malformed' }
  const { as: party, publicKey, proof, device } = parsed.data
  if ((await demoParties()).length === 0) return { ok: false, code: 'not-demo' }
  const actor = await authorise({ as: party, action: 'request-key' })
  if (!actor.ok) return actor
  // So that the list of keys names its member. What is wrong with the key itself enrolling says as well.
  await requestKey({ party, userId: actor.value.person.id, publicKey, proof, role: 'admin', device })
  const enrolled = await enrolDemoKey({ party, publicKey, proof })
  return enrolled.ok ? { ok: true } : { ok: false, code: enrolled.code }
}
