import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { utf8Decode, utf8Encode } from '../bytes.ts'
import { packed } from './evidence.fixture.ts'
import { signFuture } from './future.fixture.ts'
import { formatLeaf, parseLeaf } from './leaf.ts'
import { parseKnownEvent, parseSignedEvent } from './signed-event.ts'

const codeOf = (note: string | Uint8Array) => {
  const read = parseSignedEvent(typeof note === 'string' ? utf8Encode(note) : note)
  return read.ok ? 'read' : read.code
}
const leafCode = (text: string) => {
  const read = parseLeaf(utf8Encode(text))
  return read.ok ? 'read' : read.code
}
const release = async () => {
  const { log, subject, donor, carrier } = await packed()
  const lines = [{ line: '1', condition: 'sound', quantity: '40' }]
  const body = { to: { party: carrier.party }, lines }
  const { note } = await log.sign({ actor: donor, subject, kind: 'release', body })
  return { log, subject, donor, text: utf8Decode(note) as string }
}

test('a leaf reads back as it was written', () => {
  const seq = fc.nat()
  const previous = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hash => Buffer.from(hash).toString('hex'))
  fc.assert(
    fc.property(fc.maxSafeNat(), seq, previous, fc.uint8Array(), (recordedAt, place, hash, note) => {
      const leaf = { recordedAt, seq: place, previous: place === 0 ? '-' : hash, note: Uint8Array.from(note) }
      expect(parseLeaf(formatLeaf(leaf))).toEqual({ ok: true, value: leaf })
    }),
  )
})

test('every other spelling of a leaf has its code', () => {
  const hash = 'ab'.repeat(32)
  expect(leafCode(`throughline/leaf/v1 5 0 -\nnote`)).toBe('read')
  expect(leafCode(`throughline/index/v1 5\n${hash}\n`)).toBe('leaf-kind-unknown')
  expect(leafCode(`throughline/leaf/v11 5 0 -\n`)).toBe('leaf-kind-unknown')
  expect(leafCode('')).toBe('leaf-kind-unknown')
  for (const header of ['5 0', '5 0 - -', '5  0 -', `5 0 -${' '.repeat(200)}`]) {
    expect(leafCode(`throughline/leaf/v1 ${header}\n`)).toBe('leaf-header-malformed')
  }
  expect(leafCode('throughline/leaf/v1 5 0 -')).toBe('leaf-header-malformed')
  for (const time of ['', '05', '+5', '5.0', '-5', '9007199254740992']) {
    expect(leafCode(`throughline/leaf/v1 ${time} 0 -\n`)).toBe('leaf-time-malformed')
  }
  for (const seq of ['', '00', 'x']) expect(leafCode(`throughline/leaf/v1 5 ${seq} -\n`)).toBe('leaf-seq-malformed')
  for (const [seq, previous] of [
    ['0', hash],
    ['1', '-'],
    ['1', hash.toUpperCase()],
    ['1', hash.slice(2)],
    ['0', ''],
  ]) {
    expect(leafCode(`throughline/leaf/v1 5 ${seq} ${previous}\n`)).toBe('leaf-previous-malformed')
  }
})

test('an event carries one signature line, by the key that it names', async () => {
  const { text } = await release()
  const [statement, line] = text.split('\n\n') as [string, string]
  expect(codeOf(text)).toBe('read')
  expect(codeOf(`${text}${line}`)).toBe('signature-count')
  expect(codeOf(`${statement}\n\n`)).toBe('signature-count')
  expect(codeOf(`${statement}\n`)).toBe('signature-count')
  expect(codeOf(text.replace('— log.example.org/key/', '— log.example.org/kee/'))).toBe('signature-name')
  expect(codeOf(`${statement}\n\n${line.split(' ').slice(0, 2).join(' ')} ${'A'.repeat(8)}\n`)).toBe('signature-wrong')
  expect(codeOf(text.slice(0, -1))).toBe('event-malformed')
  expect(codeOf(text.replace('throughline/event/v1', 'throughline/happening/v1'))).toBe('event-malformed')
  expect(codeOf(text.replace('{"after"', '{ "after"'))).toBe('json-not-canonical')
})

test('an event larger than its limit is refused before it is read', () => {
  expect(codeOf(new Uint8Array(24_577))).toBe('event-too-large')
})

test('a note of more than 16 KiB is refused unless it restates another', async () => {
  const { log, subject, donor } = await release()
  const lines = Array.from({ length: 120 }, (_, i) => ({
    id: String(i + 1),
    item: 'x'.repeat(120),
    unit: 'piece',
    quantity: '1',
  }))
  const refused = await log.sign({ actor: donor, subject, kind: 'pack', body: { lines } }).catch(String)
  expect(refused).toContain('event-too-large')
})

test('a quoted note is read as strictly as one that was sent', async () => {
  const { log, subject, donor, text } = await release()
  const restate = (note: string) =>
    log.sign({ actor: donor, subject, kind: 'restate', body: { note: Buffer.from(note).toString('base64') } })
  const { note } = await restate(text)
  const read = parseSignedEvent(note)
  expect(read.ok && read.value.event && read.value.restated?.text).toBe(`${text.split('\n\n')[0]}\n`)
  expect(await restate('no note').catch(String)).toContain('restate-malformed')
  expect(await restate(utf8Decode(note) as string).catch(String)).toContain('restate-kind')
  const { note: future } = signFuture({ log, subject, actor: donor, kind: 'drone-drop' })
  expect(await restate(utf8Decode(future) as string).catch(String)).toContain('restate-malformed')
})

test('what is newer is a value for who reads, and a refusal for who writes', async () => {
  const { log, subject, donor } = await release()
  const kind = signFuture({ log, subject, actor: donor, kind: 'drone-drop' })
  const version = signFuture({ log, subject, actor: donor, kind: 'release', v: '2' })
  const read = parseSignedEvent(kind.note)
  expect(read.ok && read.value.newer?.kind).toBe('drone-drop')
  expect(parseKnownEvent(kind.note)).toMatchObject({ ok: false, code: 'kind-unknown' })
  expect(parseKnownEvent(version.note)).toMatchObject({ ok: false, code: 'version-unknown' })
})
