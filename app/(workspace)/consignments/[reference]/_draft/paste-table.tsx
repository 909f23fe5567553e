'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { Field, fieldAria } from '@/app/(workspace)/_ui/field.tsx'
import type { DraftLine } from '@/lib/core/custody/draft.ts'
import { UNITS } from '@/lib/core/custody/quantity.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import { linesOf, type PastedTable, readTable, SEPARATORS } from '@/lib/device/paste/table.ts'
import { partyMeant } from './consignee-field.tsx'
import { PastedColumns, PastedProblems } from './pasted-review.tsx'

const SEPARATOR_NAMES = ['tab', 'comma', 'semicolon', 'bar', 'none'] as const

/** A table from a spreadsheet: what its columns are, what was read, and only then added to the goods. */
export function PasteTable({
  text,
  parties,
  room,
  onAdd,
  onClose,
}: {
  /** What was pasted elsewhere on the page; '' to start with. */
  text: string
  parties: readonly NamedParty[]
  /** How many lines still fit. */
  room: number
  onAdd: (lines: readonly DraftLine[]) => void
  onClose: () => void
}) {
  const t = useTranslations()
  const id = useId()
  const [typed, setTyped] = useState(text)
  const [table, setTable] = useState<PastedTable>(() => readTable(text))
  const [unit, setUnit] = useState('')
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const read = (next: string, separator?: string) => {
    setTyped(next)
    setTable(readTable(next, separator))
  }
  // A second paste into the goods while this is open.
  const [seen, see] = useState(text)
  if (seen !== text) {
    see(text)
    read(text)
  }
  const { lines, emptyRows } = useMemo(() => linesOf(table, { unit }), [table, unit])
  const lacksUnit = lines.some(({ line }) => line.unit === '') || unit !== ''
  const isTooMuch = lines.length > room
  const add = () =>
    onAdd(
      lines.map(({ line }) => {
        const donor = line.donorName === '' ? undefined : partyMeant(line.donorName, parties)
        return donor ? { ...line, donor: donor.reference, donorName: '' } : line
      }),
    )
  return (
    <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-4 border-dashed" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} ref={title} tabIndex={-1}>
        {t('draft.paste.title')}
      </h3>
      <Field id={`${id}-text`} label={t('draft.paste.text')} hint={t('draft.paste.hint')}>
        <textarea
          className="input code min-h-28 text-note"
          dir="auto"
          spellCheck={false}
          {...fieldAria({ id: `${id}-text`, hint: true })}
          value={typed}
          onChange={event => read(event.currentTarget.value)}
        />
      </Field>
      <label className="grid grid-cols-[minmax(0,1fr)] gap-1.5 text-note">
        {t('draft.paste.file')}
        <input
          type="file"
          className="w-full min-w-0"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          onChange={event => {
            const file = event.currentTarget.files?.[0]
            if (file) void file.text().then(content => read(content))
          }}
        />
      </label>
      {table.rows.length > 0 && (
        <>
          <div className="flex flex-wrap items-end gap-x-5 gap-y-2">
            <Field id={`${id}-separator`} label={t('draft.paste.separator')}>
              <select
                className="input w-auto!"
                id={`${id}-separator`}
                value={table.separator}
                onChange={event => read(typed, event.currentTarget.value)}
              >
                {SEPARATORS.map((separator, place) => (
                  <option key={separator} value={separator}>
                    {t(`draft.paste.by.${SEPARATOR_NAMES[place] ?? 'none'}`)}
                  </option>
                ))}
              </select>
            </Field>
            {lacksUnit && (
              <Field id={`${id}-unit`} label={t('draft.paste.unit')}>
                <select
                  className="input w-auto!"
                  id={`${id}-unit`}
                  value={unit}
                  onChange={event => setUnit(event.currentTarget.value)}
                >
                  <option value="">—</option>
                  {UNITS.map(each => (
                    <option key={each} value={each}>
                      {t(`draft.unit.${each}`)}
                    </option>
                  ))}
                </select>
              </Field>
            )}
            <label className="flex min-h-tap items-center gap-2">
              <input
                type="checkbox"
                checked={table.isFirstHeading}
                onChange={event => setTable({ ...table, isFirstHeading: event.currentTarget.checked })}
              />
              {t('draft.paste.heading')}
            </label>
          </div>
          <PastedColumns table={table} onTable={setTable} />
          <p role="status">
            {t('draft.paste.count', { lines: lines.length })}{' '}
            {emptyRows.length > 0 && t('draft.paste.empty', { rows: emptyRows.length })}
          </p>
          <PastedProblems lines={lines} />
        </>
      )}
      {isTooMuch && <p className="notice">{t('draft.paste.tooMany', { lines: lines.length, room })}</p>}
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn primary" disabled={lines.length === 0 || isTooMuch} onClick={add}>
          {t('draft.paste.add', { lines: lines.length })}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('draft.paste.close')}
        </button>
      </div>
    </section>
  )
}
