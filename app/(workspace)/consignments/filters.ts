import { parseReference } from '@/lib/core/custody/reference.ts'
import { type ListingQuery, SORTS } from '@/lib/data/listing.ts'
import { DUES, ROLES, STAGES } from '@/lib/data/listing-where.ts'
import { queryOf, type SearchParams } from '../_ui/require-actor.ts'

/** What the address asks of the list, without the party. Unknown values ask nothing. */
export type Filters = Omit<ListingQuery, 'party'>

const known = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find(each => each === value)

/** A day as `<input type="date">` spells it, that there is. */
const dayIn = (value: string | undefined) =>
  value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined

export async function filtersIn(searchParams: SearchParams): Promise<Filters> {
  const of = (name: string) => queryOf(searchParams, name)
  const typed = (await of('query'))?.trim().slice(0, 200)
  const other = parseReference((await of('with')) ?? '')
  return {
    query: typed === '' ? undefined : typed,
    role: known(ROLES, await of('role')),
    stage: known(STAGES, await of('stage')),
    due: known(DUES, await of('due')),
    differs: (await of('differs')) === '1' || undefined,
    with: other.ok ? other.value : undefined,
    from: dayIn(await of('from')),
    to: dayIn(await of('to')),
    sort: known(SORTS, await of('sort')),
    page: Number((await of('page')) ?? 1),
  }
}

/** The filters as an address spells them; the first page and the newest first are not said. */
export function spelled({ query, role, stage, due, differs, from, to, sort, page, ...filters }: Filters) {
  return {
    query,
    role,
    stage,
    due,
    differs: differs ? '1' : undefined,
    with: filters.with,
    from,
    to,
    sort: sort === 'newest' ? undefined : sort,
    page: page === undefined || page === 1 ? undefined : String(page),
  } satisfies Record<string, string | undefined>
}

/** Whether anything is asked that keeps a consignment out of the list. */
export function isNarrowed(filters: Filters): boolean {
  const { sort: _sort, page: _page, ...narrowing } = spelled(filters)
  return Object.values(narrowing).some(value => value !== undefined)
}
