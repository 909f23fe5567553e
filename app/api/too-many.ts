import { getTranslations } from 'next-intl/server'
import { limited } from '@/lib/data/limits.ts'
import { type Limit, type Standing, standing } from '@/lib/data/standing.ts'
import { callerIn } from '@/lib/door/caller.ts'
import { json } from './reply.ts'

/** 429 with Retry-After, in words too. */
export async function tooMany({ retryAfterSeconds }: Extract<Standing, { ok: false }>): Promise<Response> {
  const [code, t] = ['too-many-requests', await getTranslations()]
  const detail = `again in ${retryAfterSeconds} s`
  return json(429, { code, message: t('replies.too-many-requests'), detail }, { 'retry-after': `${retryAfterSeconds}` })
}

/** Counts one request of this caller; the answer to give where that is one too many. */
export async function tooManyOf(request: Request, limit: Limit): Promise<Response | undefined> {
  const counted = await limited(limit, callerIn(request.headers))
  return counted.ok ? undefined : tooMany(counted)
}

/** Counts one file made to order for the person; the answer to give where that is one too many. */
export async function tooManyFiles(person: { readonly id: string }): Promise<Response | undefined> {
  const counted = await limited('export', person.id)
  return counted.ok ? undefined : tooMany(counted)
}

/** The answer to give where this caller is known to be beyond `limit`; counts nothing. */
export async function stillTooMany(request: Request, limit: Limit): Promise<Response | undefined> {
  const known = standing(limit, callerIn(request.headers))
  return known.ok ? undefined : tooMany(known)
}
