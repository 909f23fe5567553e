import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Figure, Figures } from '@/app/(public)/parties/[reference]/figures.tsx'
import { beginOf, PeriodLinks, periodIn } from '@/app/(public)/parties/[reference]/period.tsx'
import { Standing } from '@/app/(public)/parties/[reference]/standing.tsx'
import { SuspendedNotice } from '@/app/(public)/parties/[reference]/suspended-notice.tsx'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { listConsignments } from '@/lib/data/listing.ts'
import { listedParty } from '@/lib/data/parties.ts'
import { figuresOf } from '@/lib/data/party-figures.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { paths } from '@/lib/paths.ts'
import { WorkspaceFrame } from '../../../_ui/frame.tsx'
import { PageHead } from '../../../_ui/page-head.tsx'
import { actorMay, asOf, queryOf, requireActor, type SearchParams } from '../../../_ui/require-actor.ts'

type Props = { params: Promise<{ reference: string }>; searchParams: SearchParams }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('parties.record') }
}

/** What a party did on this log, and what of it was with the party that asks. Of people only the latter. */
export default async function PartyRecordPage({ params, searchParams }: Props) {
  const reference = parseReference((await params).reference)
  if (!reference.ok) notFound()
  const period = periodIn(await queryOf(searchParams, 'period'))
  const actor = await requireActor(searchParams, paths.partyRecord(reference.value, undefined, period))
  const party = await listedParty(reference.value)
  if (!party) notFound()
  const [as, own] = [asOf(actor), actor.party.party]
  const isOwn = party.reference === own
  const mayManage = actorMay(actor, 'invite-party') || (isOwn && actor.party.role === 'admin')
  const t = await getTranslations()
  return (
    <WorkspaceFrame actor={actor} room="parties">
      <PageHead
        title={party.name === party.reference ? t('party.withheld') : <bdi>{party.name}</bdi>}
        lead={
          <>
            <bdi dir="ltr" className="code">
              {formatReference(party.reference)}
            </bdi>{' '}
            · {t(`parties.types.${party.type}`)} · <a href={paths.party(party.reference)}>{t('parties.publicPage')}</a>
          </>
        }
        back={{ href: paths.parties(as), label: t('parties.title') }}
      >
        {mayManage && (
          <a className="btn" href={paths.manageParty(party.reference, as)}>
            {t('parties.manage')}
          </a>
        )}
      </PageHead>
      <SuspendedNotice party={party} />
      <PeriodLinks period={period} to={each => paths.partyRecord(party.reference, as, each)} />
      {!isOwn && <Between own={own} other={party.reference} since={beginOf(period)} as={as} />}
      {(isOwn || party.type === 'organisation') && <Standing party={party.reference} since={beginOf(period)} />}
    </WorkspaceFrame>
  )
}

type Asked = { own: string; other: string; since: number; as: string | undefined }

/** What passed between the two, told as the other party's giving and taking. */
async function Between({ own, other, since, as }: Asked) {
  const [t, locale, figures, { total }] = await Promise.all([
    getTranslations(),
    getLocale(),
    figuresOf({ party: other, since, other: own }),
    listConsignments({ party: own, with: other }),
  ])
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="between">
      <div className="max-w-[60ch]">
        <h2 id="between">{t('parties.figures.between-title')}</h2>
        <p className="text-ink-2 text-note">{t('parties.figures.between-text')}</p>
      </div>
      <Figures
        figures={figures}
        now={
          <Figure title={t('parties.figures.common')} value={formatNumber(locale, total)}>
            {total > 0 && (
              <p>
                <a href={paths.consignments(as, { with: other })}>{t('parties.figures.commonLink')}</a>
              </p>
            )}
          </Figure>
        }
      />
    </section>
  )
}
