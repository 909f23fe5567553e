import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { measures } from '../monitor/measures.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const isThere = (path: string) => existsSync(new URL(path, root))
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1] ?? '')

const dockerfile = read('lib/deploy/Dockerfile')
const compose = read('lib/deploy/compose.yaml')
const unit = read('lib/deploy/throughline.service')
const readme = read('README.md')
const variables = matches(read('.env.example'), /^([A-Z_]+)=/gm)
/** What Node, Next and the compose file itself read. */
const FOREIGN = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED', 'HOST', 'UPSTREAM']

test('the Dockerfile copies what is in the repository', () => {
  const sources = matches(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap(list => list.split(' '))
  expect(sources.length).toBeGreaterThan(5)
  expect(sources.filter(path => !isThere(path))).toEqual([])
})

test('an image is built without data, keys and settings', () => {
  const left = read('lib/deploy/Dockerfile.dockerignore').split('\n')
  for (const path of ['.data', '.env', '.git', 'node_modules', '.next']) expect(left).toContain(path)
})

test('image, compose file and unit set what the server reads, and no other', () => {
  const set = [
    ...matches(dockerfile, /^ENV (.+)$/gm).flatMap(line => matches(line, /([A-Z_]+)=/g)),
    ...matches(compose, /^ {6}([A-Z_]+):/gm),
    ...matches(unit, /^Environment=(.+)$/gm).flatMap(line => matches(line, /([A-Z_]+)=/g)),
  ]
  expect(set).toContain('DATA_DIR')
  expect(set.filter(name => !variables.includes(name) && !FOREIGN.includes(name))).toEqual([])
})

test('image and unit start the server with the command that npm start starts', () => {
  const next = 'node_modules/next/dist/bin/next'
  expect(read('lib/cli/serve.ts')).toContain(`'${next}'`)
  expect(dockerfile).toContain(`CMD ["node", "${next}", "start"]`)
  expect(unit).toContain(`ExecStart=/usr/bin/node ${next} start`)
  for (const goal of matches(dockerfile, /node lib\/cli\/setup\.mjs (\w+)/g))
    expect(read('lib/cli/setup.mjs')).toContain(`  ${goal}: {`)
})

/** A package as the lockfile has it, `dev`: only development needs it. */
type Locked = {
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

test('what npm start and the other commands load is installed without the packages for development', () => {
  const { dependencies, scripts } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const loaded = Object.values(scripts ?? {}).flatMap(script => matches(script, /--import (\S+)/g))
  expect(loaded.length).toBeGreaterThan(10)
  expect(loaded.filter(name => dependencies?.[name] === undefined)).toEqual([])
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
  expect(packages['']?.dependencies).toEqual(dependencies)
  /** Where Node finds `name` from the package at `path`. */
  const found = (path: string, name: string): string | undefined => {
    const own = `${path === '' ? '' : `${path}/`}node_modules/${name}`
    if (packages[own] !== undefined || path === '') return packages[own] && own
    return found(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
  }
  const needed = new Set([''])
  for (const path of needed)
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) needed.add(found(path, name) ?? `no ${name}`)
  expect(needed.size).toBeGreaterThan(100)
  const missing = [...needed].filter(path => !packages[path] || packages[path].dev || packages[path].devOptional)
  expect(missing).toEqual([])
})

test('every place waits longer for the end than the server needs', () => {
  const [, limit = ''] = read('lib/monitor/signals.ts').match(/STOP_LIMIT_MILLISECONDS = (\d+)/) ?? []
  const waits = [...matches(compose, /stop_grace_period: (\d+)s/g), ...matches(unit, /TimeoutStopSec=(\d+)/g)]
  expect(waits).toHaveLength(2)
  for (const seconds of waits) expect(Number(seconds) * 1000).toBeGreaterThan(Number(limit))
})

test('alerts and README speak of measures that there are', () => {
  const known = measures()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
  const named = [
    ...matches(read('lib/deploy/alerts.yaml'), /(throughline_\w+)/g),
    ...matches(readme, /(throughline_\w+)/g),
  ]
  expect(named.length).toBeGreaterThan(5)
  const bare = named.map(name => name.replace(/_(?:bucket|count|sum)$/, ''))
  expect(bare.filter(name => !known.includes(name))).toEqual([])
})

test('the table of settings in README.md holds every variable, and no other', () => {
  const table = readme.slice(readme.indexOf('### Settings'), readme.indexOf('### Behind https'))
  expect(matches(table, /^\| `([A-Z_]+)` /gm).sort()).toEqual([...variables].sort())
})
