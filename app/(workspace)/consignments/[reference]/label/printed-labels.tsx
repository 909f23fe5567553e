import './label.css'
import { getTranslations } from 'next-intl/server'
import type { LabelText } from '@/lib/format/label-picture.ts'
import type { PrintedLabel } from '@/lib/papers/label-pdf.ts'
import { cutMarks, onSheets, perSheet, SHEET_SHAPES } from '@/lib/papers/sheets.ts'
import { OneLabel } from './one-label.tsx'
import type { Sheet } from './sheet.ts'

/** Every label as often as it is wanted, in their order. */
export async function printedLabels(texts: readonly LabelText[], sheet: Sheet): Promise<readonly PrintedLabel[]> {
  const t = await getTranslations()
  const { copies, isNumbered } = sheet
  return texts.flatMap(text =>
    Array.from({ length: copies }, (_, place) => ({
      text,
      parcel: isNumbered ? t('label.parcel', { parcel: place + 1, copies }) : undefined,
    })),
  )
}

/** The pages as they will be printed. */
export async function PrintedLabels({ labels, sheet }: { labels: readonly PrintedLabel[]; sheet: Sheet }) {
  const t = await getTranslations()
  const { width, height } = SHEET_SHAPES[sheet.sheet]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={`labels labels-${sheet.sheet}`} tabIndex={0} aria-label={t('label.title')}>
      {onSheets(labels, sheet).map((places, page) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages are their places
        <div key={page} className="label-page">
          {places.map((label, place) =>
            label ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: labels are their places
              <OneLabel key={place} text={label.text} parcel={label.parcel} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: labels are their places
              <div key={place} className="label" />
            ),
          )}
          {perSheet(sheet.sheet) > 1 && (
            <svg className="label-cuts" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              <path d={cutMarks(sheet.sheet)} stroke="#000" strokeWidth="0.2" />
            </svg>
          )}
        </div>
      ))}
    </section>
  )
}
