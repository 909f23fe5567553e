import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicFrame } from '@/app/(public)/public-frame.tsx'
import { asking } from '@/lib/auth/actor.ts'
import { forParty, nextPath } from '@/lib/auth/next-path.ts'
import { logSummary } from '@/lib/data/log.ts'
import { browserOf } from '@/lib/format/browser.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../../_ui/client-words.tsx'
import { queryOf, type SearchParams } from '../../_ui/require-actor.ts'
import { VisitorKey } from './visitor-key.tsx'

type PageProps = { params: Promise<{ party: string }>; searchParams: SearchParams }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('enter.title'), robots: { index: false } }
}

/** The moment between entering and working: the browser makes its key, and goes on by itself. */
export default async function EnteredPage({ params, searchParams }: PageProps) {
  const [t, log, { party }, asked] = await Promise.all([getTranslations(), logSummary(), params, headers()])
  const next = nextPath(await queryOf(searchParams, 'next'))
  const who = await asking(party)
  if (log?.founding.mode !== 'demo' || who.kind !== 'actor') redirect(paths.enterDemo())
  const { name } = who.actor.party
  const device = browserOf(asked.get('user-agent') ?? '') ?? t('enter.visitor')
  return (
    <PublicFrame>
      <section className="sheet panel grid max-w-[640px] gap-3">
        <h1>{t.rich('enter.makingTitle', { name: () => <bdi key="name">{name}</bdi> })}</h1>
        <ClientWords branches={['enter']}>
          <VisitorKey
            origin={log.origin}
            party={party}
            device={device}
            next={next ? forParty(next, party) : paths.today(party)}
          />
        </ClientWords>
        <noscript>
          <p>{t('enter.noScript')}</p>
          <p className="mt-2">
            <a href={paths.today(party)}>{t('enter.lookAround')}</a>
          </p>
        </noscript>
      </section>
    </PublicFrame>
  )
}
