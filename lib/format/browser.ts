/** What a browser says it is, tried in this order: most also name the ones that they resemble. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['CrOS', 'ChromeOS'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** `Firefox, Android` from a `user-agent`: enough for a person to know their own device; undefined for what we have no name for. Anyone can claim it. */
export function browserOf(userAgent: string): string | undefined {
  const names = [BROWSERS, SYSTEMS].map(list => list.find(([mark]) => userAgent.includes(mark))?.[1])
  return names.every(name => name === undefined) ? undefined : names.filter(name => name !== undefined).join(', ')
}
