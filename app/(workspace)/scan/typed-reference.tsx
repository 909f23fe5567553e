'use client'

import { useTranslations } from 'next-intl'
import { paths } from '@/lib/paths.ts'

type TypedProps = {
  as: string | undefined
  onTyped: (text: string) => void
  /** The camera has looked for long: typing is offered louder. */
  isUrged: boolean
  /** What was typed last is no reference; said beside the form. */
  isWrong: boolean
}

/** The way on that needs no camera. A plain form underneath, for when no script runs. */
export function TypedReference({ as, onTyped, isUrged, isWrong }: TypedProps) {
  const t = useTranslations()
  return (
    <form
      action={paths.scan()}
      method="get"
      className={isUrged ? 'notice grid gap-1.5' : 'grid gap-1.5'}
      onSubmit={event => {
        event.preventDefault()
        onTyped(String(new FormData(event.currentTarget).get('reference') ?? ''))
      }}
    >
      {isUrged && (
        <p role="status">
          <strong className="block">{t('scan.lateTitle')}</strong>
          {t('scan.late')}
        </p>
      )}
      {as !== undefined && <input type="hidden" name="as" value={as} />}
      <label htmlFor="reference" className="font-semibold">
        {t('scan.typed')}
      </label>
      <div className="grid grid-cols-[1fr_auto] gap-2">
        <input
          id="reference"
          name="reference"
          className="input code text-lg uppercase tracking-wider"
          dir="ltr"
          required
          {...(isWrong && { 'aria-invalid': true as const })}
          placeholder="7K3Q-9XMD-2TK"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
        />
        <button type="submit" className="btn primary">
          {t('scan.go')}
        </button>
      </div>
    </form>
  )
}
