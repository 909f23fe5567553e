import { expect, test } from '@playwright/test'
import { type Finding, keepFinding, putAway, readFindings } from './findings.ts'
import { newestHeld } from './hand-in.ts'

const HOST = 'relief.example'
const noteOf = (size: number) =>
  `log.example\n${size}\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log.example AAAAAAA=\n`

function store(kept: Readonly<Record<string, string>> = {}) {
  const all = new Map(Object.entries(kept))
  return {
    getItem: (name: string) => all.get(name) ?? null,
    setItem: (name: string, text: string) => void all.set(name, text),
    removeItem: (name: string) => void all.delete(name),
  }
}

const findingOf = (size: number): Finding => ({
  outcome: 'behind',
  vkey: 'log.example+key',
  first: { note: noteOf(size), size, fingerprint: '0'.repeat(16), at: 1000 + size },
  second: { note: noteOf(1), size: 1, fingerprint: '1'.repeat(16), at: 2000 + size },
})

test('what was found is kept as it was first found, once, until it is put away', () => {
  const storage = store()
  keepFinding(storage, HOST, findingOf(9))
  keepFinding(storage, HOST, { ...findingOf(9), answer: 'alarm' })
  expect(readFindings(storage, HOST)).toEqual([findingOf(9)])
  expect(readFindings(storage, 'other.example')).toEqual([])
  for (let size = 10; size < 20; size++) keepFinding(storage, HOST, findingOf(size))
  expect(readFindings(storage, HOST)).toHaveLength(4)
  expect(readFindings(storage, HOST).at(-1)).toEqual(findingOf(9))
  putAway(storage, HOST)
  expect(readFindings(storage, HOST)).toEqual([])
})

test('what is kept and is no finding counts as nothing', () => {
  for (const kept of ['', '{', 'null', '{}', '[1,null,{"outcome":"behind"}]'])
    expect(readFindings(store({ [`throughline/findings/v1/${HOST}`]: kept }), HOST), kept).toEqual([])
})

test('a browser hands in the newest checkpoint that it has verified anything under', () => {
  const pin = (size: number) => ({
    [`throughline/pin/v1/${HOST}`]: JSON.stringify({ origin: 'log.example', vkey: 'k', checkpointNote: noteOf(size) }),
  })
  const held = (size: number) => ({ [`throughline/held/v1/${HOST}`]: noteOf(size) })
  expect(newestHeld(store(), HOST)).toBeUndefined()
  expect(newestHeld(store(pin(9)), HOST)).toBe(noteOf(9))
  expect(newestHeld(store({ ...pin(9), ...held(12) }), HOST)).toBe(noteOf(12))
  expect(newestHeld(store({ ...pin(15), ...held(12) }), HOST)).toBe(noteOf(15))
  expect(newestHeld(store(held(12)), HOST)).toBe(noteOf(12))
})
