/** One form of an ICU plural message such as `{count, plural, one {# event} other {# events}}`, its number in Latin figures; the message itself where it has no forms. */
export function pluralOf({ message, locale, count }: { message: string; locale: string; count: number }): string {
  const forms = new Map([...message.matchAll(/(\w+) \{([^}]*)\}/g)].map(([, name, form]) => [name, form]))
  const form = forms.get(new Intl.PluralRules(locale).select(count)) ?? forms.get('other')
  return form?.replace('#', new Intl.NumberFormat(`${locale}-u-nu-latn`).format(count)) ?? message
}
