import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'
import { type Filters, spelled } from './filters.ts'

/** A plain GET form: works with scripts off, and what was asked stands in the address. The filters stay as they are. */
export async function SearchForm({ filters, as }: { filters: Filters; as: string | undefined }) {
  const t = await getTranslations()
  const kept = { ...spelled({ ...filters, query: undefined, from: undefined, to: undefined, page: 1 }), as }
  const day = (name: 'from' | 'to', label: string) => (
    <label className="flex items-center gap-x-2 text-note max-[54rem]:grid max-[54rem]:min-w-0 max-[54rem]:flex-1">
      <span className="text-ink-2">{label}</span>
      <input
        name={name}
        type="date"
        className="input w-auto max-[54rem]:w-full max-[54rem]:min-w-0 max-[54rem]:px-2"
        defaultValue={filters[name] ?? ''}
      />
    </label>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is too new for the browsers people have
    <form action={paths.consignments()} method="get" role="search" className="no-print flex flex-wrap gap-2">
      {Object.entries(kept).map(
        ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <label htmlFor="query" className="sr-only">
        {t('consignments.search')}
      </label>
      <div className="min-w-0 flex-1 basis-60 max-[54rem]:basis-full">
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
      {day('from', t('consignments.fromLabel'))}
      {day('to', t('consignments.toLabel'))}
      <button type="submit" className="btn max-[54rem]:w-full">
        {t('consignments.find')}
      </button>
    </form>
  )
}
