import { getTranslations } from 'next-intl/server'
import { MARKS } from '@/lib/format/marks.ts'
import { perSheet, SHEETS } from '@/lib/papers/sheets.ts'
import { MOST_COPIES, type Sheet } from './sheet.ts'

/** A plain form: what is printed stands in the address, and no script is needed. `kept`: what else the address says. */
export async function SheetForm({ sheet, kept }: { sheet: Sheet; kept: readonly (readonly [string, string])[] }) {
  const t = await getTranslations()
  return (
    <form className="sheet panel grid gap-4">
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
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
        <label className="grid gap-1.5 font-semibold">
          {t('label.start')}
          <input
            className="input w-28!"
            type="number"
            name="start"
            min={1}
            max={perSheet('a4')}
            aria-describedby="start-hint"
            defaultValue={sheet.start}
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
      <p id="start-hint" className="text-ink-2 text-note">
        {t('label.startHint')}
      </p>
    </form>
  )
}
