import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ROLES, STAGES } from '@/lib/data/listing.ts'
import { paths } from '@/lib/paths.ts'
import { type Filters, spelled } from './filters.ts'

type Props = { filters: Filters; as: string | undefined }

/** Filters as plain links; choosing one again takes it away. */
export async function FilterLinks({ filters, as }: Props) {
  const t = await getTranslations()
  const chip = (label: string, isOn: boolean, change: Filters) => (
    <Chip
      key={label}
      label={label}
      isOn={isOn}
      href={paths.consignments(as, spelled({ ...filters, page: 1, ...change }))}
    />
  )
  const { role, stage, differs, sort = 'newest' } = filters
  return (
    <nav aria-label={t('consignments.filters')} className="no-print grid gap-2">
      <Group label={t('consignments.roles')}>
        {chip(t('consignments.role.any'), role === undefined, { role: undefined })}
        {ROLES.map(each => chip(t(`consignments.role.${each}`), role === each, { role: each }))}
        {chip(t('consignments.differs'), differs === true, { differs: differs ? undefined : true })}
      </Group>
      <Group label={t('consignments.stages')}>
        {STAGES.map(each => chip(t(`stages.${each}`), stage === each, { stage: stage === each ? undefined : each }))}
      </Group>
      <Group label={t('consignments.sorts')}>
        {chip(t('consignments.sort.newest'), sort === 'newest', { sort: 'newest' })}
        {chip(t('consignments.sort.oldest-open'), sort === 'oldest-open', { sort: 'oldest-open' })}
      </Group>
    </nav>
  )
}

/** One line of chips: on a phone it is pushed sideways, at a desk it wraps beside its name. */
function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 items-center gap-2 min-[54rem]:grid min-[54rem]:grid-cols-[3.5rem_1fr]">
      <span className="text-ink-2 text-note max-[54rem]:sr-only">{label}</span>
      <ul className="filter-row" aria-label={label}>
        {children}
      </ul>
    </div>
  )
}

function Chip({ label, isOn, href }: { label: string; isOn: boolean; href: string }) {
  return (
    <li>
      <a className="filter" href={href} {...(isOn && { 'aria-current': 'true' as const })}>
        {label}
      </a>
    </li>
  )
}
