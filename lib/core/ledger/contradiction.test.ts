import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { sha256, utf8Decode, utf8Encode } from '../bytes.ts'
import { signCheckpoint } from './checkpoint.ts'
import { formatContradiction, isContradiction, judgeContradiction } from './contradiction.ts'
import { publicKeyOf, type VerifySignature } from './ed25519.ts'
import { leafHash, proveConsistency, rootOf } from './merkle.ts'
import { formatVkey, noteKey, TYPE_ED25519 } from './vkey.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verify: VerifySignature = ({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return nodeVerify(null, message, key, signature)
}

const seed = sha256(utf8Encode('log'))
const name = 'log.example'
const vkey = formatVkey(noteKey({ name, type: TYPE_ED25519, publicKey: publicKeyOf(seed) }))
const view = (word: string) =>
  Array.from({ length: 12 }, (_, i) => leafHash(utf8Encode(i < 3 ? `leaf ${i}` : `${word} ${i}`)))
const [one, other] = [view('one'), view('other')]
const note = (leaves: Uint8Array[], size: number, origin = name) =>
  utf8Decode(
    signCheckpoint({ checkpoint: { origin, size: BigInt(size), rootHash: rootOf(leaves.slice(0, size)) }, seed, name }),
  ) as string
const judge = async (text: string) => {
  const judged = await judgeContradiction({ bytes: utf8Encode(text), verify })
  return judged.ok ? judged.value.map(({ size }) => Number(size)) : judged.code
}
/** The larger view's own beginning, and the proof from there. */
const proofFrom = (leaves: Uint8Array[], oldSize: number, size: number) => [
  rootOf(leaves.slice(0, oldSize)),
  ...proveConsistency({ leafHashes: leaves.slice(0, size), oldSize }),
]

test('two checkpoints of one size with different roots convict their log', async () => {
  const text = formatContradiction({ vkey, proof: [], notes: [note(one, 8), note(other, 8)] })
  expect(isContradiction(utf8Encode(text))).toBe(true)
  expect(await judge(text)).toEqual([8, 8])
})

test('two checkpoints of different sizes convict it with a proof that the larger tree begins otherwise', async () => {
  for (const [small, large] of [
    [4, 8],
    [5, 11],
    [8, 12],
    [7, 8],
  ] as const) {
    const notes = [note(other, large), note(one, small)] as const
    expect(await judge(formatContradiction({ vkey, proof: proofFrom(other, small, large), notes }))).toEqual([
      large,
      small,
    ])
    expect(await judge(formatContradiction({ vkey, proof: [], notes }))).toBe('contradiction-open')
    expect(await judge(formatContradiction({ vkey, proof: proofFrom(one, small, large), notes }))).toBe(
      'contradiction-open',
    )
  }
})

test('an honest log cannot be convicted', async () => {
  for (let small = 1; small <= 11; small++) {
    const notes = [note(one, 12), note(one, small)] as const
    expect(await judge(formatContradiction({ vkey, proof: proofFrom(one, small, 12), notes }))).toBe(
      'contradiction-open',
    )
    expect(await judge(formatContradiction({ vkey, proof: proofFrom(other, small, 12), notes }))).toBe(
      'contradiction-open',
    )
  }
  expect(await judge(formatContradiction({ vkey, proof: [], notes: [note(one, 3), note(other, 3)] }))).toBe(
    'contradiction-open',
  )
  const forged = note(other, 8).replace('log.example\n8', 'log.example\n7')
  expect(await judge(formatContradiction({ vkey, proof: [], notes: [note(one, 7), forged] }))).toBe(
    'contradiction-not-signed',
  )
  const elsewhere = note(other, 8, 'another.example')
  expect(await judge(formatContradiction({ vkey, proof: [], notes: [note(one, 8), elsewhere] }))).toBe(
    'contradiction-not-signed',
  )
})

test('a contradiction has one spelling', async () => {
  const text = formatContradiction({ vkey, proof: proofFrom(other, 5, 8), notes: [note(other, 8), note(one, 5)] })
  for (const wrong of [
    '',
    text.slice(0, -1),
    `${text}\n`,
    text.replace('/v1', '/v2'),
    text.replace(vkey, `${vkey} `),
    text.replace('=\n', '\n'),
    `${text}\n${note(one, 5)}`,
    text.slice(0, text.lastIndexOf('\n\n') + 1),
  ]) {
    expect([wrong, await judge(wrong)]).toEqual([wrong, 'contradiction-malformed'])
  }
})
