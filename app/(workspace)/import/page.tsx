import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MOST_DRAFT_LINES } from '@/lib/data/drafts.ts'
import { partyDirectory } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { WhenReady } from '../_ui/when-ready.tsx'
import { Importer } from './importer.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('importing.title') }
}

/** Where an organisation's own spreadsheet becomes consignments with labels. The file is read in the browser and stays there. */
export default async function ImportPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.importing())
  const [t, as, parties] = [await getTranslations(), asOf(actor), await partyDirectory()]
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <PageHead
        back={{ href: paths.consignments(as), label: t('workspace.consignments') }}
        title={t('importing.title')}
        lead={t('importing.lead')}
      />
      {actorMay(actor, 'draft') ? (
        <>
          <noscript>
            <p className="notice">{t('importing.needsScripts')}</p>
          </noscript>
          <ClientWords branches={['importing', 'draft', 'units']}>
            <WhenReady>
              <Importer
                party={actor.party.party}
                as={as}
                parties={parties.filter(party => !party.isSuspended)}
                mostLines={MOST_DRAFT_LINES}
              />
            </WhenReady>
          </ClientWords>
        </>
      ) : (
        <p className="notice">{t('draft.new.mayNot')}</p>
      )}
    </WorkspaceFrame>
  )
}
