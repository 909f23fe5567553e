import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { createTranslator } from 'use-intl/core'
import { KINDS, REASONS } from '../core/custody/kinds.ts'
import { UNITS } from '../core/custody/quantity.ts'
import { REFUSALS } from '../core/custody/refusals.ts'
import { EVIDENCE_CODES } from '../core/evidence/evidence-codes.ts'
import { LEAF_CODES } from '../core/evidence/leaf.ts'
import { CHECK_NAMES, FAIL_CODES, NOT_RUN_CODES, SENTENCES } from '../core/evidence/report.ts'
import { LOCALES } from './locale.ts'

type Tree = { readonly [name: string]: string | Tree }
const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** Words of pages that next-intl does not make: the error page's, which React wants in the browser, and what proxy.ts says by itself. */
const APART = ['error.json', 'alone.json']

/** Every message of a language by its dotted path, but for {@link APART}. */
function messagesOf(locale: string): ReadonlyMap<string, string> {
  const files = readdirSync(new URL(`lib/messages/${locale}/`, root)).filter(name => !APART.includes(name))
  const flat = (tree: Tree, path: string): [string, string][] =>
    Object.entries(tree).flatMap(([name, value]) =>
      typeof value === 'string' ? [[path + name, value] as [string, string]] : flat(value, `${path}${name}.`),
    )
  return new Map(files.flatMap(name => flat(JSON.parse(read(`lib/messages/${locale}/${name}`)) as Tree, '')))
}

const sources = (folder: string): string[] =>
  readdirSync(new URL(folder, root)).flatMap(name => {
    const path = `${folder}${name}`
    if (statSync(new URL(path, root)).isDirectory()) return sources(`${path}/`)
    return /\.tsx?$/.test(name) && !name.includes('.test.') ? [path] : []
  })

/** Message paths as the code writes them, in any quoted text; `${…}` stands for anything. */
function usedPaths(): RegExp[] {
  const text = [...sources('app/'), ...sources('lib/device/'), ...sources('lib/mail/'), ...sources('lib/notices/')]
    .map(read)
    .join('\n')
  const quoted = [...text.matchAll(/['"]([a-z]\w*(?:\.[\w-]+)+)['"]|`([a-z]\w*\.(?:[\w.-]|\$\{[^}]+\})+)`/gi)]
  const paths = new Set(quoted.map(match => match[1] ?? match[2] ?? ''))
  return [...paths].map(path => {
    const parts = path.split(/\$\{[^}]+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('[\\w-]+')}$`)
  })
}

/** Placeholders and tags, by name. */
const holesOf = (message: string) => [...new Set(message.match(/\{(\w+)(?=[,}])|<\w+>/g))].sort()

const english = messagesOf('en')

test('every language says all that English says, with the same names to fill in', () => {
  for (const locale of LOCALES) {
    const theirs = messagesOf(locale)
    expect([...theirs.keys()].sort()).toEqual([...english.keys()].sort())
    const differs = [...theirs].filter(
      ([path, message]) => String(holesOf(message)) !== String(holesOf(english.get(path) ?? '')),
    )
    expect(differs, locale).toEqual([])
    for (const name of APART)
      expect(Object.keys(JSON.parse(read(`lib/messages/${locale}/${name}`)))).toEqual(
        Object.keys(JSON.parse(read(`lib/messages/en/${name}`))),
      )
  }
})

test('no message is empty, and Arabic ones are in Arabic', () => {
  const unwritten = /^(Throughline|—|\{item\}: \{terms\})$/
  const isWritten = (message: string) =>
    message.trim() !== '' && (unwritten.test(message) || /\p{Script=Arabic}/u.test(message))
  expect([...messagesOf('ar')].filter(([, message]) => !isWritten(message))).toEqual([])
})

test('every message can be said of none, one, two, some and many', () => {
  for (const locale of LOCALES) {
    const fails: string[] = []
    for (const [path, message] of messagesOf(locale)) {
      const onError = (error: Error) => fails.push(`${locale} ${path}: ${error.message}`)
      const t = createTranslator({ locale, messages: { message }, onError })
      const holes = holesOf(message)
      // What has nothing to fill in says the same of all of them.
      for (const count of holes.length === 0 ? [0] : [0, 1, 2, 5, 11, 100]) {
        const filled = holes.map(hole => [hole.replace(/\W/g, ''), hole.startsWith('<') ? String : count])
        t.markup('message', Object.fromEntries(filled))
      }
    }
    expect(fails).toEqual([])
  }
})

/** Words without what is filled in, tags, addresses and commands. */
const proseOf = (message: string) =>
  message.replace(/\{\w+|<\/?\w+>|https?|npm run [\w-]+( --)?|[\w-]+: \w+\/\w+/g, ' ')

const ENGLISH = /\b(the|and|of|with|this|your|from|is|are|not|nobody|for)\b/i

test('no English is left over in French and Spanish', () => {
  const left: string[] = []
  for (const locale of ['fr', 'es'])
    for (const [path, message] of messagesOf(locale)) {
      const original = english.get(path) ?? ''
      const isProse = (original.match(/\p{L}{2,}/gu) ?? []).length > 3 && !original.includes('{')
      if (message.trim() === '' || ENGLISH.test(proseOf(message)) || (isProse && message === original))
        left.push(`${locale} ${path}: ${message}`)
    }
  expect(left).toEqual([])
})

test('French has a narrow space that does not break before ; : ! ? » and after «, and its apostrophe is ’', () => {
  const wrong = / [;:!?»]|« |[^\s\u202f:][;!?»]|«[^\u202f]|'/u
  expect([...messagesOf('fr')].filter(([, message]) => wrong.test(message))).toEqual([])
})

test('Spanish opens what it asks and exclaims', () => {
  const count = (message: string, mark: string) => message.split(mark).length
  const isOpened = (message: string) =>
    count(message, '¿') === count(message, '?') && count(message, '¡') === count(message, '!')
  expect([...messagesOf('es')].filter(([, message]) => !isOpened(message))).toEqual([])
})

test('every message is used by a page or by the seal', () => {
  const used = usedPaths()
  expect([...english.keys()].filter(path => !used.some(pattern => pattern.test(path)))).toEqual([])
})

test('every message that a page asks for by its full name is there', () => {
  const text = sources('app/').map(read).join('\n')
  const asked = [...text.matchAll(/\bt(?:\.rich|\.markup|\.raw)?\(\s*'([\w.-]+)'/g)].map(match => match[1] ?? '')
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter(path => !english.has(path))).toEqual([])
})

test('every code has words', () => {
  const checks = [...CHECK_NAMES, 'page-agrees']
  const wanted = [
    ...Object.keys(REFUSALS).map(code => `refusals.${code}`),
    ...checks.flatMap(name => ['title', 'ok', 'proves', 'not'].map(part => `checks.${name}.${part}`)),
    ...[...FAIL_CODES, ...NOT_RUN_CODES, ...LEAF_CODES, ...ledgerCodes()].map(code => `codes.${code}`),
    ...EVIDENCE_CODES.map(code => `seal.unusable.${code}`),
    ...SENTENCES.flatMap(code => [`seal.sentence.${code}.title`, `seal.sentence.${code}.text`]),
    ...UNITS.map(unit => `units.${unit}`),
    ...Object.keys(KINDS.consignment).map(kind => `kinds.${kind}`),
    ...Object.values(REASONS).flatMap(codes => codes.map(code => `reasons.${code}`)),
  ]
  expect(wanted.filter(path => !english.has(path))).toEqual([])
})

test('no code has words that the program does not know any more', () => {
  const known = new Set<string>(Object.keys(REFUSALS))
  const worded = [...english.keys()]
    .filter(path => path.startsWith('refusals.'))
    .map(path => path.slice('refusals.'.length))
  expect(worded.filter(code => !known.has(code))).toEqual([])
})

test('every reply of the API has words', () => {
  const answering = ['lib/data/evidence.ts', 'lib/data/receipt.ts', ...sources('app/api/'), ...sources('app/log/')]
  const text = answering.map(read).join('\n')
  const codes = [...text.matchAll(/code: '([a-z-]+)'|fail\('([a-z-]+)'/g)].map(match => match[1] ?? match[2] ?? '')
  expect(codes.length).toBeGreaterThan(5)
  expect(codes.filter(code => !english.has(`replies.${code}`) && !english.has(`refusals.${code}`))).toEqual([])
})

/** Codes of the ledger's types, which have no list at run time: read from where they are declared. */
function ledgerCodes(): string[] {
  const declared = ['note', 'checkpoint', 'vkey'].map(
    file => /export type \w+Code =([\s\S]*?)\n\n/.exec(read(`lib/core/ledger/${file}.ts`))?.[1] ?? '',
  )
  const codes = declared.flatMap(text => [...text.matchAll(/'([a-z0-9-]+)'/g)].map(match => match[1] ?? ''))
  expect(codes.length).toBeGreaterThan(15)
  return codes
}
