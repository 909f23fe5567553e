import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { verifyKeyList } from '../core/evidence/key-list-verify.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { submit } from './append.ts'
import { verifyNatively } from './ed25519.ts'
import { keyListFile } from './key-list.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'

async function proven(log: Log, party: string) {
  const file = await keyListFile(party, log)
  if (!file.ok) throw new Error(file.code)
  const vkey = log.signer?.vkey ?? ''
  const list = await verifyKeyList({ bytes: utf8Encode(file.value), trusted: { vkey }, verify: verifyNatively })
  if (!list.ok) throw new Error(`${list.code}: ${list.detail}`)
  return list.value
}

test('every party’s list of keys is served with the proof that it is whole, and follows what is sealed', async () => {
  const { live, log, donor, recipient } = await foundedLog()
  const phone = pairOf('phone')
  await live.enrol({ actor: donor, party: donor.party, pair: phone, role: 'member' })
  await publish(log)
  expect((await proven(log, donor.party)).keys.map(({ key }) => key)).toEqual([donor.pair.key, phone.key])
  expect((await proven(log, recipient.party)).keys.map(({ key }) => key)).toEqual([recipient.pair.key])
  expect((await proven(log, live.operator.party)).keys).toHaveLength(2)
  await live.act({ actor: donor, subject: `key/${phone.key}`, kind: 'revoke', body: { reason: 'lost' } })
  await submit(await live.packing(donor, 'beside it'), log)
  await publish(log)
  const after = await proven(log, donor.party)
  expect(after.keys.map(({ revoked }) => revoked?.reason)).toEqual([undefined, 'lost'])
  expect(after.trust).toBe('trusted')
  await closeLog(log)
})

test('nobody’s list is served, and none by a log that promises no index', async () => {
  const { log } = await foundedLog()
  await publish(log)
  expect(await keyListFile('00000000000', log)).toMatchObject({ code: 'party-unknown' })
  await closeLog(log)
  const bare = await foundedLog(freshSettings(), { index: false })
  await publish(bare.log)
  expect(await keyListFile(bare.donor.party, bare.log)).toMatchObject({ code: 'index-not-promised' })
  await closeLog(bare.log)
})
