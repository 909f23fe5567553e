import { type ListingQuery, ROLES, SORTS, STAGES } from '@/lib/data/listing.ts'
import { queryOf, type SearchParams } from '../_ui/require-actor.ts'

/** What the address asks of the list, without the party. Unknown values ask nothing. */
export type Filters = Omit<ListingQuery, 'party'>

const known = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find(each => each === value)

export async function filtersIn(searchParams: SearchParams): Promise<Filters> {
  const of = (name: string) => queryOf(searchParams, name)
  const typed = (await of('query'))?.trim().slice(0, 200)
  return {
    query: typed === '' ? undefined : typed,
    role: known(ROLES, await of('role')),
    stage: known(STAGES, await of('stage')),
    differs: (await of('differs')) === '1' || undefined,
    sort: known(SORTS, await of('sort')),
    page: Number((await of('page')) ?? 1),
  }
}

/** The filters as an address spells them; the first page and the newest first are not said. */
export function spelled({ query, role, stage, differs, sort, page }: Filters): Record<string, string | undefined> {
  return {
    query,
    role,
    stage,
    differs: differs ? '1' : undefined,
    sort: sort === 'newest' ? undefined : sort,
    page: page === undefined || page === 1 ? undefined : String(page),
  }
}
