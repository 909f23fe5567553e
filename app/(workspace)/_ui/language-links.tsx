import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { LANGUAGES, LOCALES } from '@/lib/messages/locale.ts'
import { paths } from '@/lib/paths.ts'

/** This very page in the other languages: the party acted for and the filters stand in the address and stay there. */
export async function LanguageLinks() {
  const [t, locale, asked] = await Promise.all([getTranslations(), getLocale(), headers()])
  const query = asked.get('x-query') ?? ''
  return (
    <nav aria-label={t('site.language')} className="flex flex-wrap gap-x-5">
      {LOCALES.map(other => (
        <a
          key={other}
          className="work-link"
          href={paths.inLanguage(other, query)}
          hrefLang={other}
          lang={other}
          {...(other === locale && { 'aria-current': 'true' as const })}
        >
          <span className="min-[54rem]:sr-only">{LANGUAGES[other].name}</span>
          <span className="max-[54rem]:hidden" aria-hidden="true">
            {LANGUAGES[other].short}
          </span>
        </a>
      ))}
    </nav>
  )
}
