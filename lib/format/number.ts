import { madeOnce } from './made.ts'

/** Latin digits in every language: labels, paper and screen must show the same figures. English puts the day before the month, as most readers do. */
export function tagOf(locale: string): string {
  return `${locale === 'en' ? 'en-GB' : locale}-u-nu-latn`
}

/** A whole number with the language's grouping. */
export function formatNumber(locale: string, value: number): string {
  return madeOnce(`number ${locale}`, () => new Intl.NumberFormat(tagOf(locale))).format(value)
}

/** A part of a whole in per cent, to one place: `4.2%`. */
export function formatShare(locale: string, part: number, whole: number): string {
  return new Intl.NumberFormat(tagOf(locale), { style: 'percent', maximumFractionDigits: 1 }).format(part / whole)
}

/** Names in a row: `A, B and C`. */
export function formatList(locale: string, names: readonly string[]): string {
  return new Intl.ListFormat(tagOf(locale), { type: 'conjunction' }).format(names)
}

/** A country's name from its two letters; the letters where the language has no name for them. */
export function formatCountry(locale: string, country: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country
}
