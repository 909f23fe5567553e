import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { type Actor, asking } from '@/lib/auth/actor.ts'
import { type Action, may } from '@/lib/auth/may.ts'
import { rememberLocale } from '@/lib/data/preferences.ts'
import { paths } from '@/lib/paths.ts'

export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** One value of the address's query; of a repeated one the first. */
export async function queryOf(searchParams: SearchParams, name: string): Promise<string | undefined> {
  const value = (await searchParams)[name]
  return Array.isArray(value) ? value[0] : value
}

/**
 * The actor of a workspace page, who may at least read. Others are sent on: to signing in (and back to `path`), or to choosing a party.
 * `path`: this page's own, with its query but without `as`.
 */
export async function requireActor(searchParams: SearchParams, path: string): Promise<Actor> {
  const who = await asking(await queryOf(searchParams, 'as'))
  if (who.kind === 'actor') {
    // Letters come in the language that a person last used the app in.
    await rememberLocale(who.actor.person.id, await getLocale())
    return who.actor
  }
  if (who.kind === 'nobody') redirect(paths.signIn(path))
  redirect(paths.chooseParty(path))
}

/** What `as` of this actor's links is: set only where they act for several parties. */
export function asOf({ party, memberships }: Actor): string | undefined {
  return memberships.length > 1 ? party.party : undefined
}

/** Whether the page shows a control; its action asks again. */
export function actorMay(actor: Actor, action: Action): boolean {
  return may(actor.party, action)
}
