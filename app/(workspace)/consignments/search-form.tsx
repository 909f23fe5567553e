import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'
import { type Filters, spelled } from './filters.ts'

/** A plain GET form: works with scripts off, and what was asked stands in the address. The filters stay as they are. */
export async function SearchForm({ filters, as }: { filters: Filters; as: string | undefined }) {
  const t = await getTranslations()
  const kept = { ...spelled({ ...filters, query: undefined, page: 1 }), as }
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is too new for the browsers people have
    <form action={paths.consignments()} method="get" role="search" className="flex flex-wrap gap-2">
      {Object.entries(kept).map(
        ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <label htmlFor="query" className="sr-only">
        {t('consignments.search')}
      </label>
      <div className="min-w-0 flex-1 basis-40">
        <input
          id="query"
          name="query"
          type="search"
          className="input"
          defaultValue={filters.query ?? ''}
          placeholder={t('consignments.searchHint')}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <button type="submit" className="btn">
        {t('consignments.find')}
      </button>
    </form>
  )
}
