'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { NOTICE_KINDS } from '@/lib/core/custody/notices.ts'
import { saveWishes, type Wishes } from '@/lib/data/notice-settings.ts'
import { markRead } from '@/lib/data/notices.ts'
import { dropBrowser, keepBrowser } from '@/lib/data/push-subscriptions.ts'
import { env } from '@/lib/env.ts'
import { isLocale } from '@/lib/messages/locale.ts'
import { isPushEndpoint } from '@/lib/notices/push-hosts.ts'
import { paths } from '@/lib/paths.ts'
import { type FormState, formOf } from '../_forms/form-state.ts'
import { asOf } from '../_ui/require-actor.ts'

const base64url = z.string().regex(/^[\w-]+$/)
const shapes = {
  read: z.object({ as: z.string(), until: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER) }),
  // A checkbox that is not set is not sent.
  wishes: z.object({ as: z.string() }).catchall(z.string()),
  browser: z.object({
    as: z.string(),
    endpoint: z.string().max(2000),
    p256dh: base64url.length(87),
    auth: base64url.length(22),
    locale: z.string().refine(isLocale),
  }),
  gone: z.object({ as: z.string(), endpoint: z.string().max(2000) }),
}

/** Calls read what the member saw, and comes back. */
export async function markAllRead(form: FormData): Promise<void> {
  const asked = formOf(form, shapes.read)
  if (!asked.ok) redirect(paths.notices())
  const { as, until } = asked.value
  const actor = await authorise({ as, action: 'read' })
  if (!actor.ok) redirect(paths.signIn(paths.notices(as)))
  await markRead({ party: as, userId: actor.value.person.id, until })
  redirect(paths.notices(asOf(actor.value)))
}

/** Keeps what the member wants to be written, for the party acted for. */
export async function chooseNotices(_: FormState, form: FormData): Promise<FormState> {
  const asked = formOf(form, shapes.wishes)
  if (!asked.ok) return asked
  const { as, ...sent } = asked.value
  const actor = await authorise({ as, action: 'read' })
  if (!actor.ok) return { code: actor.code }
  const wishOf = (kind: string) => ({ mail: sent[`mail:${kind}`] === 'on', push: sent[`push:${kind}`] === 'on' })
  const wishes = Object.fromEntries(NOTICE_KINDS.map(kind => [kind, wishOf(kind)])) as Wishes
  const { person, party } = actor.value
  await saveWishes({ userId: person.id, party: party.party, role: party.role, wishes })
  redirect(paths.noticeSettings(asOf(actor.value), 'saved'))
}

type Told = { readonly ok: true } | { readonly ok: false; readonly code: string }

/** This browser shows the member's notices from now on. Codes beside those of every form: `endpoint-unknown`. */
export async function takePush(browser: z.input<typeof shapes.browser>): Promise<Told> {
  const asked = shapes.browser.safeParse(browser)
  if (!asked.success) return { ok: false, code: 'form-malformed' }
  const { as, ...address } = asked.data
  const actor = await authorise({ as, action: 'read' })
  if (!actor.ok) return { ok: false, code: actor.code }
  if (!isPushEndpoint(address.endpoint, env().pushHosts)) return { ok: false, code: 'endpoint-unknown' }
  await keepBrowser({ ...address, userId: actor.value.person.id, party: as })
  return { ok: true }
}

/** This browser shows them no more. */
export async function endPush(browser: z.input<typeof shapes.gone>): Promise<Told> {
  const asked = shapes.gone.safeParse(browser)
  if (!asked.success) return { ok: false, code: 'form-malformed' }
  const actor = await authorise({ as: asked.data.as, action: 'read' })
  if (!actor.ok) return { ok: false, code: actor.code }
  await dropBrowser({ endpoint: asked.data.endpoint, userId: actor.value.person.id })
  return { ok: true }
}
