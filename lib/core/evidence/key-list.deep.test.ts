import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { utf8Decode, utf8Encode } from '../bytes.ts'
import { verifyEd25519Fallback as verify } from '../ledger/ed25519.ts'
import { isIndexLeaf } from '../ledger/index-leaf.ts'
import { mapKey } from '../ledger/map.ts'
import { proveMap } from '../ledger/map-proof.ts'
import { proveMulti } from '../ledger/multi-proof.ts'
import type { EvidenceLeaf } from './bundle.ts'
import { checkpointOf, mapOf, sealed, sourceOf, TENTS, vkeyOf } from './evidence.fixture.ts'
import { formatKeyList, type KeyList, keyListSubjects, parseKeyList, selectKeyList } from './key-list.ts'
import { KEY_LIST_CODES, verifyKeyList } from './key-list-verify.ts'
import { readLeaves } from './read-leaves.ts'
import { type Actor, nonceOf, pairOf, StoryLog } from './story.fixture.ts'

const trusted = { vkey: vkeyOf('log.example.org') }

/** A donor with three further keys, of which one was revoked; another party beside it. */
async function keyed() {
  const log = await new StoryLog({ origin: 'log.example.org' }).found({ index: true })
  const donor = await log.join('donor', 'Nordic Relief')
  await log.join('carrier', 'Blue Truck')
  const more = ['phone', 'desk', 'lost phone'].map(pairOf)
  for (const pair of more) await log.enrol({ actor: donor, party: donor.party, pair, role: 'member' })
  const lost = more[2] as (typeof more)[number]
  await log.act({ actor: donor, subject: `key/${lost.key}`, kind: 'revoke', body: { reason: 'lost' } })
  const subject = log.consignment({ actor: donor, name: 'tents' })
  await log.act({ actor: donor, subject, kind: 'pack', body: { nonce: nonceOf('tents'), lines: [TENTS] } })
  const keys = [donor.pair, ...more].map(({ key }) => key)
  return { log, donor, keys, lost, goods: subject }
}

/** The list as a server proves it that shows only these leaves: honest about each of them. */
async function listed(
  log: StoryLog,
  donor: Actor,
  keys: readonly string[],
  shown: { without?: readonly number[]; with?: readonly number[]; size?: number } = {},
): Promise<KeyList> {
  const size = shown.size ?? (await sealed(log))
  const leafAt = (index: number): EvidenceLeaf => ({ index, bytes: log.leaves[index] as Uint8Array })
  const { party } = donor
  const selected = await selectKeyList({
    party,
    keys,
    source: sourceOf(log),
    treeSize: size,
    indexLeaf: leafAt(size - 1),
  })
  const leaves = [...selected.leaves, ...(shown.with ?? []).map(leafAt)]
    .filter(({ index }) => !(shown.without ?? []).includes(index))
    .sort((a, b) => a.index - b.index)
  const reads = await readLeaves({ leaves, hashes: leaves.map(({ index }) => log.hashes[index] as Uint8Array), verify })
  const signed = reads.flatMap(read => (read.signed.ok ? read.signed.value : []))
  return {
    party,
    checkpoint: checkpointOf(log, { size }),
    vkey: trusted.vkey,
    leaves,
    proof: proveMulti({ leafHashes: log.hashes.slice(0, size), leafIndices: leaves.map(({ index }) => index) }),
    map: await proveMap((await mapOf(log, size)).tiles, keyListSubjects(party, signed).map(mapKey)),
  }
}

const verdictOn = (list: KeyList, of = trusted) =>
  verifyKeyList({ bytes: utf8Encode(formatKeyList(list)), trusted: of, verify })

test('a party’s whole list of keys is proven, with what became of each', async () => {
  const { log, donor, keys, lost } = await keyed()
  const list = await listed(log, donor, keys)
  expect(parseKeyList(utf8Encode(formatKeyList(list)))).toEqual({ ok: true, value: list })
  const proven = await verdictOn(list)
  expect(proven).toMatchObject({ ok: true, value: { party: donor.party, trust: 'trusted', checkpointSize: log.size } })
  if (!proven.ok) throw new Error(proven.code)
  expect(proven.value.keys.map(({ key }) => key)).toEqual(keys)
  expect(proven.value.keys.map(({ revoked }) => revoked?.reason)).toEqual([undefined, undefined, undefined, 'lost'])
  expect(proven.value.keys.at(-1)?.key).toBe(lost.key)
  // Leaf 0, the operator and its key, the donor, its four keys and a revocation, the index leaf: nobody else's goods or keys.
  expect(list.leaves).toHaveLength(10)
  expect(await verifyKeyList({ bytes: utf8Encode(formatKeyList(list)), verify })).toMatchObject({
    value: { trust: 'nothing-trusted' },
  })
})

test('a list with one key left out, proven anew for all the rest, is found incomplete', async () => {
  const { log, donor, keys } = await keyed()
  for (const left of keys.slice(1, 3)) {
    const list = await listed(
      log,
      donor,
      keys.filter(key => key !== left),
    )
    expect(await verdictOn(list)).toMatchObject({ ok: false, code: 'key-list-incomplete' })
  }
})

test('a list without a revocation, proven anew for all the rest, is found incomplete', async () => {
  const { log, donor, keys, lost } = await keyed()
  const revocation = log.chains.get(`key/${lost.key}`)?.[1] as number
  const list = await listed(log, donor, keys, { without: [revocation] })
  expect(await verdictOn(list)).toMatchObject({ ok: false, code: 'key-list-incomplete' })
})

test('the operator cannot show a list from before: it is of that size, and a key enrolled since is in the next', async () => {
  const { log, donor, keys } = await keyed()
  const size = await sealed(log)
  const another = pairOf('stolen in the night')
  await log.enrol({ actor: donor, party: donor.party, pair: another })
  const old = await verdictOn(await listed(log, donor, keys, { size }))
  expect(old).toMatchObject({ ok: true, value: { checkpointSize: size } })
  expect(await verdictOn(await listed(log, donor, keys))).toMatchObject({ code: 'key-list-incomplete' })
  expect(await verdictOn(await listed(log, donor, [...keys, another.key]))).toMatchObject({ ok: true })
})

test('a key that the operator enrolled although the party has an admin’s is refused, however well it is proven', async () => {
  const { log, donor, keys } = await keyed()
  const forced = pairOf('by the operator')
  await log.enrol({ actor: log.operator, party: donor.party, pair: forced })
  const list = await listed(log, donor, [...keys, forced.key])
  expect(await verdictOn(list)).toMatchObject({ ok: false, code: 'refusable' })
})

test('what is wrong with a list of keys has a code of its own', async () => {
  const { log, donor, keys, goods } = await keyed()
  const list = await listed(log, donor, keys)
  const other = { vkey: vkeyOf('log.example.org', pairOf('another log key')) }
  const [packed] = log.chains.get(goods) as number[]
  const middle = log.leaves.findIndex(isIndexLeaf)
  const cases: [string, KeyList, typeof trusted?][] = [
    ['log-key-other', list, other],
    ['checkpoint-unreadable', { ...list, checkpoint: 'no note' }],
    ['malformed-proof', { ...list, proof: list.proof.slice(1) }],
    ['root-mismatch', { ...list, leaves: list.leaves.slice(0, -1) }],
    ['leaf-zero-missing', await listed(log, donor, keys, { without: [0] })],
    ['index-missing', await listed(log, donor, keys, { without: [log.size - 1] })],
    ['key-list-stray', await listed(log, donor, keys, { with: [packed as number] })],
    ['map-proof-malformed', { ...list, map: { ...list.map, hashes: list.map.hashes.slice(1) } }],
    ['map-root-mismatch', { ...list, map: { ...list.map, hashes: list.map.hashes.map(hash => hash.map(() => 7)) } }],
  ]
  expect(middle).toBe(log.size - 1)
  for (const [code, wrong, of] of cases) expect(await verdictOn(wrong, of), code).toMatchObject({ ok: false, code })
})

test('a log that promises no index proves no list whole', async () => {
  const log = await new StoryLog({ origin: 'log.example.org' }).found()
  const donor = await log.join('donor', 'Nordic Relief')
  const size = log.seal({ mapRoot: (await mapOf(log, log.size)).root })
  expect(await verdictOn(await listed(log, donor, [donor.pair.key], { size }))).toMatchObject({
    code: 'index-not-promised',
  })
})

test('a list has one spelling', async () => {
  const { log, donor, keys } = await keyed()
  const file = formatKeyList(await listed(log, donor, keys))
  const codes = [
    ['evidence-not-canonical', file.replace('{', '{ ')],
    ['evidence-unterminated', file.slice(0, -1)],
    ['evidence-format-unknown', file.replace('key-list/v1', 'key-list/v2')],
    ['evidence-member-unknown', file.replace('"format"', '"extra":"","format"')],
    ['evidence-member-missing', file.replace(/"map":\{.*\},"party"/, '"party"')],
    ['evidence-subject-malformed', file.replace(donor.party, donor.party.toLowerCase())],
    ['evidence-map-malformed', file.replace('"ends":[', '"ends":[{"depth":"1"},')],
  ] as const
  for (const [code, spelled] of codes) {
    expect(parseKeyList(utf8Encode(spelled)), code).toMatchObject({ ok: false, code })
  }
  expect(utf8Decode(utf8Encode(file))).toBe(file)
})

test('every code of a list of keys stands in SPEC.md', () => {
  const spec = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8')
  expect(KEY_LIST_CODES.filter(code => !spec.includes(`\`${code}\``))).toEqual([])
})
