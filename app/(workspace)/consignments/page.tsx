import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { type Listing, listConsignments } from '@/lib/data/listing.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { AskedFilters } from './asked.tsx'
import { FilterLinks } from './filter-links.tsx'
import { type Filters, filtersIn, isNarrowed, spelled } from './filters.ts'
import { ListKeys } from './list-keys.tsx'
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
  const { rows, total, now, counts } = listing
  const isEmpty = total === 0 && !isNarrowed(filters)
  const mayDraft = actorMay(actor, 'draft')
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <PageHead title={t('workspace.consignments')} lead={t('consignments.found', { count: total })}>
        {total > 0 && (
          <a className="btn" href={paths.consignmentsCsv(as, spelled({ ...filters, page: 1 }))} download>
            {t('consignments.export')}
          </a>
        )}
        {mayDraft && !isEmpty && (
          <>
            <a className="btn" href={paths.importing(as)}>
              {t('importing.title')}
            </a>
            <a className="btn primary" href={paths.newConsignment(as)}>
              {t('consignments.new')}
            </a>
          </>
        )}
      </PageHead>
      {!isEmpty && (
        <>
          <SearchForm filters={filters} as={as} />
          <FilterLinks filters={filters} counts={counts} as={as} />
          {total > 0 && <AskedFilters filters={filters} as={as} kind="chips" />}
        </>
      )}
      {total === 0 ? (
        <Nothing filters={filters} as={as} isEmpty={isEmpty} mayDraft={mayDraft} />
      ) : (
        <Rows rows={rows} now={now} filters={filters} as={as} />
      )}
      <Pages listing={listing} filters={filters} as={as} />
      {total > 0 && (
        <>
          <p className="no-print text-ink-2 text-note max-[62rem]:hidden">{t('consignments.keys')}</p>
          <ListKeys />
        </>
      )}
    </WorkspaceFrame>
  )
}

type Props = { filters: Filters; as: string | undefined }

/** Nothing fits, and which filter to take away; or there is nothing yet. */
async function Nothing({ filters, as, isEmpty, mayDraft }: Props & { isEmpty: boolean; mayDraft: boolean }) {
  const t = await getTranslations()
  if (isEmpty) {
    return (
      <EmptyState
        title={t('consignments.none.title')}
        action={mayDraft ? { href: paths.newConsignment(as), label: t('today.prepare') } : undefined}
        beside={<a href={paths.scan(as)}>{t('workspace.scan')}</a>}
      >
        <p>{t('consignments.none.text')}</p>
        {mayDraft && (
          <p>
            {t('importing.instead')} <a href={paths.importing(as)}>{t('importing.title')}</a>
          </p>
        )}
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('consignments.none.fits')}>
      <p>{t('consignments.none.widen')}</p>
      <AskedFilters filters={filters} as={as} kind="ways" />
      <p className="flex flex-wrap gap-x-5">
        <a href={paths.consignments(as)}>{t('consignments.none.clear')}</a>
        {filters.role !== 'all' && (
          <a href={paths.consignments(as, spelled({ ...filters, role: 'all', due: undefined, page: 1 }))}>
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
    <nav aria-label={t('consignments.pages')} className="no-print flex flex-wrap items-center gap-4">
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
      {page > 2 && <a href={to(1)}>{t('consignments.first')}</a>}
      {page < pages - 1 && <a href={to(pages)}>{t('consignments.last')}</a>}
    </nav>
  )
}
