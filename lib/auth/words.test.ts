import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from '@playwright/test'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const WORKSPACE = 'app/(workspace)'
/** Rooms whose forms say why with `accountForm.problems`. */
const ROOMS = ['account', 'choose-party', 'join', 'members', 'reset-password', 'sign-in', '_forms']

const sources = (folder: string): string[] =>
  readdirSync(new URL(`${folder}/`, root)).flatMap(name => {
    const path = `${folder}/${name}`
    return statSync(new URL(path, root)).isDirectory() ? sources(path) : /\.tsx?$/.test(path) ? [path] : []
  })

/** Where a code that an account's form may show can come from. */
const saying = [
  ...ROOMS.flatMap(room => sources(`${WORKSPACE}/${room}`)),
  ...['auth/actor', 'auth/account', 'auth/own-account', 'auth/own-passkeys', 'data/invitations', 'data/colleagues'].map(
    name => `lib/${name}.ts`,
  ),
]

test('every reason why a form about accounts does nothing has words, and no words are left over', () => {
  const text = saying.map(read).join('\n')
  const said = [...text.matchAll(/(?:fail|refused|tried)\(\s*'([a-z-]+)'|code:[^\n]*?'([a-z]+-[a-z-]+)'/g)]
  const others = [...text.matchAll(/\? '([a-z]+-[a-z-]+)' :/g)].map(match => match[1] ?? '')
  const states = ['used', 'revoked', 'expired'].map(state => `invitation-${state}`)
  const codes = new Set([...said.map(match => match[1] ?? match[2] ?? ''), ...others, ...states])
  const { problems } = (JSON.parse(read('lib/messages/en/account.json')) as Words).accountForm
  expect([...codes].sort()).toEqual(Object.keys(problems).sort())
})
type Words = { accountForm: { problems: Record<string, string> } }
