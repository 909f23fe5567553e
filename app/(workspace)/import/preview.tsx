'use client'
import { useTranslations } from 'next-intl'
import type { NamedParty } from '@/lib/data/parties.ts'
import type { Plan } from '@/lib/device/importing/plan.ts'

const MOST_SHOWN = 12

/** What the table comes to, before anything of it is made. */
export function Preview({ plan, parties, onMake }: { plan: Plan; parties: readonly NamedParty[]; onMake: () => void }) {
  const t = useTranslations()
  const { planned, wrong, unknown, emptyRows } = plan
  const lines = planned.reduce((sum, { content }) => sum + content.lines.length, 0)
  const nameOf = (reference: string) => parties.find(party => party.reference === reference)?.name
  const isReady = planned.length > 0 && wrong.length === 0 && unknown.length === 0
  return (
    <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="preview">
      <div role="status">
        <h2 id="preview">{t('importing.preview.title', { consignments: planned.length, lines })}</h2>
      </div>
      {emptyRows > 0 && <p className="text-note">{t('draft.paste.empty', { rows: emptyRows })}</p>}
      <ol className="grid">
        {planned.slice(0, MOST_SHOWN).map(({ name, rows, content }) => (
          <li key={rows[0]} className="grid gap-x-4 border-rule border-t py-2 min-[40rem]:grid-cols-[8rem_1fr_1fr]">
            <bdi className="font-semibold">{name || t('draft.paste.row', { row: rows[0] ?? 0 })}</bdi>
            <span>
              <bdi>{content.lines[0]?.item}</bdi>{' '}
              {content.lines.length > 1 && (
                <span className="text-ink-2">
                  {t('importing.preview.andLines', { lines: content.lines.length - 1 })}
                </span>
              )}
            </span>
            <bdi className="text-ink-2">
              {content.consignee === ''
                ? t('draft.consignee.placeholder')
                : (nameOf(content.consignee) ?? content.consignee)}
            </bdi>
          </li>
        ))}
      </ol>
      {planned.length > MOST_SHOWN && (
        <p className="text-note">{t('importing.more', { count: planned.length - MOST_SHOWN })}</p>
      )}
      <div className="grid justify-items-start gap-2">
        <button type="button" className="btn primary" disabled={!isReady} onClick={onMake}>
          {t('importing.preview.make', { consignments: planned.length })}
        </button>
        <p className="text-ink-2 text-note">
          {isReady || planned.length === 0 ? t('importing.preview.nothingSigned') : t('importing.preview.mendFirst')}
        </p>
      </div>
    </section>
  )
}
