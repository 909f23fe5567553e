import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ConsignmentHead } from '@/app/(workspace)/_act/consignment-head.tsx'
import { type ConsignmentPageProps, openPage } from '@/app/(workspace)/_act/open-page.ts'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { actorMay } from '@/app/(workspace)/_ui/require-actor.ts'
import { isLabelOf } from '@/lib/data/gs1.ts'
import { paths } from '@/lib/paths.ts'
import { Gs1Form } from './gs1-form.tsx'
import { labelText } from './label-text.ts'
import { PrintRow } from './print-row.tsx'
import { PrintedLabels, printedLabels } from './printed-labels.tsx'
import { sheetIn, spelledSheet } from './sheet.ts'
import { SheetForm } from './sheet-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('label.title') }
}

/** The labels of one consignment, of a draft too: chosen in the address, shown as they will be printed. Printed again they are the same. */
export default async function LabelPage(props: ConsignmentPageProps) {
  const { actor, as, reference } = await openPage(props, paths.labels)
  const query = await props.searchParams
  const [t, sheet] = [await getTranslations(), sheetIn(query, { isOne: true })]
  const text = await labelText({ actor, reference, marks: sheet.marks })
  if (!text) notFound()
  const owned = { consignment: reference, party: actor.party.party }
  const [labels, isOwn] = [await printedLabels([text], sheet), await isLabelOf(owned)]
  const kept: [string, string][] = as === undefined ? [] : [['as', as]]
  const pdf = paths.labelsPdf([...kept, ['ref', reference], ...spelledSheet(sheet)])
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="no-print grid gap-4">
        <ConsignmentHead reference={reference} as={as} title={t('label.title')} lead={t('label.lead')} />
        {query.pdf === 'not-writable' && <p className="notice loud">{t('label.pdfNot')}</p>}
        <SheetForm sheet={sheet} kept={kept} />
        <PrintRow labels={labels} pdf={[pdf]}>
          <a
            className="btn"
            href={`${paths.labelPicture(reference)}?${new URLSearchParams([...kept, ['marks', sheet.marks.join(',')]])}`}
            download={`${text.reference}.svg`}
          >
            {t('label.picture')}
          </a>
        </PrintRow>
        <details>
          <summary className="min-h-tap content-center">{t('label.again.title')}</summary>
          <p className="max-w-[70ch]">{t('label.again.text')}</p>
        </details>
        {isOwn && actorMay(actor, 'draft') && <Gs1Form {...owned} as={as} refused={query.gs1} />}
      </div>
      <PrintedLabels labels={labels} sheet={sheet} />
    </WorkspaceFrame>
  )
}
