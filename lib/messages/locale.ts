/** Languages of the pages; the first is what a visitor gets who asks for none of them. */
export const LOCALES = ['en', 'fr', 'es', 'ar'] as const
export type Locale = (typeof LOCALES)[number]

/** Each language by its own name, and by what stands for it where there is no room: who looks for theirs need not read the page's. */
export const LANGUAGES = {
  en: { name: 'English', short: 'EN' },
  fr: { name: 'Français', short: 'FR' },
  es: { name: 'Español', short: 'ES' },
  ar: { name: 'العربية', short: 'ع' },
} as const satisfies Readonly<Record<Locale, { name: string; short: string }>>

/** Cookie that keeps a visitor's choice, and the search parameter of the links that make it. */
export const LOCALE_COOKIE = 'lang'

export function isLocale(text: string | undefined): text is Locale {
  return (LOCALES as readonly (string | undefined)[]).includes(text)
}

/** The cookie's language if it is one of ours, else the best of an Accept-Language header (RFC 9110 §12.5.4), else English. */
export function pickLocale({ cookie, accept }: { cookie: string | undefined; accept: string | null }): Locale {
  if (isLocale(cookie)) return cookie
  const wishes = (accept ?? '').split(',').map(wish => {
    const [range = '', ...parameters] = wish.split(';').map(part => part.trim())
    const weight = parameters.find(parameter => parameter.startsWith('q='))
    return { language: range.split('-')[0]?.toLowerCase(), weight: weight === undefined ? 1 : Number(weight.slice(2)) }
  })
  const ours = wishes.filter(({ language, weight }) => isLocale(language) && weight > 0)
  const best = ours.sort((a, b) => b.weight - a.weight)[0]?.language
  return isLocale(best) ? best : LOCALES[0]
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr'
}
