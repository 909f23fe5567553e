import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { KINDS, REASONS, SEALED } from './kinds.ts'
import { UNITS } from './quantity.ts'
import { REFUSALS } from './refusals.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const spec = read('SPEC.md')
const codes = Object.keys(REFUSALS)

test('SPEC.md lists every code with its cause, each once, and no other', () => {
  const rows = spec
    .slice(spec.indexOf('## 6.'), spec.indexOf('## 7.'))
    .split('\n')
    .filter(line => line.startsWith('| `'))
  const listed = rows.flatMap(row =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([a-z-]+)`/g)].map(match => match[1] ?? ''),
  )
  expect(listed.sort()).toEqual([...codes].sort())
})

test('SPEC.md names every kind, unit, reason and sealed field', () => {
  for (const kind of Object.values(KINDS).flatMap(shapes => Object.keys(shapes))) expect(spec).toContain(`\`${kind}\``)
  const words = new Set(spec.split(/[\s|,.:/]+/))
  const lists = [...UNITS, ...Object.values(REASONS).flat()]
  expect(lists.filter(word => !words.has(word))).toEqual([])
  const fields = Object.values(SEALED)
    .flat()
    .map(pattern => pattern.split(/[/(]/)[0] ?? '')
  expect(fields.filter(field => !words.has(field))).toEqual([])
})

test('every code can be given: some module of the core gives it, and some test tries it', () => {
  const folder = readdirSync(new URL('.', import.meta.url))
  const evidence = readdirSync(new URL('../evidence/', import.meta.url)).map(name => `../evidence/${name}`)
  const sources = [...folder, ...evidence, '../json.ts'].filter(
    name => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name) && !name.endsWith('refusals.ts'),
  )
  const given = sources.map(read).join('\n')
  // Asked of a form by the only writer, lib/data.
  expect(codes.filter(code => !given.includes(`'${code}'`))).toEqual(['behind-head'])
  const tests = folder
    .filter(name => name.endsWith('.test.ts') && !/^(refusals|vectors)\./.test(name))
    .map(read)
    .join('\n')
  const ofSignatures = codes.slice(codes.indexOf('signature-count'), codes.indexOf('signature-wrong') + 1)
  const tried = (code: string) => new RegExp(`['": ]${code}['":]`).test(tests)
  expect(codes.filter(code => !tried(code))).toEqual(['event-too-large', ...ofSignatures, 'behind-head'])
})

test('every code has one plain sentence, and no two share it', () => {
  const sentences = Object.values(REFUSALS)
  expect(sentences.filter(sentence => !/^[A-Z].*\.$/.test(sentence))).toEqual([])
  expect(new Set(sentences).size).toBe(codes.length)
})
