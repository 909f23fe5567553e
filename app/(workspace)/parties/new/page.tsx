import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../../_ui/client-words.tsx'
import { deskOf } from '../../_ui/desk.ts'
import { WorkspaceFrame } from '../../_ui/frame.tsx'
import { PageHead } from '../../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../../_ui/require-actor.ts'
import { SIGN_WORDS } from '../../_ui/sign-words.ts'
import { RegisterParty } from './register-party.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('parties.register') }
}

export default async function NewPartyPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.newParty())
  const as = asOf(actor)
  if (!actorMay(actor, 'invite-party')) redirect(paths.parties(as))
  const [t, desk] = await Promise.all([getTranslations(), deskOf(actor)])
  return (
    <WorkspaceFrame actor={actor} room="parties">
      <PageHead
        title={t('parties.register')}
        lead={t('parties.registerLead')}
        back={{ href: paths.parties(as), label: t('parties.title') }}
      />
      <noscript>
        <p className="notice">{t('keys.noScript')}</p>
      </noscript>
      <section className="sheet panel max-w-[44rem]">
        <ClientWords branches={['parties', ...SIGN_WORDS]}>
          {desk && <RegisterParty desk={desk} {...(as !== undefined && { as })} />}
        </ClientWords>
      </section>
    </WorkspaceFrame>
  )
}
