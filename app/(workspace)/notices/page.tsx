import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { inboxOf, MOST_UNREAD, unreadNotices } from '@/lib/data/notices.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { markAllRead } from './actions.ts'
import { NoticeRow } from './notice-row.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('notices.title') }
}

/** What others did that concerns this party, newest first, each with the way to it. */
export default async function NoticesPage({ searchParams }: { searchParams: SearchParams }) {
  const before = await queryOf(searchParams, 'before')
  const actor = await requireActor(searchParams, paths.notices(undefined, { before }))
  const { person, party } = actor
  const asked = { party: party.party, userId: person.id }
  const [t, inbox, unread] = await Promise.all([getTranslations(), inboxOf({ ...asked, before }), unreadNotices(asked)])
  const as = asOf(actor)
  const { notices, older, now } = inbox
  const [newest] = notices
  const isFirstPage = before === undefined
  const lead = t.rich('notices.lead', { party: () => <bdi key="party">{party.name}</bdi> })
  return (
    <WorkspaceFrame actor={actor} room="notices">
      <PageHead title={t('notices.title')} lead={lead}>
        {isFirstPage && newest && unread > 0 && (
          <form action={markAllRead}>
            <input type="hidden" name="as" value={party.party} />
            <input type="hidden" name="until" value={newest.at} />
            <button type="submit" className="btn">
              {t('notices.markRead')}
            </button>
          </form>
        )}
        <a className="btn quiet" href={paths.noticeSettings(as)}>
          {t('notices.settings')}
        </a>
      </PageHead>
      {isFirstPage && unread > 0 && (
        <p className="font-semibold text-open" role="status">
          {unread < MOST_UNREAD ? t('notices.unreadCount', { count: unread }) : t('notices.unreadMost')}
        </p>
      )}
      {newest ? (
        <ul className="sheet panel py-1" aria-label={t('notices.list')}>
          {notices.map(notice => (
            <NoticeRow key={notice.id} notice={notice} as={as} now={now} maySign={actorMay(actor, 'request-key')} />
          ))}
        </ul>
      ) : isFirstPage ? (
        <EmptyState title={t('notices.empty.title')}>
          <p className="max-w-[65ch]">{t('notices.empty.text')}</p>
          <p className="max-w-[65ch] text-ink-2">{t('notices.empty.first')}</p>
        </EmptyState>
      ) : (
        <p>{t('notices.emptyPage')}</p>
      )}
      {(older !== undefined || !isFirstPage) && (
        <nav aria-label={t('notices.title')} className="flex flex-wrap justify-between gap-2">
          {isFirstPage ? (
            <span />
          ) : (
            <a className="btn quiet" href={paths.notices(as)}>
              {t('notices.newest')}
            </a>
          )}
          {older !== undefined && (
            <a className="btn quiet" href={paths.notices(as, { before: older })}>
              {t('notices.older')}
            </a>
          )}
        </nav>
      )}
    </WorkspaceFrame>
  )
}
