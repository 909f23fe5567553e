'use client'
import { useTranslations } from 'next-intl'
import { COLUMN_FIELDS } from '@/lib/device/paste/columns.ts'
import type { PastedRow, PastedTable } from '@/lib/device/paste/table.ts'

const ROWS_SHOWN = 5

/** The first rows as they stand, and above each column what it is used for: a guess that a tap changes. */
export function PastedColumns({ table, onTable }: { table: PastedTable; onTable: (table: PastedTable) => void }) {
  const t = useTranslations()
  const use = (column: number, chosen: string) => {
    const field = COLUMN_FIELDS.find(each => each === chosen)
    // One column a field: the one that had it before is free again.
    const fields = table.fields.map((each, place) => (place === column ? field : each === field ? undefined : each))
    onTable({ ...table, fields })
  }
  const samples = table.rows.slice(0, ROWS_SHOWN)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={t('draft.paste.columns')}>
      <table className="rows">
        <thead>
          <tr>
            {table.fields.map((field, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
              <th key={column} scope="col">
                <select
                  className="input cell w-auto!"
                  aria-label={t('draft.paste.column', { column: column + 1 })}
                  value={field ?? ''}
                  onChange={event => use(column, event.currentTarget.value)}
                >
                  <option value="">{t('draft.paste.unused')}</option>
                  {COLUMN_FIELDS.map(each => (
                    <option key={each} value={each}>
                      {t(`draft.field.${each}`)}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are their places
            <tr key={row} className={row === 0 && table.isFirstHeading ? 'font-semibold' : ''}>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are their places
                <td key={column} className={table.fields[column] === undefined ? 'text-ink-2' : ''}>
                  <bdi className="line-clamp-2 max-w-72">{cell}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Row by row what cannot be signed yet, and what was read as something else than it says. */
export function PastedProblems({ lines }: { lines: readonly PastedRow[] }) {
  const t = useTranslations()
  const wrong = lines.filter(({ unsignable, isMisquoted }) => unsignable.length > 0 || isMisquoted)
  const changed = lines.flatMap(({ row, readAs }) => readAs.map(each => ({ row, ...each })))
  return (
    <>
      {wrong.length > 0 && (
        <details open={wrong.length <= 12}>
          <summary className="min-h-tap content-center font-semibold text-open">
            {t('draft.paste.wrong', { rows: wrong.length })}
          </summary>
          <ul className="grid gap-1 text-note">
            {wrong.map(({ row, line, unsignable, isMisquoted }) => (
              <li key={row}>
                {t('draft.paste.row', { row })}{' '}
                {[
                  ...unsignable.map(({ field }) =>
                    line[field] === ''
                      ? t('draft.paste.lacks', { field: t(`draft.field.${field}`) })
                      : t('draft.paste.reads', { field: t(`draft.field.${field}`), cell: line[field].slice(0, 60) }),
                  ),
                  ...(isMisquoted ? [t('draft.paste.misquoted')] : []),
                ].join(' · ')}
              </li>
            ))}
          </ul>
        </details>
      )}
      {changed.length > 0 && (
        <details>
          <summary className="min-h-tap content-center">{t('draft.paste.readAs', { cells: changed.length })}</summary>
          <ul className="grid gap-1 text-note">
            {changed.map(({ row, field, cell, value }) => (
              <li key={`${row} ${field}`}>
                {t('draft.paste.row', { row })} {t(`draft.field.${field}`)}: <bdi>{cell}</bdi> →{' '}
                <bdi dir="ltr">{value}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
