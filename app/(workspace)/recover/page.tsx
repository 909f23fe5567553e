import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { keysOfParty } from '@/lib/data/device-keys.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { deskOf } from '../_ui/desk.ts'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { SIGN_WORDS } from '../_ui/sign-words.ts'
import { doubtsOf } from '../keys/revoking.tsx'
import { Recover } from './recover.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('firstRun.recover.title') }
}

/** The way back for who has the printed recovery key and no device that could enrol another. */
export default async function RecoverPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.recover())
  const { party } = actor
  const [t, desk, keys] = await Promise.all([getTranslations(), deskOf(actor), keysOfParty(party.party)])
  const as = asOf(actor)
  const paper = keys.enrolled.filter(key => key.held === 'paper')
  const live = keys.enrolled.filter(key => key.held !== 'paper' && !key.revoked)
  const isFor = party.role === 'admin' && paper.length > 0
  return (
    <WorkspaceFrame actor={actor} room="keys">
      <PageHead
        title={t('firstRun.recover.title')}
        lead={t('firstRun.recover.lead')}
        back={{ href: paths.keys(as), label: t('keys.metaTitle') }}
      />
      <noscript>
        <p className="notice">{t('keys.noScript')}</p>
      </noscript>
      {!isFor && (
        <p className="notice max-w-[70ch]">
          {t(paper.length === 0 ? 'firstRun.recover.noPaper' : 'firstRun.recover.notAdmin')}
        </p>
      )}
      {isFor && desk && (
        <ClientWords branches={['firstRun', 'keys', 'scan', ...SIGN_WORDS]}>
          <Recover
            desk={desk}
            paper={paper.map(({ key, revoked }) => ({ key, isRevoked: revoked !== undefined }))}
            live={
              await Promise.all(
                live.map(async key => ({
                  key: key.key,
                  head: key.head,
                  label: [key.member, key.device].filter(Boolean).join(' · '),
                  since: await doubtsOf(key),
                })),
              )
            }
            asked={keys.waiting.map(({ key }) => key)}
            home={paths.keys(as)}
          />
        </ClientWords>
      )}
    </WorkspaceFrame>
  )
}
