import { getTranslations } from 'next-intl/server'
import { demonstrationKey, gs1KeyOf } from '@/lib/data/gs1.ts'
import { changeGs1Key } from './actions.ts'
import { gs1Said } from './label-text.ts'

const CODES = ['gs1-malformed', 'gs1-check-digit', 'gs1-not-yours', 'gs1-demonstration'] as const

/** A key of the organisation's own for the code on the label, instead of our address; nothing here makes one but in a demonstration. */
export async function Gs1Form(props: {
  consignment: string
  party: string
  as: string | undefined
  /** Code of what went wrong before. */
  refused: string | string[] | undefined
}) {
  const { consignment, party, as, refused } = props
  const [t, key, made] = [await getTranslations(), await gs1KeyOf(consignment), await demonstrationKey(consignment)]
  const code = CODES.find(each => each === refused)
  const hidden = (what: string) => (
    <>
      <input type="hidden" name="consignment" value={consignment} />
      <input type="hidden" name="party" value={party} />
      {as !== undefined && <input type="hidden" name="as" value={as} />}
      <input type="hidden" name="what" value={what} />
    </>
  )
  return (
    <details open={code !== undefined}>
      <summary className="min-h-tap content-center">{key ? t('label.gs1.has') : t('label.gs1.title')}</summary>
      <div className="sheet panel mt-1 grid max-w-[46rem] gap-4">
        <p className="text-note">{t('label.gs1.text')}</p>
        {key && (
          <form action={changeGs1Key} className="flex flex-wrap items-center gap-3">
            {hidden('clear')}
            <bdi dir="ltr" className="code">
              {gs1Said(key)}
            </bdi>
            <button type="submit" className="btn">
              {t('label.gs1.clear')}
            </button>
          </form>
        )}
        <form action={changeGs1Key} className="grid gap-3">
          {hidden('set')}
          {code && (
            <p id="gs1-wrong" role="alert" className="font-semibold text-broken text-note">
              {t(`label.gs1.wrong.${code}`)}
            </p>
          )}
          <div className="grid gap-3 min-[40rem]:grid-cols-[2fr_1fr_1fr]">
            {(['number', 'lot', 'serial'] as const).map(field => (
              <label key={field} className="grid gap-1.5 font-semibold">
                {t(`label.gs1.${field}`)}
                <input
                  className="input code"
                  dir="ltr"
                  name={field}
                  required={field === 'number'}
                  maxLength={field === 'number' ? 40 : 20}
                  autoComplete="off"
                  {...(code && { 'aria-describedby': 'gs1-wrong' })}
                />
              </label>
            ))}
          </div>
          <p>
            <button type="submit" className="btn">
              {t('label.gs1.set')}
            </button>
          </p>
        </form>
        {made && made.path !== key?.path && (
          <form action={changeGs1Key} className="grid justify-items-start gap-1">
            {hidden('demonstration')}
            <button type="submit" className="btn">
              {t('label.gs1.demonstration')}
            </button>
            <p className="text-ink-2 text-note">{t('label.gs1.demonstrationHint')}</p>
          </form>
        )}
      </div>
    </details>
  )
}
