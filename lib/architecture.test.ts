import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from '@playwright/test'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const written =
  /^(node_modules|\.next|\.data|\.git|\.env|test-results|playwright-report|next-env\.d\.ts|.*\.tsbuildinfo)$/

const walk = (folder: string): string[] =>
  readdirSync(new URL(folder, root)).flatMap(name => {
    const path = `${folder}${name}`
    if (written.test(name) || path === 'lib/data/generated' || path === 'public/seal') return []
    return statSync(new URL(path, root)).isDirectory() ? walk(`${path}/`) : [path]
  })

const files = walk('')
const code = files.filter(path => /\.(ts|tsx|mjs|css)$/.test(path))
const tests = code.filter(path => path.endsWith('.test.ts'))
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1] ?? '')
const unique = (values: string[]) => [...new Set(values)].sort()

test('lib/README.md names every folder of lib and app, and no other', () => {
  const present = files.flatMap(path => /^((?:lib|app)\/[^/]+)\/./.exec(path)?.[1] ?? [])
  const named = matches(read('lib/README.md'), /^- `((?:lib|app)\/[^/`]+)`/gm)
  expect(named.sort()).toEqual(unique(present))
})

test('every failure code of lib/core stands in a SPEC.md', () => {
  const core = code.filter(path => path.startsWith('lib/core/') && !tests.includes(path))
  const codes = unique(core.flatMap(path => matches(read(path), /\bfail\(\s*'([^']+)'/g)))
  const specs = files.filter(path => /^lib\/core\/.*SPEC\.md$/.test(path)).map(read)
  expect(codes.length).toBeGreaterThan(10)
  expect(codes.filter(name => !specs.some(spec => spec.includes(`\`${name}\``)))).toEqual([])
})

test('every script of package.json stands in README.md', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const readme = read('README.md')
  const isNamed = (name: string) => readme.includes(`npm run ${name}`) || readme.includes(`npm ${name}`)
  expect(Object.keys(scripts).filter(name => !isNamed(name))).toEqual([])
})

test('server actions live in files named actions.ts', () => {
  const actions = code.filter(path => /^\s*['"]use server['"]/m.test(read(path)))
  expect(actions.filter(path => !path.endsWith('/actions.ts'))).toEqual([])
})

test('no test is skipped, singled out or expected to fail', () => {
  const marked = /\b(?:test|describe)\.(?:only|skip|fixme|fail)\b\s*\(/
  expect(tests.filter(path => marked.test(read(path)))).toEqual([])
})

test('only the tests in e2e open a browser', () => {
  const opens = /async \(\{[^}]*\b(?:page|browser|context)\b[^}]*\}|\bchromium\.launch/
  expect(tests.filter(path => !path.startsWith('e2e/') && opens.test(read(path)))).toEqual([])
  expect(tests.filter(path => !/^(?:lib\/|e2e\/(?:fuzz\/)?[^/]+$)/.test(path))).toEqual([])
})

test('nothing in lib or app is of e2e: an image is built without it', () => {
  const inside = code.filter(path => /^(?:lib|app)\//.test(path))
  const foreign = /(?:from|import\()\s*['"](?:(?:\.\.\/)+|@\/)e2e\//
  expect(inside.filter(path => foreign.test(read(path)))).toEqual([])
  expect(read('lib/deploy/Dockerfile.dockerignore').split('\n')).toContain('e2e')
})

test('.env.example lists every environment variable that is read, and no other', () => {
  const variables = matches(read('lib/env.ts'), /^ {2}([A-Z_]+): \[/gm)
  expect(variables.length).toBeGreaterThan(0)
  expect(matches(read('.env.example'), /^([A-Z_]+)=/gm).sort()).toEqual(variables.sort())
})

test('no source file is longer than 300 lines', () => {
  expect(code.filter(path => read(path).split('\n').length > 301)).toEqual([])
})

test('the root holds the fixed folders and what tools insist on', () => {
  const fixed =
    /^(app|lib|prisma|public|e2e|\.ci|\.gitignore|\.env\.example|LICENSE|README\.md|package(-lock)?\.json|tsconfig\.json|biome\.json|knip\.json|(next|prisma)\.config\.ts|postcss\.config\.mjs|proxy\.ts|instrumentation\.ts)$/
  expect(readdirSync(root).filter(name => !fixed.test(name) && !written.test(name))).toEqual([])
})
