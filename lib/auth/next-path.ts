const NOWHERE = 'http://site.invalid'

/**
 * Where to go on after signing in, as an address asked for it: a path of this site, with its query, or nothing. What a browser could take for
 * another site (`//evil.example`, `/\evil.example`, a tab in between) is nothing.
 */
export function nextPath(asked: unknown): string | undefined {
  if (typeof asked !== 'string' || !/^\/(?![/\\])[!-~]*$/.test(asked) || asked.includes('\\')) return undefined
  if (!URL.canParse(asked, NOWHERE)) return undefined
  const { origin, pathname, search } = new URL(asked, NOWHERE)
  return origin === NOWHERE && !pathname.startsWith('//') ? `${pathname}${search}` : undefined
}

/** The same path for one party of several. */
export function forParty(path: string, party: string): string {
  const { pathname, searchParams } = new URL(path, NOWHERE)
  searchParams.set('as', party)
  return `${pathname}?${searchParams}`
}
