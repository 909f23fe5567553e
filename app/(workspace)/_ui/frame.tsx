import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Mark } from '@/app/(public)/mark.tsx'
import { ReadOnlyNotice } from '@/app/(public)/read-only-notice.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import { logSummary } from '@/lib/data/log.ts'
import type { ReadOnlyCode } from '@/lib/data/log-state.ts'
import { unreadNotices } from '@/lib/data/notices.ts'
import { paths } from '@/lib/paths.ts'
import { LanguageLinks } from './language-links.tsx'
import { OutboxBar } from './outbox-bar.tsx'
import { PartyChooser } from './party-chooser.tsx'
import { asOf } from './require-actor.ts'
import { More, RoomIcon, UnreadCount } from './rooms.tsx'
import { SignOut } from './sign-out.tsx'

export type Room = 'today' | 'notices' | 'consignments' | 'scan' | 'keys' | 'members' | 'parties' | 'account'

type FrameProps = { actor: Actor; room?: Room; children: ReactNode }

/**
 * What stands around every page for members. `room`: where this page belongs. On a phone the rooms are at the thumb, at a desk at the side; the
 * party acted for is always in sight. A page with an element of class `at-thumb` keeps the thumb's place for that one act.
 */
export async function WorkspaceFrame({ actor, room, children }: FrameProps) {
  const [t, log, unread] = await Promise.all([
    getTranslations(),
    logSummary(),
    unreadNotices({ party: actor.party.party, userId: actor.person.id }),
  ])
  const as = asOf(actor)
  const isDemo = log?.founding.mode === 'demo'
  const rooms: readonly [Room, string][] = [
    ['today', paths.today(as)],
    ['scan', paths.scan(as)],
    ['consignments', paths.consignments(as)],
    ['notices', paths.notices(as)],
    ['parties', paths.parties(as)],
    ['keys', paths.keys(as)],
    ['members', paths.members(as)],
    ['account', paths.account(as)],
  ]
  const link = ([name, href]: readonly [Room, string]) => (
    <a key={name} href={href} className="work-link" {...(name === room && { 'aria-current': 'page' as const })}>
      <RoomIcon room={name} />
      {t(`workspace.${name}`)}
      {name === 'notices' && <UnreadCount count={unread} />}
    </a>
  )
  const tab = (name: 'today' | 'scan' | 'consignments', href: string) => (
    <a
      href={href}
      className={name === 'scan' ? 'work-tab scan' : 'work-tab'}
      {...(name === room && { 'aria-current': 'page' as const })}
    >
      <RoomIcon room={name} />
      {t(`workspace.${name}`)}
    </a>
  )
  const others = (
    <>
      <a className="work-link" href={paths.verify()}>
        {t('site.verify')}
      </a>
      <a className="work-link" href={paths.log()}>
        {t('site.log')}
      </a>
      {isDemo && (
        <a className="work-link" href={paths.enterDemo()}>
          {t('workspace.enterAsAnother')}
        </a>
      )}
      <LanguageLinks />
      <SignOut />
    </>
  )
  return (
    <div className="work">
      <a href="#content" className="btn sr-only focus:not-sr-only focus:fixed focus:z-30">
        {t('site.skip')}
      </a>
      <header className="work-head no-print">
        <a
          href={paths.home()}
          className="work-link min-[54rem]:mb-2 min-[54rem]:font-semibold min-[54rem]:text-ink"
          aria-label={t('site.name')}
        >
          <Mark />
          <span className="hidden min-[54rem]:inline">{t('site.name')}</span>
        </a>
        <PartyChooser actor={actor} room={room} />
        {isDemo && (
          <p className="chip open ms-auto mt-0 shrink-0 min-[54rem]:ms-0 min-[54rem]:mb-2 min-[54rem]:self-start">
            <span aria-hidden="true">{t('demo.mark')}</span>
            <span className="sr-only">{t('demo.short')}</span>
          </p>
        )}
        <div className="work-rooms">
          <nav aria-label={t('workspace.rooms')} className="grid">
            {rooms.map(link)}
          </nav>
          <div className="mt-auto grid border-rule border-t pt-3 text-note">
            <p className="text-ink-2">
              {t.rich('workspace.signedInAs', { name: () => <bdi key="name">{actor.person.name}</bdi> })}
            </p>
            {others}
          </div>
        </div>
      </header>
      <div className="work-body">
        <OutboxBar actor={actor} />
        <main id="content" className="grid min-w-0 flex-1 content-start gap-4">
          <Notices actor={actor} readOnly={log?.readOnly} />
          {children}
        </main>
      </div>
      <nav aria-label={t('workspace.rooms')} className="work-bar no-print">
        {tab('today', paths.today(as))}
        {tab('scan', paths.scan(as))}
        {tab('consignments', paths.consignments(as))}
        <More isCurrent={room !== undefined && !['today', 'scan', 'consignments'].includes(room)} unread={unread}>
          <div className="mb-1 border-rule border-b pb-1">{rooms.slice(3).map(link)}</div>
          {others}
        </More>
      </nav>
    </div>
  )
}

type NoticesProps = { actor: Actor; readOnly: { code: ReadOnlyCode; detail: string } | undefined }

/** What every page must say of the log and of the party, most serious first. */
async function Notices({ actor, readOnly }: NoticesProps) {
  const t = await getTranslations()
  const { party } = actor
  const name = () => <bdi key="name">{party.name}</bdi>
  return (
    <div className="no-print grid gap-2 empty:hidden">
      {readOnly && <ReadOnlyNotice readOnly={readOnly} />}
      {party.isSuspended && (
        <section className="notice loud" role="alert">
          <strong className="block">{t.rich('workspace.suspendedTitle', { name })}</strong>
          <p>{t('workspace.suspended')}</p>
        </section>
      )}
      {party.role === 'viewer' && <p className="text-ink-2 text-note">{t.rich('workspace.viewer', { name })}</p>}
    </div>
  )
}
