import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DemoNotice } from '@/app/(public)/demo-notice.tsx'
import { PublicFrame } from '@/app/(public)/public-frame.tsx'
import { person } from '@/lib/auth/actor.ts'
import { nextPath } from '@/lib/auth/next-path.ts'
import { demoParties } from '@/lib/data/demo-keys.ts'
import { logSummary } from '@/lib/data/log.ts'
import { membershipsOf } from '@/lib/data/members.ts'
import { paths } from '@/lib/paths.ts'
import { queryOf, type SearchParams } from '../_ui/require-actor.ts'
import { EnterButtons } from './enter-buttons.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('enter.title'), robots: { index: false } }
}

/** Where a visitor of a demonstration becomes one of its parties. On any other log it says that there is no such way in. */
export default async function EnterPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, log, parties, who, problem, asked] = await Promise.all([
    getTranslations(),
    logSummary(),
    demoParties(),
    person(),
    queryOf(searchParams, 'problem'),
    queryOf(searchParams, 'next'),
  ])
  const entered = who ? (await membershipsOf(who.id)).map(each => each.party) : []
  if (log?.founding.mode !== 'demo')
    return (
      <PublicFrame>
        <section className="sheet panel grid max-w-[640px] justify-items-start gap-3">
          <h1>{t('enter.notDemoTitle')}</h1>
          <p>{t('enter.notDemo')}</p>
          <a className="btn" href={paths.signIn()}>
            {t('enter.signIn')}
          </a>
        </section>
      </PublicFrame>
    )
  return (
    <PublicFrame>
      <DemoNotice isShort />
      <section className="sheet panel grid max-w-[760px] gap-4">
        <div>
          <h1>{t('enter.title')}</h1>
          <p className="mt-2 text-ink-2">{t('enter.lead')}</p>
        </div>
        {problem === 'no-demo-party' && (
          <p role="alert" className="notice">
            {t('enter.problem.no-demo-party')}
          </p>
        )}
        {parties.length === 0 ? (
          <p>{t('enter.none')}</p>
        ) : (
          <EnterButtons parties={parties} entered={entered} next={nextPath(asked)} />
        )}
        <p className="text-ink-2 text-note">{t('enter.several')}</p>
        <p className="text-note">
          <a href={paths.signIn(nextPath(asked))}>{t('enter.haveAccount')}</a>
        </p>
      </section>
    </PublicFrame>
  )
}
