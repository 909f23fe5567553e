import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LANGUAGES, LOCALES } from '@/lib/messages/locale.ts'
import { paths } from '@/lib/paths.ts'
import { Mark } from './mark.tsx'

/** Head and foot of every public page. Plain links only: nothing here waits for a script. */
export async function PublicFrame({ children }: { children: ReactNode }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1080px] flex-col p-4 min-[54rem]:p-7">
      <a href="#content" className="btn sr-only focus:not-sr-only">
        {t('site.skip')}
      </a>
      <header className="no-print flex flex-wrap items-center justify-between gap-x-3 gap-y-1 pb-4 text-note min-[40rem]:gap-x-6 text-ink-2">
        <a
          href={paths.home()}
          className="flex min-h-tap items-center gap-2 font-semibold text-base text-ink no-underline"
        >
          <Mark />
          {t('site.name')}
        </a>
        <nav aria-label={t('site.language')} className="flex min-[40rem]:gap-x-4 min-[54rem]:order-last">
          {LOCALES.map(other => (
            <a
              key={other}
              className="flex min-h-tap min-w-10 items-center justify-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
              href={paths.inLanguage(other)}
              hrefLang={other}
              lang={other}
              data-keeps-fragment=""
              {...(other === locale && { 'aria-current': 'true' as const })}
            >
              <span className="min-[40rem]:hidden" aria-hidden="true">
                {LANGUAGES[other].short}
              </span>
              <span className="sr-only min-[40rem]:not-sr-only">{LANGUAGES[other].name}</span>
            </a>
          ))}
        </nav>
        <nav aria-label={t('site.pages')} className="flex basis-full flex-wrap gap-x-5 min-[54rem]:basis-auto">
          <a className="flex min-h-tap items-center" href={paths.verify()}>
            {t('site.verify')}
          </a>
          <a className="flex min-h-tap items-center" href={paths.log()}>
            {t('site.log')}
          </a>
          <a className="flex min-h-tap items-center" href={paths.today()}>
            {t('site.signIn')}
          </a>
        </nav>
      </header>
      <main id="content" className="grid flex-1 content-start gap-4">
        {children}
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 pt-8 text-note text-ink-2">
        <p>{t('site.footer')}</p>
        <p className="no-print flex flex-wrap gap-x-6">
          <a className="flex min-h-tap items-center" href={paths.status()}>
            {t('site.status')}
          </a>
          <a className="flex min-h-tap items-center" href={`${paths.log()}#without`}>
            {t('site.source')}
          </a>
        </p>
      </footer>
    </div>
  )
}
