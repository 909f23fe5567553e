import './label.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { PageHead } from '@/app/(workspace)/_ui/page-head.tsx'
import { asOf, requireActor, type SearchParams } from '@/app/(workspace)/_ui/require-actor.ts'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { env } from '@/lib/env.ts'
import type { LabelText } from '@/lib/format/label-picture.ts'
import { MARKS } from '@/lib/format/marks.ts'
import { paths } from '@/lib/paths.ts'
import { labelText } from './label-text.ts'
import { OneLabel } from './one-label.tsx'
import { PrintButton } from './print-button.tsx'
import { MOST_COPIES, PER_A4, SHEETS, type Sheet, sheetIn } from './sheet.ts'

type Props = { params: Promise<{ reference: string }>; searchParams: SearchParams }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('label.title') }
}

/** The labels of one consignment, of a draft too: chosen in the address, shown as they will be printed. */
export default async function LabelPage({ params, searchParams }: Props) {
  const read = parseReference(decodeURIComponent((await params).reference))
  if (!read.ok) notFound()
  const reference = read.value
  const actor = await requireActor(searchParams, paths.labels(reference))
  const [t, as, sheet] = [await getTranslations(), asOf(actor), sheetIn(await searchParams)]
  const text = await labelText({ actor, reference, marks: sheet.marks })
  if (!text) notFound()
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(env().publicUrl).hostname)
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <div className="no-print grid gap-4">
        <PageHead
          back={{
            href: paths.consignment(reference, as),
            label: (
              <bdi dir="ltr" className="code">
                {formatReference(reference)}
              </bdi>
            ),
          }}
          title={t('label.title')}
          lead={t('label.lead')}
        />
        {isLocal && (
          <p className="notice">
            {t.rich('label.local', {
              address: () => (
                <bdi key="address" dir="ltr" className="code">
                  {env().publicUrl}
                </bdi>
              ),
            })}
          </p>
        )}
        <SheetForm sheet={sheet} as={as} />
        <div className="flex flex-wrap gap-2">
          <PrintButton label={t('label.print')} />
          <a
            className="btn"
            href={`${paths.labelPicture(reference)}?${queryOf(sheet, as)}`}
            download={`${text.reference}.svg`}
          >
            {t('label.picture')}
          </a>
        </div>
        <p className="text-ink-2 text-note">{t('label.printHint')}</p>
      </div>
      <Labels text={text} sheet={sheet} />
    </WorkspaceFrame>
  )
}

function queryOf({ marks }: Sheet, as: string | undefined): string {
  return String(new URLSearchParams({ marks: marks.join(','), ...(as !== undefined && { as }) }))
}

/** A plain form: what is printed stands in the address, and no script is needed. */
async function SheetForm({ sheet, as }: { sheet: Sheet; as: string | undefined }) {
  const t = await getTranslations()
  return (
    <form className="sheet panel grid gap-4">
      {as !== undefined && <input type="hidden" name="as" value={as} />}
      <fieldset>
        <legend className="mb-1.5 font-semibold">{t('label.sheet')}</legend>
        <div className="choices">
          {SHEETS.map(name => (
            <label key={name} className="choice">
              <input type="radio" name="sheet" value={name} defaultChecked={name === sheet.sheet} />
              {t(`label.size.${name}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-1.5 font-semibold">{t('label.marks')}</legend>
        <div className="choices">
          {MARKS.map(mark => (
            <label key={mark} className="choice">
              <input type="checkbox" name="marks" value={mark} defaultChecked={sheet.marks.includes(mark)} />
              {t(`label.mark.${mark}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <label className="grid gap-1.5 font-semibold">
          {t('label.copies')}
          <input
            className="input w-28!"
            type="number"
            name="copies"
            min={1}
            max={MOST_COPIES}
            defaultValue={sheet.copies}
          />
        </label>
        <label className="flex min-h-tap items-center gap-2">
          <input type="checkbox" name="number" value="1" defaultChecked={sheet.isNumbered} />
          {t('label.numbered')}
        </label>
        <button type="submit" className="btn">
          {t('label.show')}
        </button>
      </div>
    </form>
  )
}

/** The pages as they will be printed. */
async function Labels({ text, sheet }: { text: LabelText; sheet: Sheet }) {
  const t = await getTranslations()
  const { copies, isNumbered } = sheet
  const parcels = Array.from({ length: copies }, (_, place) => place + 1)
  const parcelOf = (parcel: number) => (isNumbered ? t('label.parcel', { parcel, copies }) : undefined)
  const perPage = sheet.sheet === 'a4' ? PER_A4 : 1
  const pages = Array.from({ length: Math.ceil(copies / perPage) }, (_, page) =>
    parcels.slice(page * perPage, (page + 1) * perPage),
  )
  return (
    <div className={`labels labels-${sheet.sheet}`}>
      {pages.map(page => (
        <div key={page[0]} className="label-page">
          {page.map(parcel => (
            <OneLabel key={parcel} text={text} parcel={parcelOf(parcel)} />
          ))}
          {sheet.sheet === 'a4' && <CutMarks />}
        </div>
      ))}
    </div>
  )
}

/** Where to cut an A4 sheet of two by four: short lines where cuts meet, none through a label. */
function CutMarks() {
  const [across, down] = [[105], [74.25, 148.5, 222.75]]
  const ticks = [
    ...across.flatMap(x => [0, ...down, 297].map(y => `M${x} ${Math.max(0, y - 3)}V${Math.min(297, y + 3)}`)),
    ...down.flatMap(y => [0, ...across, 210].map(x => `M${Math.max(0, x - 3)} ${y}H${Math.min(210, x + 3)}`)),
  ]
  return (
    <svg className="label-cuts" viewBox="0 0 210 297" aria-hidden="true">
      <path d={ticks.join('')} stroke="#000" strokeWidth="0.2" />
    </svg>
  )
}
