import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { type NamedParty, partyDirectory } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { EarlierParties } from './earlier/earlier-parties.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('parties.metaTitle') }
}

/** Everyone who can be named in a handover, for members. */
export default async function PartiesPage({ searchParams }: { searchParams: SearchParams }) {
  const typed = ((await queryOf(searchParams, 'query')) ?? '').trim().slice(0, 200)
  const actor = await requireActor(searchParams, paths.parties(undefined, typed === '' ? undefined : typed))
  const [t, all] = await Promise.all([getTranslations(), partyDirectory()])
  const parties = all.filter(fits(typed))
  const as = asOf(actor)
  const isOperators = actorMay(actor, 'invite-party')
  const mayManage = ({ reference }: NamedParty) =>
    isOperators || (reference === actor.party.party && actor.party.role === 'admin')
  return (
    <WorkspaceFrame actor={actor} room="parties">
      <PageHead title={t('parties.title')} lead={t('parties.lead')}>
        {isOperators && (
          <a className="btn primary" href={paths.newParty(as)}>
            {t('parties.register')}
          </a>
        )}
      </PageHead>
      <SearchForm typed={typed} as={as} />
      {parties.length === 0 && <p>{t('parties.noneFits')}</p>}
      <section className="sheet min-w-0 overflow-x-auto" hidden={parties.length === 0}>
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{t('parties.name')}</th>
              <th scope="col" className="max-[40rem]:hidden">
                {t('parties.reference')}
              </th>
              <th scope="col" className="max-[40rem]:hidden">
                {t('parties.type')}
              </th>
              <th scope="col">
                <span className="sr-only">{t('parties.manage')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {parties.map(party => (
              <tr key={party.reference}>
                <td>
                  <a href={paths.partyRecord(party.reference, as)} className="font-semibold">
                    {party.name === party.reference ? t('party.withheld') : <bdi>{party.name}</bdi>}
                  </a>
                  {party.isSuspended && <span className="ms-2 text-open">{t('parties.suspended')}</span>}
                  {party.reference === actor.party.party && (
                    <span className="ms-2 text-ink-2 text-note">{t('parties.yours')}</span>
                  )}
                  <p className="text-ink-2 text-note min-[40rem]:hidden">
                    <bdi dir="ltr" className="code whitespace-nowrap">
                      {formatReference(party.reference)}
                    </bdi>
                  </p>
                </td>
                <td className="max-[40rem]:hidden">
                  <bdi dir="ltr" className="code whitespace-nowrap">
                    {formatReference(party.reference)}
                  </bdi>
                </td>
                <td className="max-[40rem]:hidden">{t(`parties.types.${party.type}`)}</td>
                <td className="number">
                  {mayManage(party) && (
                    <a href={paths.manageParty(party.reference, as)} className="inline-flex min-h-tap items-center">
                      {t('parties.manage')}
                      <span className="sr-only">
                        {' '}
                        <bdi>{party.name}</bdi>
                      </span>
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {isOperators && <EarlierParties actor={actor} />}
      {isOperators && all.length === 1 && (
        <EmptyState title={t('parties.alone.title')}>
          <p>{t('parties.alone.text')}</p>
        </EmptyState>
      )}
    </WorkspaceFrame>
  )
}

function fits(typed: string): (party: NamedParty) => boolean {
  const words = typed.normalize('NFC').toLowerCase().split(/\s+/)
  const spelled = typed.replace(/[\s-]/g, '').toUpperCase()
  return ({ name, reference }) =>
    typed === '' || words.every(word => name.toLowerCase().includes(word)) || reference.includes(spelled)
}

/** A plain GET form, as the list of consignments has. */
async function SearchForm({ typed, as }: { typed: string; as: string | undefined }) {
  const t = await getTranslations()
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is too new for the browsers people have
    <form action={paths.parties()} method="get" role="search" className="no-print flex flex-wrap gap-2">
      {as !== undefined && <input type="hidden" name="as" value={as} />}
      <label htmlFor="query" className="sr-only">
        {t('parties.search')}
      </label>
      <div className="min-w-0 flex-1 basis-40">
        <input
          id="query"
          name="query"
          type="search"
          className="input"
          defaultValue={typed}
          placeholder={t('parties.search')}
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
