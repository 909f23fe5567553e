/** Messages as a page embeds them: the branches of one language that the seal needs. */
export interface Words {
  readonly [name: string]: string | Words
}

/**
 * The message at a dotted `path` with its `{names}` filled in; undefined where there is none, so that a code newer than the page's words
 * can fall back. Plural messages are read with {@link sayCount}.
 */
export function find(
  words: Words,
  path: string,
  values: Readonly<Record<string, string | number>> = {},
): string | undefined {
  let found: string | Words | undefined = words
  for (const name of path.split('.')) {
    if (found === undefined || typeof found === 'string' || !Object.hasOwn(found, name)) return undefined
    found = found[name]
  }
  if (typeof found !== 'string') return undefined
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** {@link find}, or the path itself, which a reader can at least quote. */
export function say(words: Words, path: string, values?: Readonly<Record<string, string | number>>): string {
  return find(words, path, values) ?? path
}

/** A quantity in its unit, from an ICU plural message such as `{count, plural, one {# box} other {# boxes}}`. */
export function sayCount({
  words,
  locale,
  unit,
  count,
}: {
  words: Words
  locale: string
  unit: string
  count: number
}): string {
  const message = say(words, `units.${unit}`)
  const number = new Intl.NumberFormat(`${locale}-u-nu-latn`).format(count)
  const forms = new Map([...message.matchAll(/(\w+) \{([^}]*)\}/g)].map(([, name, form]) => [name, form]))
  const form = forms.get(new Intl.PluralRules(locale).select(count)) ?? forms.get('other')
  return form === undefined ? message.replace('{count, number}', number) : form.replace('#', number)
}

/** Text made safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
