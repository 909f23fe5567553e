import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { troublesOf } from '@/lib/data/deliveries.ts'
import { wishesOf } from '@/lib/data/notice-settings.ts'
import { isMailOn } from '@/lib/mail/transport.ts'
import { pushKey } from '@/lib/notices/start.ts'
import { NOTICE_GROUPS } from '@/lib/notices/wording.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../../_ui/client-words.tsx'
import { WorkspaceFrame } from '../../_ui/frame.tsx'
import { PageHead } from '../../_ui/page-head.tsx'
import { asOf, queryOf, requireActor, type SearchParams } from '../../_ui/require-actor.ts'
import { ThisBrowser } from './this-browser.tsx'
import { Troubles } from './troubles.tsx'
import { WishesForm } from './wishes-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('notices.own.title') }
}

/** What a member is written for this party beside the inbox: by kind, as a letter and in their browsers. */
export default async function NoticeSettingsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.noticeSettings())
  const { person, party } = actor
  const [t, wishes, troubles, changed] = await Promise.all([
    getTranslations(),
    wishesOf({ userId: person.id, party: party.party, role: party.role }),
    troublesOf(person.id),
    queryOf(searchParams, 'changed'),
  ])
  const key = pushKey()
  const channels = [...(isMailOn() ? (['mail'] as const) : []), ...(key === undefined ? [] : (['push'] as const))]
  const groups = Object.entries(NOTICE_GROUPS).map(([group, kinds]) => ({
    name: t(`notices.own.groups.${group}`),
    kinds: kinds.map(kind => ({ kind, label: t(`notices.kinds.${kind}`), wish: wishes[kind] })),
  }))
  return (
    <WorkspaceFrame actor={actor} room="notices">
      <PageHead
        back={{ href: paths.notices(asOf(actor)), label: t('notices.own.back') }}
        title={t('notices.own.title')}
        lead={t.rich('notices.own.lead', { party: () => <bdi key="party">{party.name}</bdi> })}
      />
      {changed === 'saved' && (
        <p className="notice done" role="status">
          {t('notices.own.saved')}
        </p>
      )}
      <ClientWords branches={['noticeForm']}>
        <Troubles troubles={troubles} />
        <section className="sheet panel grid gap-4">
          <p className="max-w-[65ch] text-ink-2">
            {isMailOn() ? t('notices.own.mailTo', { address: person.email }) : t('notices.own.mailOff')}{' '}
            {key === undefined && t('notices.own.pushOff')}
          </p>
          {channels.length > 0 && (
            <WishesForm
              as={party.party}
              groups={groups}
              channels={channels.map(channel => ({ channel, label: t(`notices.own.channels.${channel}`) }))}
              words={{ kind: t('notices.own.kind'), save: t('notices.own.save') }}
            />
          )}
        </section>
        {key !== undefined && <ThisBrowser as={party.party} pushKey={key} />}
      </ClientWords>
    </WorkspaceFrame>
  )
}
