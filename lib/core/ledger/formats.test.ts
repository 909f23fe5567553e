import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { base64Encode, concat, sha256, utf8Decode, utf8Encode } from '../bytes.ts'
import type { Result } from '../result.ts'
import {
  formatCheckpointText,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
  treeSizeNumber,
} from './checkpoint.ts'
import { parseCosignature } from './cosignature.ts'
import { publicKeyOf, type VerifySignature } from './ed25519.ts'
import { formatNote, noteSignatureLine, openNote, parseNote, signNote, signNoteLine } from './note.ts'
import { decodeEntries, encodeEntries, parseEntriesPath, parseTilePath, tilePath } from './tile.ts'
import { formatTlogProof, verifyTlogProof } from './tlog-proof.ts'
import { formatVkey, noteKey, parseFingerprint, parseVkey, TYPE_ED25519, vkeyFingerprint } from './vkey.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verify: VerifySignature = ({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
}

const seed = sha256(utf8Encode('log'))
const log = noteKey({ name: 'log.example/a', type: TYPE_ED25519, publicKey: publicKeyOf(seed) })
const text = 'log.example/a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'
const signedLine = signNoteLine({ name: log.name, seed, text })

const toBytes = (written: string | Uint8Array) => (typeof written === 'string' ? utf8Encode(written) : written)
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.code)

test('each way of spoiling a note has its own code', () => {
  const payload = signedLine.split(' ')[2]
  const cases: [string, string | Uint8Array][] = [
    ['ok', `${text}\n${signedLine}`],
    ['note-not-utf8', concat(utf8Encode(text), Uint8Array.of(0xed, 0xa0, 0x80), utf8Encode(`\n${signedLine}`))],
    ['note-control-character', `a\r\n\n${signedLine}`],
    ['note-control-character', `a\tb\n\n${signedLine}`],
    ['note-unsigned', text],
    ['note-unsigned', `${text}\n`],
    ['note-unsigned', ''],
    ['note-signature-line-malformed', `${text}\n${signedLine.slice(0, -1)}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('—', '-')}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('— ', '—  ')}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('—', ' —')}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('=\n', '\n')}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('\n', ' \n')}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('log.', 'l+g.')}`],
    ['note-signature-line-malformed', `${text}\n${signedLine.replace('log.', 'l\u0085g.')}`],
    ['note-signature-line-malformed', `${text}\n— ${log.name} AQIDBA==\n`],
    ['note-signature-line-malformed', `${text}\n— ${log.name} AQIDBAV=\n`],
    ['note-signature-line-malformed', `${text}\n${signedLine}${payload}`],
    ['note-too-many-signatures', `${text}\n${signedLine.repeat(101)}`],
  ]
  for (const [code, spoilt] of cases) expect([codeOf(parseNote(toBytes(spoilt))), spoilt]).toEqual([code, spoilt])
})

test('a note that a known key signed badly is refused whole, whoever else signed it', async () => {
  const witnessSeed = sha256(utf8Encode('witness'))
  const witness = noteKey({ name: 'w', type: TYPE_ED25519, publicKey: publicKeyOf(witnessSeed) })
  const good = signNote({ name: log.name, seed, text })
  const cosigned = signNote({ name: 'w', seed: witnessSeed, text })
  const bad = { ...cosigned, signature: cosigned.signature.with(9, (cosigned.signature[9] ?? 0) ^ 1) }
  const open = async (signatures: (typeof good)[], keys = [log, witness]) =>
    openNote({ note: { text, signatures }, keys, verify })
  expect(await open([good, cosigned])).toEqual({ ok: true, value: { verified: [log, witness] } })
  expect(codeOf(await open([good, bad]))).toBe('note-signature-invalid')
  expect(await open([good, bad], [log])).toEqual({ ok: true, value: { verified: [log] } })
  expect(codeOf(await open([cosigned], [log]))).toBe('note-signer-unknown')
  expect(codeOf(await open([good], []))).toBe('note-signer-unknown')
  // A made-up key with the log's name and key id: 2^32 tries away from anyone.
  const twin = { ...log, publicKey: witness.publicKey }
  expect(codeOf(await open([good], [twin, log]))).toBe('note-key-ambiguous')
  const shortened = { ...good, signature: good.signature.slice(1) }
  expect(codeOf(await open([shortened]))).toBe('note-signature-invalid')
})

test('each way of spoiling a checkpoint has its own code', async () => {
  const [origin, sizeLine, root] = text.split('\n') as [string, string, string]
  const cases: [string, string][] = [
    ['ok', text],
    ['checkpoint-unterminated', text.slice(0, -1)],
    ['checkpoint-too-short', `${origin}\n${sizeLine}\n`],
    ['checkpoint-origin-missing', `\n${sizeLine}\n${root}\n`],
    ...['05', '+5', '-1', '5 ', '0x5', '', '9223372036854775808', '1e3'].map(
      wrong => ['checkpoint-size-malformed', `${origin}\n${wrong}\n${root}\n`] as [string, string],
    ),
    ['checkpoint-root-malformed', `${origin}\n${sizeLine}\n${root.slice(0, -1)}\n`],
    ['checkpoint-root-malformed', `${origin}\n${sizeLine}\n${base64Encode(new Uint8Array(31))}\n`],
    ['checkpoint-extension-malformed', `${text}\n`],
  ]
  for (const [code, spoilt] of cases) expect([codeOf(parseCheckpointText(spoilt)), spoilt]).toEqual([code, spoilt])

  const open = (signed: string, keys = [log]) => openCheckpoint({ bytes: utf8Encode(signed), keys, verify })
  expect(codeOf(await open(`${text}\n${signedLine}`))).toBe('ok')
  const extended = `${text}more\n`
  const extendedLine = signNoteLine({ name: log.name, seed, text: extended })
  expect(codeOf(await open(`${extended}\n${extendedLine}`))).toBe('checkpoint-extended')
  const elsewhere = text.replace('log.example/a', 'log.example/b')
  const elsewhereLine = signNoteLine({ name: log.name, seed, text: elsewhere })
  expect(codeOf(await open(`${elsewhere}\n${elsewhereLine}`))).toBe('checkpoint-not-by-log')
})

test('a size that a number cannot hold is no tree size', () => {
  expect(treeSizeNumber(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER)
  expect(treeSizeNumber(2n ** 53n)).toBeUndefined()
})

test('each way of spoiling a vkey or a fingerprint has its own code', () => {
  const good = formatVkey(log)
  const cases: [string, string][] = [
    ['ok', good],
    ['vkey-malformed', good.replace('+', ' +')],
    ['vkey-malformed', good.toUpperCase()],
    ['vkey-malformed', `${good}=`],
    ['vkey-malformed', good.slice(0, 30)],
    ['vkey-malformed', ''],
    ['vkey-id-mismatch', good.replace('log.', 'lag.')],
    ['vkey-type-unsupported', `log.example/a+00000000+${base64Encode(concat(Uint8Array.of(2), log.publicKey))}`],
    ['vkey-type-unsupported', `log.example/a+00000000+${base64Encode(Uint8Array.of(1, 2, 3))}`],
  ]
  for (const [code, spoilt] of cases) expect([codeOf(parseVkey(spoilt)), spoilt]).toEqual([code, spoilt])

  const fingerprint = vkeyFingerprint(good)
  expect(fingerprint).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(parseFingerprint(fingerprint)).toEqual({ ok: true, value: sha256(utf8Encode(good)).slice(0, 16) })
  const spare = '0000000000000000000000000'
  for (const wrong of [
    fingerprint.toLowerCase(),
    fingerprint.slice(1),
    `${fingerprint}0`,
    `${spare}1`,
    `${spare}2`,
    `${spare}O`,
    '',
  ]) {
    expect(codeOf(parseFingerprint(wrong))).toBe('fingerprint-malformed')
  }
  expect(codeOf(parseFingerprint(`${spare}4`))).toBe('ok')
})

test('each way of spoiling a tlog-proof has its own code', async () => {
  const leaf = utf8Encode('only')
  const hash = sha256(concat(Uint8Array.of(0), leaf))
  const signed = signCheckpoint({ checkpoint: { origin: log.name, size: 1n, rootHash: hash }, seed, name: log.name })
  const good = utf8Decode(formatTlogProof({ leafIndex: 0n, proof: [], checkpoint: signed })) ?? ''
  const hashLine = `${base64Encode(hash)}\n`
  const cases: [string, string | Uint8Array][] = [
    ['ok', good],
    ['ok', good.replace('index', 'extra \nindex')],
    ['tlog-proof-not-utf8', concat(utf8Encode(good), Uint8Array.of(0xff))],
    ['tlog-proof-header-unknown', good.replace('@v1', '@v2')],
    ['tlog-proof-header-unknown', ''],
    ['tlog-proof-extra-malformed', good.replace('index', 'extra AA\nindex')],
    ['tlog-proof-index-malformed', good.replace('index 0', 'index 00')],
    ['tlog-proof-index-malformed', good.replace('index 0', 'Index 0')],
    ['tlog-proof-hash-malformed', good.replace('index 0\n', 'index 0\nAAAA\n')],
    ['tlog-proof-too-long', good.replace('index 0\n', `index 0\n${hashLine.repeat(64)}`)],
    ['tlog-proof-unterminated', good.slice(0, good.indexOf('\n\n'))],
    ['tlog-proof-not-included', good.replace('index 0', 'index 1')],
    ['tlog-proof-not-included', good.replace('index 0\n', `index 0\n${hashLine}`)],
    ['note-signature-invalid', good.replace('\n1\n', '\n2\n')],
  ]
  for (const [code, spoilt] of cases) {
    const result = await verifyTlogProof({ file: toBytes(spoilt), leaf, keys: [log], verify })
    expect([codeOf(result), spoilt]).toEqual([code, spoilt])
  }
  const other = await verifyTlogProof({ file: utf8Encode(good), leaf: utf8Encode('other'), keys: [log], verify })
  expect(codeOf(other)).toBe('tlog-proof-not-included')
})

test('cut or overlong bundles, cosignatures and paths are refused', () => {
  const bundle = encodeEntries([utf8Encode('ab'), utf8Encode('c')])
  for (let length = 0; length < bundle.length; length++) {
    expect(codeOf(decodeEntries(bundle.slice(0, length)))).toBe(
      length === 0 || length === 4 ? 'ok' : 'entries-truncated',
    )
  }
  expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow(RangeError)
  expect(codeOf(parseCosignature(new Uint8Array(71)))).toBe('cosignature-malformed')
  expect(codeOf(parseCosignature(new Uint8Array(72).fill(0x80, 0, 1)))).toBe('cosignature-malformed')
  for (const wrong of [
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/1000',
    'tile/0/x999/x999/x999/x999/x999/999',
  ]) {
    expect([codeOf(parseTilePath(wrong)), wrong]).toEqual(['tile-path-malformed', wrong])
    expect(codeOf(parseEntriesPath(wrong.replace(/tile\/\d+/, 'tile/entries')))).toBe(
      wrong.includes('/00/') || wrong.includes('/64/') ? 'ok' : 'tile-path-malformed',
    )
  }
})

test('what could not be read back is never written', () => {
  const signature = { name: log.name, keyId: log.keyId, signature: new Uint8Array(64) }
  const unwritable = [
    { text, signatures: [] },
    { text: 'no newline', signatures: [signature] },
    { text: 'a\r\n', signatures: [signature] },
    { text: 'lone \ud800\n', signatures: [signature] },
    { text, signatures: [{ ...signature, name: 'a b' }] },
    { text, signatures: [{ ...signature, signature: new Uint8Array(0) }] },
  ]
  for (const wrong of unwritable) expect(() => formatNote(wrong)).toThrow('no note')
  const rootHash = new Uint8Array(32)
  expect(() => formatCheckpointText({ origin: 'a\nb', size: 1n, rootHash })).toThrow('no checkpoint')
  expect(() => formatCheckpointText({ origin: '', size: 1n, rootHash })).toThrow('no checkpoint')
  expect(() => formatCheckpointText({ origin: 'a', size: -1n, rootHash })).toThrow('no checkpoint')
  expect(() => tilePath({ level: 0, index: -1, width: 1 })).toThrow(RangeError)
  expect(noteSignatureLine(signature)).toMatch(/^— log\.example\/a [A-Za-z0-9+/=]+\n$/)
})
