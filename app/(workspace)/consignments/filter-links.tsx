import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { type Counts, SORTS } from '@/lib/data/listing.ts'
import { DUES, ROLES, STAGES } from '@/lib/data/listing-where.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { paths } from '@/lib/paths.ts'
import { type Filters, spelled } from './filters.ts'

type Props = { filters: Filters; counts: Counts; as: string | undefined }

/** Filters as plain links with what each would leave; choosing one again takes it away. */
export async function FilterLinks({ filters, counts, as }: Props) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const chip = (label: string, isOn: boolean, change: Filters, count?: number) => (
    <li key={label}>
      <a
        className="filter"
        href={paths.consignments(as, spelled({ ...filters, page: 1, ...change }))}
        {...(isOn && { 'aria-current': 'true' as const })}
      >
        {label}
        {count !== undefined && <span className="filter-count">{formatNumber(locale, count)}</span>}
      </a>
    </li>
  )
  const { role, stage, due, differs, sort = 'newest' } = filters
  return (
    <nav aria-label={t('consignments.filters')} className="no-print grid gap-2">
      <Group label={t('consignments.roles')}>
        {chip(t('consignments.role.any'), role === undefined, { role: undefined }, counts.role.any)}
        {ROLES.map(each =>
          chip(
            t(`consignments.role.${each}`),
            role === each,
            { role: each },
            each === 'all' ? undefined : counts.role[each],
          ),
        )}
      </Group>
      <Group label={t('consignments.dues')}>
        {DUES.map(each =>
          chip(t(`consignments.due.${each}`), due === each, { due: due === each ? undefined : each }, counts.due[each]),
        )}
        {chip(
          t('consignments.differs'),
          differs === true,
          { differs: differs ? undefined : true },
          role === 'all' ? undefined : counts.differs,
        )}
      </Group>
      <Group label={t('consignments.stages')}>
        {STAGES.map(each =>
          chip(
            t(`stages.${each}`),
            stage === each,
            { stage: stage === each ? undefined : each },
            counts.stage[each] ?? 0,
          ),
        )}
      </Group>
      <Group label={t('consignments.sorts')}>
        {SORTS.map(each => chip(t(`consignments.sort.${each}`), sort === each, { sort: each }))}
      </Group>
    </nav>
  )
}

/** One line of chips: on a phone it is pushed sideways, at a desk it wraps beside its name. */
function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 items-center gap-2 min-[54rem]:grid min-[54rem]:grid-cols-[4.5rem_1fr]">
      <span className="text-ink-2 text-note max-[54rem]:sr-only">{label}</span>
      <ul className="filter-row" aria-label={label}>
        {children}
      </ul>
    </div>
  )
}
