import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { PageHead } from '../_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { PrintRow } from '../consignments/[reference]/label/print-row.tsx'
import { PrintedLabels } from '../consignments/[reference]/label/printed-labels.tsx'
import { sheetIn, spelledSheet } from '../consignments/[reference]/label/sheet.ts'
import { SheetForm } from '../consignments/[reference]/label/sheet-form.tsx'
import { chosenIn, draftsToChoose, labelsOf, partsOf, spelledChoice } from './chosen.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('label.many.title') }
}

/** Labels drawn on the page; a file holds all of them. */
const MOST_SHOWN = 80

/** Labels of several consignments in one go: of an import, of drafts that are ticked here, of any that the address names. */
export default async function LabelsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor(searchParams, paths.manyLabels())
  const [t, query, as] = [await getTranslations(), await searchParams, asOf(actor)]
  const chosen = await chosenIn(query, actor)
  const sheet = sheetIn(query, { isOne: false })
  const kept: [string, string][] = [
    ...(as === undefined ? [] : [['as', as] as [string, string]]),
    ...spelledChoice(chosen),
  ]
  const parts = partsOf(chosen.references, sheet)
  const few = chosen.references.slice(0, Math.max(1, Math.floor(MOST_SHOWN / sheet.copies)))
  const labels = await labelsOf({ actor, references: few, sheet })
  const back =
    chosen.importId === undefined
      ? { href: paths.consignments(as), label: t('workspace.consignments') }
      : { href: paths.imported(chosen.importId, as), label: t('importing.title') }
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="no-print grid gap-4">
        <PageHead back={back} title={t('label.many.title')} lead={t('label.lead')} />
        {query.pdf === 'not-writable' && <p className="notice loud">{t('label.pdfNot')}</p>}
        {labels.length === 0 ? (
          <Choose drafts={actorMay(actor, 'draft') ? await draftsToChoose(actor) : []} as={as} />
        ) : (
          <>
            <SheetForm sheet={sheet} kept={kept} />
            <PrintRow
              labels={labels}
              pdf={parts.map((_, part) =>
                paths.labelsPdf([
                  ...kept,
                  ...spelledSheet(sheet),
                  ...(part > 0 ? [['part', String(part + 1)] as const] : []),
                ]),
              )}
            />
            {few.length < chosen.references.length && (
              <p className="notice">{t('label.many.shown', { shown: few.length, all: chosen.references.length })}</p>
            )}
          </>
        )}
      </div>
      {labels.length > 0 && <PrintedLabels labels={labels} sheet={sheet} />}
    </WorkspaceFrame>
  )
}

type ChooseProps = { drafts: Awaited<ReturnType<typeof draftsToChoose>>; as: string | undefined }

/** Drafts to tick: a plain form, whose address is the page with their labels. */
async function Choose({ drafts, as }: ChooseProps) {
  const t = await getTranslations()
  if (drafts.length === 0) {
    return (
      <EmptyState title={t('label.many.none')}>
        <p>{t('label.many.noneText')}</p>
        <p className="flex flex-wrap gap-3">
          <a className="btn" href={paths.newConsignment(as)}>
            {t('draft.new.start')}
          </a>
          <a className="btn" href={paths.importing(as)}>
            {t('importing.title')}
          </a>
        </p>
      </EmptyState>
    )
  }
  return (
    <form className="sheet panel grid gap-3">
      {as !== undefined && <input type="hidden" name="as" value={as} />}
      <fieldset>
        <legend className="mb-1.5 font-semibold">{t('label.many.choose')}</legend>
        <ul>
          {drafts.map(({ reference, content }) => (
            <li key={reference}>
              <label className="flex min-h-tap flex-wrap items-center gap-x-3">
                <input type="checkbox" name="ref" value={reference} defaultChecked />
                <bdi dir="ltr" className="code whitespace-nowrap">
                  {formatReference(reference)}
                </bdi>
                <bdi className="text-ink-2">{content.lines.find(line => line.item !== '')?.item}</bdi>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <p>
        <button type="submit" className="btn primary">
          {t('label.many.go')}
        </button>
      </p>
    </form>
  )
}
