'use client'
import { useTranslations } from 'next-intl'
import type { Choices, Plan, RowProblem } from '@/lib/device/importing/plan.ts'

const MOST_SHOWN = 30

/** Rows that make no line yet: what is wrong with each, a field to mend it in, and leaving it out. */
export function Problems({
  plan,
  choices,
  misquoted,
  onChoose,
}: {
  plan: Plan
  choices: Choices
  misquoted: readonly number[]
  onChoose: (changed: Partial<Choices>) => void
}) {
  const t = useTranslations()
  const { wrong } = plan
  const { mended, skipped } = choices
  if (wrong.length + skipped.length + misquoted.length === 0) return null
  const skip = (rows: readonly number[]) => onChoose({ skipped: [...skipped, ...rows] })
  const says = (problem: RowProblem) =>
    problem.code === 'differs'
      ? t('importing.wrong.differs', { value: problem.value, other: problem.other })
      : t(`importing.wrong.${problem.code}`, {
          field: t(`importing.field.${problem.field}`),
          value: problem.value.slice(0, 60),
        })
  return (
    <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="problems">
      <div role="status">
        <h2 id="problems">{t('importing.wrong.title', { rows: wrong.length })}</h2>
      </div>
      {misquoted.length > 0 && (
        <p className="text-note">
          {t('importing.wrong.misquoted', { count: misquoted.length, row: misquoted[0] ?? 0 })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {wrong.length > 1 && (
          <button type="button" className="btn" onClick={() => skip(wrong.map(({ row }) => row))}>
            {t('importing.wrong.skipAll', { rows: wrong.length })}
          </button>
        )}
        {skipped.length > 0 && (
          <button type="button" className="btn quiet" onClick={() => onChoose({ skipped: [] })}>
            {t('importing.wrong.takeBack', { rows: skipped.length })}
          </button>
        )}
      </div>
      <ul className="grid">
        {wrong.slice(0, MOST_SHOWN).map(({ row, problems, values }) => (
          <li key={row} className="grid gap-2 border-rule border-t py-3">
            <p>
              <strong>{t('draft.paste.row', { row })}</strong>{' '}
              <bdi className="text-ink-2">{[values.name, values.item].filter(Boolean).join(' · ')}</bdi>
            </p>
            <div className="flex flex-wrap items-end gap-3">
              {problems.map(problem => (
                <label key={`${problem.field} ${problem.code}`} className="grid gap-1 text-note">
                  {says(problem)}
                  <input
                    className="input w-56!"
                    aria-label={t('importing.wrong.cell', { field: t(`importing.field.${problem.field}`), row })}
                    aria-invalid="true"
                    defaultValue={problem.value}
                    // Once it is left, not at each key: the row goes when it is right.
                    onBlur={event => {
                      const typed = event.currentTarget.value
                      if (typed !== problem.value)
                        onChoose({ mended: { ...mended, [`${row}/${problem.field}`]: typed } })
                    }}
                    onKeyDown={event => {
                      if (event.key === 'Enter') event.currentTarget.blur()
                    }}
                  />
                </label>
              ))}
              <button type="button" className="btn quiet" onClick={() => skip([row])}>
                {t('importing.wrong.skip')} <span className="sr-only">{t('draft.paste.row', { row })}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {wrong.length > MOST_SHOWN && (
        <p className="text-note">{t('importing.more', { count: wrong.length - MOST_SHOWN })}</p>
      )}
    </section>
  )
}
