import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'
import { WorkspaceFrame } from '../../_ui/frame.tsx'
import { PageHead } from '../../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../../_ui/require-actor.ts'
import { startDraft } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('draft.new.title') }
}

/** Where a consignment begins: one tap reserves its reference, the rest is typed on its own page. */
export default async function NewConsignmentPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.newConsignment())
  const [t, as] = [await getTranslations(), asOf(actor)]
  const steps = ['list', 'label', 'sign'] as const
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="mx-auto grid w-full max-w-[40rem] gap-4">
        <PageHead
          back={{ href: paths.consignments(as), label: t('workspace.consignments') }}
          title={t('draft.new.title')}
          lead={t('draft.new.lead')}
        />
        <section className="sheet panel grid gap-5">
          <ol className="grid list-decimal gap-2 ps-5">
            {steps.map(step => (
              <li key={step}>{t(`draft.new.step.${step}`)}</li>
            ))}
          </ol>
          {actorMay(actor, 'draft') && (
            <p>
              {t('importing.instead')} <a href={paths.importing(as)}>{t('importing.title')}</a>
            </p>
          )}
          {actorMay(actor, 'draft') ? (
            <form action={startDraft} className="grid gap-2">
              <input type="hidden" name="party" value={actor.party.party} />
              {as !== undefined && <input type="hidden" name="as" value={as} />}
              <button type="submit" className="btn primary">
                {t('draft.new.start')}
              </button>
              <p className="text-ink-2 text-note">
                {t.rich('draft.new.for', { party: () => <bdi key="party">{actor.party.name}</bdi> })}
              </p>
            </form>
          ) : (
            <p className="notice">{t('draft.new.mayNot')}</p>
          )}
        </section>
      </div>
    </WorkspaceFrame>
  )
}
