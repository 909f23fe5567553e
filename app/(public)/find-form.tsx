import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'

/** A plain GET form: works with scripts off, and the address says what was asked. */
export async function FindForm({ typed = '' }: { typed?: string }) {
  const t = await getTranslations()
  return (
    <form action={paths.find()} method="get" className="grid gap-2">
      <label htmlFor="reference" className="font-semibold">
        {t('home.field')}
      </label>
      <div className="grid gap-2.5 min-[30rem]:grid-cols-[1fr_auto]">
        <input
          id="reference"
          name="reference"
          className="input code text-lg uppercase tracking-wider"
          dir="ltr"
          required
          defaultValue={typed}
          placeholder="7K3Q-9XMD-2TK"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby="reference-hint"
        />
        <button type="submit" className="btn primary">
          {t('home.go')}
        </button>
      </div>
      <p id="reference-hint" className="text-ink-2 text-note">
        {t('home.hint')}
      </p>
    </form>
  )
}
