import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { type NamedParty, partyDirectory } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('parties.metaTitle') }
}

/** Everyone who can be named in a handover, for members. */
export default async function PartiesPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.parties())
  const [t, parties] = await Promise.all([getTranslations(), partyDirectory()])
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
      <section className="sheet min-w-0 overflow-x-auto">
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
                  <a href={paths.party(party.reference)} className="font-semibold">
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
      {isOperators && parties.length === 1 && (
        <EmptyState title={t('parties.alone.title')}>
          <p>{t('parties.alone.text')}</p>
        </EmptyState>
      )}
    </WorkspaceFrame>
  )
}
