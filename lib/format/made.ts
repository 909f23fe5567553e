const MADE = new Map<string, unknown>()

/** The formatter of `name`, made the first time: making one takes half a millisecond, and a list has a hundred of them. Names are few: languages and kinds. */
export function madeOnce<Formatter>(name: string, make: () => Formatter): Formatter {
  const known = MADE.get(name) as Formatter | undefined
  if (known !== undefined) return known
  const made = make()
  MADE.set(name, made)
  return made
}
