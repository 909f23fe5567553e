import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { beginningOf } from '@/lib/data/beginnings.ts'
import { countDrafts, draftsOf } from '@/lib/data/drafts.ts'
import { keyStandingOf, MOST_ROWS, todayOf } from '@/lib/data/today.ts'
import { paths } from '@/lib/paths.ts'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { Drafts } from './drafts.tsx'
import { FirstSteps, isBeginning, MissingKey } from './first-steps.tsx'
import { TodaySection } from './section.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('workspace.today') }
}

const MOST_DRAFTS = 1000

/** What waits for this party, by urgency: to sign now, waiting for others, differences; then what it may do next. */
export default async function TodayPage({ searchParams }: { searchParams: SearchParams }) {
  const isWhole = (await queryOf(searchParams, 'drafts')) === 'all'
  const actor = await requireActor(searchParams, paths.today())
  const party = actor.party.party
  const [t, today, drafts, draftCount, keys, beginning] = await Promise.all([
    getTranslations(),
    todayOf(party),
    draftsOf(party, undefined, isWhole ? MOST_DRAFTS : MOST_ROWS),
    countDrafts(party),
    keyStandingOf({ party, userId: actor.person.id }),
    beginningOf(party),
  ])
  const as = asOf(actor)
  const maySign = actorMay(actor, 'request-key')
  const { sign, waiting, differences, held, now } = today
  const counts = { sign: sign.count, waiting: waiting.count, differences: differences.count }
  const isQuiet = sign.count + waiting.count + differences.count === 0
  const isNew = isQuiet && isBeginning({ actor, beginning })
  const row = { as, now, maySign }
  const oldest = { sort: 'oldest-open' }
  return (
    <WorkspaceFrame actor={actor} room="today">
      <PageHead
        title={t('workspace.today')}
        lead={isNew ? undefined : isQuiet ? t('today.quiet') : t('today.lead', counts)}
      >
        {maySign && !isNew && (
          <a className="btn" href={paths.newConsignment(as)}>
            {t('today.prepare')}
          </a>
        )}
      </PageHead>
      {isNew && <FirstSteps actor={actor} keys={keys} beginning={beginning} />}
      {!isNew && maySign && keys !== 'live' && <MissingKey actor={actor} keys={keys} />}
      {!isNew && (
        <>
          <TodaySection {...row} name="sign" list={sign} all={paths.consignments(as, { due: 'sign', ...oldest })} />
          <TodaySection
            {...row}
            name="waiting"
            list={waiting}
            all={paths.consignments(as, { due: 'wait', ...oldest })}
          />
          <TodaySection
            {...row}
            name="differences"
            list={differences}
            all={paths.consignments(as, { differs: '1', ...oldest })}
          />
          {held.count > 0 && (
            <TodaySection
              {...row}
              name="held"
              list={held}
              all={paths.consignments(as, { due: 'free', sort: 'oldest' })}
            />
          )}
        </>
      )}
      {draftCount > 0 && (
        <Drafts drafts={drafts} count={draftCount} as={as} now={now} mayDraft={actorMay(actor, 'draft')} />
      )}
    </WorkspaceFrame>
  )
}
