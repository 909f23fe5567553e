import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Fingerprint, KeyList } from '@/app/(public)/parties/[reference]/key-list.tsx'
import { isLed, type KnownKey, keysOfParty } from '@/lib/data/device-keys.ts'
import type { ShownKey } from '@/lib/device/proven-keys.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { deskOf } from '../_ui/desk.ts'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { SIGN_WORDS } from '../_ui/sign-words.ts'
import { Here } from './here.tsx'
import { ProvenList } from './proven-list.tsx'
import { Revoking } from './revoking.tsx'
import { Waiting } from './waiting.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('keys.metaTitle') }
}

/** What a browser compares with the proven list. */
const shownOf = (keys: readonly KnownKey[]): readonly ShownKey[] =>
  keys.map(({ key, enrolled, revoked }) => ({
    key,
    enrolled: enrolled.leafIndex,
    ...(revoked && { revoked: revoked.leafIndex }),
  }))

export default async function KeysPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.keys())
  const [t, keys, desk] = await Promise.all([getTranslations(), keysOfParty(actor.party.party), deskOf(actor)])
  const as = asOf(actor)
  const isAdmin = actor.party.role === 'admin'
  const asked = await queryOf(searchParams, 'revoke')
  const revoking = isAdmin ? keys.enrolled.find(key => key.key === asked && !key.revoked) : undefined
  return (
    <WorkspaceFrame actor={actor} room="keys">
      <PageHead
        title={t('keys.title')}
        lead={t.rich('keys.lead', { party: () => <bdi key="party">{actor.party.name}</bdi> })}
      />
      <ClientWords branches={['keys', ...SIGN_WORDS]}>
        {desk && revoking && <Revoking desk={desk} actor={actor} of={revoking} />}
        {actorMay(actor, 'request-key') ? (
          desk && <Here actor={actor} desk={desk} keys={keys} />
        ) : (
          <p className="sheet panel">{t('keys.viewer')}</p>
        )}
        {keys.waiting.length > 0 && (
          <Waiting actor={actor} desk={desk} waiting={keys.waiting} isLed={isLed(keys.enrolled)} />
        )}
      </ClientWords>
      <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="all">
        <div className="max-w-[70ch]">
          <h2 id="all">{t('keys.listTitle')}</h2>
          <p className="text-ink-2 text-note">{t('keys.listText')}</p>
          <p className="text-note">
            <a href={paths.party(actor.party.party)}>{t('keys.publicPage')}</a>
          </p>
        </div>
        <ClientWords branches={['keys']}>
          <ProvenList party={actor.party.party} shown={shownOf(keys.enrolled)} />
        </ClientWords>
        {keys.enrolled.length === 0 ? (
          <p>{t('keys.noneFirst')}</p>
        ) : (
          <KeyList
            keys={keys.enrolled}
            action={
              isAdmin
                ? key => (
                    <a className="btn" href={paths.revokeKey(key.key, as)}>
                      {t.rich('keys.revokeLink', {
                        which: () => (
                          <span key="which" className="sr-only">
                            <Fingerprint of={key.key} />
                          </span>
                        ),
                      })}
                    </a>
                  )
                : undefined
            }
          />
        )}
      </section>
      {actor.party.isOperator && isAdmin && (
        <p className="text-note">
          <a href={paths.recover(as)}>{t('keys.recover')}</a>
        </p>
      )}
    </WorkspaceFrame>
  )
}
