import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { equalBytes, utf8Decode, utf8Encode } from '../bytes.ts'
import type { Result } from '../result.ts'
import { formatCheckpointText, parseCheckpointText } from './checkpoint.ts'
import { formatCosignature, parseCosignature } from './cosignature.ts'
import { formatNote, parseNote } from './note.ts'
import { decodeEntries, encodeEntries, entriesPath, parseEntriesPath, parseTilePath, tilePath } from './tile.ts'
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts'
import {
  formatFingerprint,
  formatVkey,
  isKeyName,
  noteKey,
  parseFingerprint,
  parseVkey,
  TYPE_COSIGNATURE,
  TYPE_ED25519,
} from './vkey.ts'
import { formatWitnessRequest, parseWitnessRequest } from './witness-request.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(array => array.slice())
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(isKeyName)
const line = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('—', '\u{1F4E6}', '+', ' ', 'é', '\ufeff', '\x7f'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 20,
  })
  .filter(value => ![...value].some(character => character < ' '))
const note = fc.record({
  text: fc.array(line, { minLength: 1, maxLength: 5 }).map(lines => `${lines.join('\n')}\n`),
  signatures: fc.array(
    fc.record({ name, keyId: bytes(4), signature: fc.uint8Array({ minLength: 1, maxLength: 80 }).map(a => a.slice()) }),
    { minLength: 1, maxLength: 4 },
  ),
})
const size = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.nat(300).map(BigInt))
const checkpoint = fc.record({ origin: line.filter(value => value !== ''), size, rootHash: bytes(32) })
const vkey = fc
  .record({ name, type: fc.constantFrom(TYPE_ED25519, TYPE_COSIGNATURE), publicKey: bytes(32) })
  .map(noteKey)
const tile = fc.record({
  level: fc.integer({ min: 0, max: 63 }),
  index: fc.oneof(fc.nat(1_000_000), fc.maxSafeNat()),
  width: fc.integer({ min: 1, max: 256 }),
})
const tlogProof = fc.record(
  {
    extra: fc.uint8Array({ maxLength: 20 }).map(a => a.slice()),
    leafIndex: size,
    proof: fc.array(bytes(32), { maxLength: 63 }),
    checkpoint: note.map(formatNote),
  },
  { requiredKeys: ['leafIndex', 'proof', 'checkpoint'] },
)

/** One text or byte format: what it holds, and both ways of it. */
type Format<Value, Written extends string | Uint8Array> = {
  values: fc.Arbitrary<Value>
  format: (value: Value) => Written
  parse: (written: Written) => Result<Value>
}

const toBytes = (written: string | Uint8Array) => (typeof written === 'string' ? utf8Encode(written) : written)

/** parse(format(x)) = x; and whatever parse takes, in any spelling near a right one, is what format writes. */
function oneSpelling<Value, Written extends string | Uint8Array>(title: string, tested: Format<Value, Written>) {
  test(`${title}: what is written is read back, and nothing else is read`, () => {
    fc.assert(
      fc.property(tested.values, value => {
        expect(tested.parse(tested.format(value))).toEqual({ ok: true, value })
      }),
      { numRuns: 50 },
    )
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), kind: fc.nat(4), byte: fc.nat(255) })
    const near = fc.constantFrom(...utf8Encode(' \n\r\t+-=0159AZaz/—x.').values())
    const wrongly: string[] = []
    fc.assert(
      fc.property(tested.values, edit, near, (value, { at, kind, byte }, likely) => {
        const written = tested.format(value)
        const right = toBytes(written)
        const position = Math.floor(at * right.length)
        const changed = Uint8Array.from(
          kind < 2
            ? right.with(Math.min(position, right.length - 1), kind === 0 ? byte : likely)
            : [
                ...right.slice(0, position),
                ...(kind === 2 ? [] : [kind === 3 ? byte : likely]),
                ...right.slice(kind === 2 ? position + 1 : position),
              ],
        )
        const spelled = typeof written === 'string' ? utf8Decode(changed) : changed
        if (spelled === undefined) return
        const read = tested.parse(spelled as Written)
        if (read.ok && !equalBytes(toBytes(tested.format(read.value)), changed)) wrongly.push(String(spelled))
      }),
      { numRuns: 400 },
    )
    expect(wrongly).toEqual([])
  })
}

oneSpelling('a signed note', { values: note, format: formatNote, parse: parseNote })
oneSpelling('a vkey', { values: vkey, format: formatVkey, parse: parseVkey })
oneSpelling('a fingerprint', { values: bytes(16), format: formatFingerprint, parse: parseFingerprint })
oneSpelling('a tile path', { values: tile, format: tilePath, parse: parseTilePath })
oneSpelling('a bundle path', {
  values: tile.map(({ index, width }) => ({ index, width })),
  format: entriesPath,
  parse: parseEntriesPath,
})
oneSpelling('a bundle', {
  values: fc.array(
    fc.uint8Array({ maxLength: 300 }).map(a => a.slice()),
    { minLength: 1, maxLength: 5 },
  ),
  format: encodeEntries,
  parse: decodeEntries,
})
oneSpelling('a cosignature', {
  values: fc.record({ time: size, signature: bytes(64) }),
  format: formatCosignature,
  parse: parseCosignature,
})
oneSpelling('a tlog-proof', { values: tlogProof, format: formatTlogProof, parse: parseTlogProof })
oneSpelling('a request to a witness', {
  values: fc.record({ oldSize: size, proof: fc.array(bytes(32), { maxLength: 63 }), checkpoint: note.map(formatNote) }),
  format: formatWitnessRequest,
  parse: parseWitnessRequest,
})
oneSpelling('a checkpoint', {
  values: checkpoint.map(value => ({ ...value, extension: '' })),
  format: formatCheckpointText,
  // Extension lines are another writer's; ours are read only without.
  parse: written => {
    const read = parseCheckpointText(written)
    return read.ok && read.value.extension !== '' ? { ok: false, code: 'checkpoint-extended', detail: '' } : read
  },
})
