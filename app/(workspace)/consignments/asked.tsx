import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { partiesNamed } from '@/lib/data/parties.ts'
import { partyViewFor } from '@/lib/data/private-openings.ts'
import { formatDate } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { PartyName } from '../_shown/party-name.tsx'
import { type Filters, spelled } from './filters.ts'

type Asked = { readonly name: 'query' | 'with' | 'from' | 'to' | 'stage' | 'due' | 'differs'; readonly says: ReactNode }

/** What the list is narrowed to, in words, in the order of the page. */
async function askedIn(filters: Filters): Promise<readonly Asked[]> {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { query, stage, due, differs, from, to } = filters
  const other = filters.with === undefined ? undefined : (await partiesNamed([filters.with])).get(filters.with)
  // As the directory of parties has it: a person’s withheld name is for those who deal with them.
  const view = partyViewFor({ named: other, isPart: other?.type === 'organisation' })
  const party = () =>
    view ? (
      <PartyName key="party" party={view} />
    ) : (
      <bdi key="party" dir="ltr">
        {filters.with}
      </bdi>
    )
  const asked: (Asked | undefined)[] = [
    query === undefined ? undefined : { name: 'query', says: <bdi>“{query}”</bdi> },
    other || filters.with ? { name: 'with', says: t.rich('consignments.withParty', { party }) } : undefined,
    from === undefined
      ? undefined
      : { name: 'from', says: t('consignments.fromDay', { day: formatDate(locale, from) }) },
    to === undefined ? undefined : { name: 'to', says: t('consignments.toDay', { day: formatDate(locale, to) }) },
    stage && { name: 'stage', says: t(`stages.${stage}`) },
    due && { name: 'due', says: t(`consignments.due.${due}`) },
    differs ? { name: 'differs', says: t('consignments.differs') } : undefined,
  ]
  return asked.filter(each => each !== undefined)
}

/** Every filter that is on, each a link that takes it away. `kind`: a line of chips above the list, or the ways out of an empty one. */
export async function AskedFilters(props: { filters: Filters; as: string | undefined; kind: 'chips' | 'ways' }) {
  const { filters, as, kind } = props
  const [t, all] = await Promise.all([getTranslations(), askedIn(filters)])
  // The other filters have chips of their own above the list.
  const asked = kind === 'ways' ? all : all.filter(({ name }) => ['query', 'with', 'from', 'to'].includes(name))
  if (asked.length === 0) return null
  return (
    <ul
      className={kind === 'chips' ? 'no-print flex flex-wrap items-center gap-1.5' : 'grid'}
      aria-label={t('consignments.asked')}
    >
      {asked.map(({ name, says }) => (
        <li key={name}>
          <a
            className={kind === 'chips' ? 'filter asked' : 'inline-block py-3'}
            href={paths.consignments(as, spelled({ ...filters, [name]: undefined, page: 1 }))}
          >
            {kind === 'chips' ? (
              <>
                <span className="sr-only">{t('consignments.takeAway')}</span>
                {says}
                <span aria-hidden="true">×</span>
              </>
            ) : (
              t.rich('consignments.without', { filter: () => <span key="filter">{says}</span> })
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}
