import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { keyRecords } from '@/lib/data/key-records.ts'
import { logSummary } from '@/lib/data/log.ts'
import { type PartyRecord, partyRecord, publicView } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { DemoNotice } from '../../demo-notice.tsx'
import { ReadOnlyNotice } from '../../read-only-notice.tsx'
import { unknownReference } from '../../unknown.ts'
import { At, KeyList } from './key-list.tsx'
import { beginOf, PeriodLinks, periodIn } from './period.tsx'
import { Standing } from './standing.tsx'
import { SuspendedNotice } from './suspended-notice.tsx'

type Params = { params: Promise<{ reference: string }> }
type Search = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }

async function partyOf(params: Params['params']) {
  const typed = decodeURIComponent((await params).reference)
  const reference = parseReference(typed)
  if (!reference.ok) notFound()
  if (reference.value !== typed) redirect(paths.party(reference.value))
  const party = await partyRecord(reference.value)
  return party ?? unknownReference()
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [t, party] = await Promise.all([getTranslations(), partyOf(params)])
  const { name } = publicView(party)
  return { title: 'value' in name ? name.value : `${t('parties.party')} ${formatReference(party.reference)}` }
}

/** What anyone may know of a party: nobody's name but its own, and every key that could ever sign for it. */
export default async function PartyPage({ params, searchParams }: Params & Search) {
  const party = await partyOf(params)
  const [t, keys, log] = await Promise.all([getTranslations(), keyRecords(party.reference), logSummary()])
  const { name } = publicView(party)
  const isOperator = log?.founding.operator === party.reference
  return (
    <>
      {log?.readOnly && <ReadOnlyNotice readOnly={log.readOnly} />}
      {log?.founding.mode === 'demo' && <DemoNotice />}
      <section className="sheet panel grid gap-2">
        <p className="text-ink-2 text-note">{t(`parties.types.${party.type}`)}</p>
        <h1>{'value' in name ? <bdi>{name.value}</bdi> : t(`party.${name.absent}`)}</h1>
        <p>
          <bdi dir="ltr" className="code text-lg">
            {formatReference(party.reference)}
          </bdi>
        </p>
        <p className="text-ink-2 text-note">
          {t('parties.registered')} <At place={party.registered} />
        </p>
        {isOperator && <p className="max-w-[70ch] text-note">{t('parties.isOperator')}</p>}
        <SuspendedNotice party={party} />
      </section>
      {party.type === 'organisation' && <PartyFigures party={party} period={(await searchParams).period} />}
      <section className="sheet panel grid gap-3" aria-labelledby="keys">
        <div className="max-w-[70ch]">
          <h2 id="keys">{t('keys.listTitle')}</h2>
          <p className="text-ink-2 text-note">{t('keys.listText')}</p>
        </div>
        {keys.length === 0 ? <p>{t('keys.none')}</p> : <KeyList keys={keys} />}
        <div className="max-w-[70ch] border-rule border-t pt-4 text-note">
          <h3>{t('keys.goodFor')}</h3>
          <p className="text-ink-2">{t('keys.goodForText')}</p>
          <p className="mt-2 text-ink-2">{t('keys.goodForOperator')}</p>
        </div>
      </section>
    </>
  )
}

/** Figures of an organisation over a period that the address names. Those of people are nobody's business, though the log would give them. */
function PartyFigures({ party, period: asked }: { party: PartyRecord; period: string | string[] | undefined }) {
  const period = periodIn(typeof asked === 'string' ? asked : undefined)
  const links = <PeriodLinks period={period} to={each => paths.party(party.reference, each)} />
  return <Standing party={party.reference} since={beginOf(period)} beside={links} />
}
