import { getTranslations } from 'next-intl/server'
import { foundingState } from '@/lib/data/first-run.ts'
import { paths } from '@/lib/paths.ts'

/** Said until the fourth record stands: there is nothing to see here yet, and where that changes. Nothing for a log that is founded. */
export async function NotFounded() {
  const [t, state] = await Promise.all([getTranslations(), foundingState()])
  if (state.recorded === 4) return null
  return (
    <section className="notice">
      <strong className="block">{t('home.notFounded')}</strong>
      <p>{t(state.isDemo ? 'home.notFoundedDemo' : 'home.notFoundedText')}</p>
      {!state.isDemo && (
        <p className="mt-2">
          <a href={paths.firstRun()} className="btn">
            {t('home.found')}
          </a>
        </p>
      )}
    </section>
  )
}
