'use client'
import { useTranslations } from 'next-intl'
import { Choice } from '@/app/(workspace)/_ui/choice.tsx'
import { Field } from '@/app/(workspace)/_ui/field.tsx'
import { UNITS } from '@/lib/core/custody/quantity.ts'
import { IMPORT_FIELDS } from '@/lib/device/importing/columns.ts'
import type { Choices } from '@/lib/device/importing/plan.ts'
import type { Work } from '@/lib/device/importing/work.ts'

const ROWS_SHOWN = 5

/** What each column is: guessed, remembered from last time, and a person's to change. */
export function ColumnMatch({
  work,
  rows,
  onChoose,
  onSheet,
}: {
  work: Work
  rows: readonly (readonly string[])[]
  onChoose: (changed: Partial<Choices>) => void
  onSheet: (sheet: number) => void
}) {
  const t = useTranslations()
  const { choices, sheets, sheet } = work
  const { fields, isFirstHeading, unit, grouping } = choices
  const use = (column: number, chosen: string) => {
    const field = IMPORT_FIELDS.find(each => each === chosen)
    // One column a field: the one that had it before is free again.
    onChoose({ fields: fields.map((each, place) => (place === column ? field : each === field ? undefined : each)) })
  }
  return (
    <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2>{t('draft.paste.columns')}</h2>
      <div className="flex flex-wrap items-end gap-x-5 gap-y-2">
        {sheets.length > 1 && (
          <Field id="sheet" label={t('importing.sheet')}>
            <select
              id="sheet"
              className="input w-auto!"
              value={sheet}
              onChange={event => onSheet(Number(event.currentTarget.value))}
            >
              {sheets.map(({ name }, place) => (
                <option key={name} value={place}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
        )}
        <Field id="unit" label={t('draft.paste.unit')}>
          <select
            id="unit"
            className="input w-auto!"
            value={unit}
            onChange={event => onChoose({ unit: event.currentTarget.value })}
          >
            <option value="">—</option>
            {UNITS.map(each => (
              <option key={each} value={each}>
                {t(`draft.unit.${each}`)}
              </option>
            ))}
          </select>
        </Field>
        <label className="flex min-h-tap items-center gap-2">
          <input
            type="checkbox"
            checked={isFirstHeading}
            onChange={event => onChoose({ isFirstHeading: event.currentTarget.checked })}
          />
          {t('draft.paste.heading')}
        </label>
      </div>
      {!fields.includes('name') && (
        <Choice
          name="grouping"
          legend={t('importing.grouping.title')}
          options={(['each', 'all'] as const).map(value => ({ value, label: t(`importing.grouping.${value}`) }))}
          value={grouping}
          onChoose={next => onChoose({ grouping: next })}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="overflow-x-auto" tabIndex={0} aria-label={t('draft.paste.columns')}>
        <table className="rows">
          <thead>
            <tr>
              {(rows[0] ?? []).map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
                <th key={column} scope="col">
                  <select
                    className="input cell w-auto!"
                    aria-label={t('draft.paste.column', { column: column + 1 })}
                    value={fields[column] ?? ''}
                    onChange={event => use(column, event.currentTarget.value)}
                  >
                    <option value="">{t('draft.paste.unused')}</option>
                    {IMPORT_FIELDS.map(each => (
                      <option key={each} value={each}>
                        {t(`importing.field.${each}`)}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN).map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are their places
              <tr key={row} className={row === 0 && isFirstHeading ? 'font-semibold' : ''}>
                {cells.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells are their places
                  <td key={column} className={fields[column] === undefined ? 'text-ink-2' : ''}>
                    <bdi className="line-clamp-2 max-w-72">{cell}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
