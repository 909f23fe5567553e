// Plain JavaScript without dependencies, like all that runs before node_modules exists.

/** Advisories of these severities are acted on, or stand below with a reason; the others are said. */
export const ACTED_ON = ['high', 'critical']

/**
 * Advisories that do not touch us, by their id (GHSA-…): why, and until when that is taken for granted (YYYY-MM-DD). After that day someone looks again.
 * @type {Readonly<Record<string, { reason: string, until: string }>>}
 */
export const ACCEPTED = {}

/** Licences under which code may be delivered with a work under Apache-2.0, each as it is: no linking, no change of theirs. */
const COMPATIBLE = [
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'OFL-1.1',
  'Python-2.0',
]

/** Packages under other licences, and why they may be there. A name may end in `*`. */
const EXCEPTIONS = [
  [
    '@img/sharp*',
    'libvips (LGPL-3.0) is a shared library beside the program, optional in Next and not used: no picture is resized',
  ],
  ['caniuse-lite', 'CC-BY-4.0 is data for the build; nothing of it is delivered'],
  ['web-push', 'MPL-2.0 is by file: unchanged files of theirs stay under it'],
  ['elkjs', 'EPL-2.0 is by module: theirs stays under it, unchanged'],
  ['@next/swc-*', 'MIT like next itself; the lockfile does not repeat it for platforms that were not installed'],
  [
    '@swc/core-*',
    'Apache-2.0 like @swc/core itself; the lockfile does not repeat it for platforms that were not installed',
  ],
]

const nameOf = path => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
const isNamed = (name, pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern)

/** Whether an SPDX expression leaves a way that is compatible: one of several by OR, all of several by AND. */
export function isCompatible(expression) {
  const plain = expression.replace(/^\((.*)\)$/, '$1')
  if (/ or /i.test(plain)) return plain.split(/ or /i).some(isCompatible)
  return plain.split(/ and /i).every(each => COMPATIBLE.includes(each.trim()))
}

/**
 * Production packages of a lockfile whose licence is neither compatible nor excepted, as `name (licence)`.
 * @param {{ packages: Record<string, { dev?: boolean, license?: string, version?: string }> }} lockfile
 */
export function licenceProblems(lockfile) {
  return Object.entries(lockfile.packages).flatMap(([path, { dev, license }]) => {
    if (path === '' || dev) return []
    const name = nameOf(path)
    if (license !== undefined && isCompatible(license)) return []
    return EXCEPTIONS.some(([pattern]) => isNamed(name, pattern)) ? [] : [`${name} (${license ?? 'none said'})`]
  })
}

/**
 * What `npm audit --json` found, judged: `acting` needs someone to act, `said` does not. Undefined where it is no report: the registry has none.
 * @param {unknown} report
 * @param {string} today YYYY-MM-DD
 */
export function judge(report, today, accepted = ACCEPTED) {
  const found = report?.vulnerabilities
  if (typeof found !== 'object' || found === null) return undefined
  const advisories = new Map()
  for (const { via = [] } of Object.values(found))
    for (const each of via)
      if (typeof each === 'object') advisories.set(each.url?.split('/').at(-1) ?? String(each.source), each)
  const [acting, said] = [[], []]
  for (const [id, { name, severity, title }] of advisories) {
    const line = `${severity}: ${name}: ${title} (${id})`
    const pass = accepted[id]
    if (pass && pass.until >= today) said.push(`${line}; accepted until ${pass.until}: ${pass.reason}`)
    else if (ACTED_ON.includes(severity)) acting.push(pass ? `${line}; was accepted until ${pass.until}` : line)
    else said.push(line)
  }
  return { acting, said }
}
