import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { type Listing, listConsignments } from '@/lib/data/listing.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { FilterLinks } from './filter-links.tsx'
import { type Filters, filtersIn, spelled } from './filters.ts'
import { Rows } from './rows.tsx'
import { SearchForm } from './search-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('workspace.consignments') }
}

/** The consignments of a party: search and filters stand in the address, so that a list can be kept, sent and gone back to. */
export default async function ConsignmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const filters = await filtersIn(searchParams)
  const actor = await requireActor(searchParams, paths.consignments(undefined, spelled(filters)))
  const [t, listing] = await Promise.all([
    getTranslations(),
    listConsignments({ party: actor.party.party, ...filters }),
  ])
  const as = asOf(actor)
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <PageHead title={t('workspace.consignments')} lead={t('consignments.found', { count: listing.total })}>
        {actorMay(actor, 'draft') && (
          <a className="btn primary" href={paths.newConsignment(as)}>
            {t('consignments.new')}
          </a>
        )}
      </PageHead>
      <SearchForm filters={filters} as={as} />
      <FilterLinks filters={filters} as={as} />
      {listing.total === 0 ? <Nothing filters={filters} as={as} /> : <Rows rows={listing.rows} as={as} />}
      <Pages listing={listing} filters={filters} as={as} />
    </WorkspaceFrame>
  )
}

type Props = { filters: Filters; as: string | undefined }

/** Nothing fits, or there is nothing yet. */
async function Nothing({ filters, as }: Props) {
  const t = await getTranslations()
  const isNarrowed = Object.values(spelled(filters)).some(value => value !== undefined)
  if (!isNarrowed) {
    return (
      <EmptyState title={t('consignments.none.title')}>
        <p>{t('consignments.none.text')}</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('consignments.none.fits')}>
      <p>{t('consignments.none.widen')}</p>
      <p className="flex flex-wrap gap-x-5">
        <a href={paths.consignments(as)}>{t('consignments.none.clear')}</a>
        {filters.role !== 'all' && (
          <a href={paths.consignments(as, spelled({ ...filters, role: 'all', page: 1 }))}>
            {t('consignments.none.everywhere')}
          </a>
        )}
      </p>
    </EmptyState>
  )
}

async function Pages({ listing: { page, pages }, filters, as }: Props & { listing: Listing }) {
  if (pages === 1) return null
  const t = await getTranslations()
  const to = (number: number) => paths.consignments(as, spelled({ ...filters, page: number }))
  return (
    <nav aria-label={t('consignments.pages')} className="flex flex-wrap items-center gap-4">
      {page > 1 && (
        <a className="btn" href={to(page - 1)} rel="prev">
          {t('consignments.before')}
        </a>
      )}
      <span className="text-ink-2">{t('consignments.page', { page, pages })}</span>
      {page < pages && (
        <a className="btn" href={to(page + 1)} rel="next">
          {t('consignments.after')}
        </a>
      )}
    </nav>
  )
}
