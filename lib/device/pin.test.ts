import { expect, test } from '@playwright/test'
import { CHECK_NAMES, type Check, type Report } from '../core/evidence/report.ts'
import { type Pin, pinAfter, pinnedOn, pinnedSize, readPin, trustedBy, writePin } from './pin.ts'

const ROOT = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const SIGNATURE = Buffer.alloc(68, 7).toString('base64')
const noteOf = (size: number, origin = 'log.example') => `${origin}\n${size}\n${ROOT}\n\n— ${origin} ${SIGNATURE}\n`

const NOW = 1_764_000_000_000
const pin: Pin = { origin: 'log.example', vkey: 'log.example+key', checkpointNote: noteOf(10), at: NOW - 1000 }

/** What the verifier says of a tree of `size` where every check but those named passed. */
function reportOf(size: number, outcomes: Readonly<Partial<Record<string, Check['outcome']>>> = {}): Report {
  const checks = CHECK_NAMES.map(name => ({ name, outcome: outcomes[name] ?? 'pass', code: 'ok', detail: '' }) as Check)
  const isFailed = Object.values(outcomes).includes('fail')
  return {
    verdict: isFailed ? 'failed' : 'verified',
    sentence: isFailed ? 'failed' : 'verified-no-witness',
    checks,
    subject: 'consignment/7K3Q9XMD2TK',
    origin: 'log.example',
    vkey: 'log.example+key',
    checkpointNote: noteOf(size),
    checkpointSize: size,
  }
}

function store() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  }
}

test('what a browser pinned it reads back, and only for that host', () => {
  const storage = store()
  writePin(storage, 'relief.example', pin)
  expect(readPin(storage, 'relief.example')).toEqual(pin)
  expect(readPin(storage, 'other.example')).toBeUndefined()
})

test('what is kept and is no pin counts as nothing', () => {
  const storage = store()
  for (const kept of ['', '{', 'null', '[]', '{"origin":"a"}', '{"origin":1,"vkey":"b","checkpointNote":"c"}']) {
    storage.kept.set('throughline/pin/v1/relief.example', kept)
    expect(readPin(storage, 'relief.example'), kept).toBeUndefined()
  }
})

test('a browser that keeps nothing still verifies', () => {
  const refuses = {
    getItem: () => null,
    setItem: () => {
      throw new Error('denied')
    },
  }
  expect(() => writePin(refuses, 'relief.example', pin)).not.toThrow()
})

test('the first log that is consistent in itself is pinned, and one that failed is not', () => {
  expect(pinAfter(undefined, reportOf(10, { 'log-key': 'not-run' }), NOW)).toEqual({ ...pin, at: NOW })
  expect(pinAfter(undefined, reportOf(10, { 'events-signed': 'fail' }), NOW)).toBeUndefined()
  expect(pinAfter(undefined, reportOf(10, { 'checkpoint-signed': 'not-run' }), NOW)).toBeUndefined()
})

test('a pin moves to a larger tree that continues it, and never back', () => {
  expect(pinAfter(pin, reportOf(12), NOW)).toEqual({
    ...pin,
    checkpointNote: noteOf(12),
    at: NOW,
    earlier: [{ checkpointNote: noteOf(10), at: NOW - 1000 }],
  })
  expect(pinAfter(pin, reportOf(9), NOW)).toBe(pin)
  expect(pinAfter(pin, reportOf(12, { 'checkpoint-consistent': 'not-run' }), NOW)).toBe(pin)
  expect(pinAfter(pin, reportOf(12, { 'checkpoint-consistent': 'fail' }), NOW)).toBe(pin)
})

test('another log at a pinned host does not move the pin, even one that says it continues it', () => {
  expect(pinAfter(pin, reportOf(12, { 'log-key': 'fail' }), NOW)).toBe(pin)
  expect(pinAfter(pin, reportOf(12, { 'log-key': 'not-run' }), NOW)).toBe(pin)
})

test('a label and a pin must both hold', () => {
  expect(trustedBy({ pin, fingerprint: 'MRR77X26MSVX4XSBQSZ45WA3H0' })).toEqual({
    vkey: 'log.example+key',
    origin: 'log.example',
    fingerprint: 'MRR77X26MSVX4XSBQSZ45WA3H0',
  })
  expect(trustedBy({ pin: undefined, fingerprint: undefined })).toEqual({})
})

test('the tree a browser saw is named by its size', () => {
  expect(pinnedSize(pin)).toBe(10)
  expect(pinnedSize({ ...pin, checkpointNote: 'nothing' })).toBeUndefined()
})

test('a pin remembers when it saw what, newest first, and not for ever', () => {
  let moved = pin
  for (let size = 11; size <= 40; size++) moved = pinnedOn(moved, { checkpointNote: noteOf(size), at: NOW + size })
  expect(moved).toMatchObject({ checkpointNote: noteOf(40), at: NOW + 40 })
  expect(moved.earlier?.map(({ at }) => at)).toEqual(Array.from({ length: 12 }, (_, i) => NOW + 39 - i))
})

test('witnesses that a visitor holds a site to stay with the pin as it moves on, and are trusted', () => {
  const pin = {
    origin: 'log.example.org',
    vkey: 'v',
    checkpointNote: 'log.example.org\n1\nroot\n',
    policy: 'quorum none\n',
  }
  const moved = pinnedOn(pin, { checkpointNote: 'log.example.org\n2\nroot\n', at: 9 })
  expect(moved).toMatchObject({ policy: 'quorum none\n', earlier: [{ checkpointNote: pin.checkpointNote }] })
  expect(JSON.stringify(moved.earlier)).not.toContain('quorum')
  expect(trustedBy({ pin: moved, fingerprint: undefined }).policy).toBe('quorum none\n')
})
