import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { base64Encode, utf8Encode } from '../core/bytes.ts'
import { deriveReference } from '../core/custody/reference.ts'
import { nonceOf } from '../core/evidence/story.fixture.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { submit } from './append.ts'
import { carryParty, earlierParties } from './carried.ts'
import { readCheckpoint } from './checkpoints.ts'
import { verifyNatively } from './ed25519.ts'
import { evidenceFile } from './evidence.ts'
import { foundingState } from './first-run.ts'
import { newFolder } from './folders.fixture.ts'
import { guardPath } from './guard-file.ts'
import { foundedLog, freshSettings, LiveLog } from './live-log.fixture.ts'
import type { Log, LogSettings } from './log-state.ts'
import { addMember, membershipsOf } from './members.ts'
import { closeLog, openLog } from './open-log.ts'
import { earlierConsignment, previousFile, previousLog } from './previous-log.ts'
import { publish } from './publish.ts'
import { prepareSuccession } from './succession.ts'
import { copyDatabase, replace } from './tamper.fixture.ts'

const NEXT = 'log.example.org-2'
const settingsIn = (dataDir: string): LogSettings => ({
  dataDir,
  databaseUrl: `file:${join(dataDir, 'throughline.db')}`,
  isDemo: false,
})

async function addPerson(log: Log, { id, party }: { id: string; party: string }): Promise<void> {
  const now = new Date(0)
  const user = { id, name: `Person ${id}`, email: `${id}@example.org`, emailVerified: true, createdAt: now }
  await log.prisma.user.create({ data: { ...user, image: null, updatedAt: now } })
  const account = { id: `account ${id}`, accountId: id, providerId: 'credential', userId: id, password: 'hash' }
  await log.prisma.account.create({ data: { ...account, createdAt: now, updatedAt: now } })
  await addMember({ userId: id, party, role: 'admin' }, log)
}

/** A log with a handed-in consignment, set back to before its newest records: closed, and read-only from now on. */
async function logSetBack() {
  const { live, log, donor, settings } = await foundedLog(freshSettings())
  await addPerson(log, { id: 'wanja', party: donor.party })
  await addPerson(log, { id: 'operator', party: live.operator.party })
  const packing = await live.packing(donor, 'one')
  await submit(packing, log)
  await publish(log)
  const reference = packing.subject.slice('consignment/'.length)
  const evidence = await evidenceFile(reference, {}, log)
  if (!evidence.ok) throw new Error(evidence.detail)
  await closeLog(log)
  const backup = await copyDatabase(settings, '.backup')
  const again = await openLog(settings)
  await submit(await live.packing(donor, 'two'), again)
  await closeLog(again)
  const lost = readFileSync(guardPath(settings), 'utf8')
  await replace(settings, backup)
  return { live, donor, settings, reference, evidence: evidence.value, lost }
}

/** The log that succeeds it: prepared, opened, founded as its first run would. */
async function succeeded() {
  const before = await logSetBack()
  const into = newFolder()
  const prepared = await prepareSuccession({ settings: before.settings, into })
  if (!prepared.ok) throw new Error(`${prepared.code}: ${prepared.detail}`)
  const log = await openLog(settingsIn(into))
  const live = new LiveLog(log, NEXT)
  const { previous } = await foundingState(log)
  await live.found({ index: true, previous: previous?.named as string })
  return { ...before, before: before.live, prepared: prepared.value, into, log, live }
}

test('what is prepared names the newest checkpoint that anyone has, although the database lost what it covers', async () => {
  const { settings, lost } = await logSetBack()
  const into = newFolder()
  const prepared = await prepareSuccession({ settings, into })
  expect(prepared).toMatchObject({ ok: true, value: { origin: 'log.example.org' } })
  if (!prepared.ok) return
  expect(prepared.value.size).toBeGreaterThan(prepared.value.leaves)
  expect(readFileSync(join(into, 'previous', 'checkpoint'), 'utf8')).toBe(lost)
  expect(existsSync(join(into, 'log.key'))).toBe(false)
  expect(existsSync(join(into, 'previous', 'log.key'))).toBe(false)
})

test('what cannot be prepared is refused by name, and nothing of the old log is touched', async () => {
  const { settings, lost } = await logSetBack()
  const full = newFolder()
  writeFileSync(join(full, 'mine'), '')
  const with_ = (more: object) => prepareSuccession({ settings, into: newFolder(), ...more })
  expect(await with_({ into: full })).toMatchObject({ code: 'folder-not-empty' })
  const other = await foundedLog(freshSettings())
  await closeLog(other.log)
  const strange = guardPath(other.settings)
  expect(await with_({ given: [strange] })).toMatchObject({ code: 'checkpoint-not-by-log' })
  const keyless = freshSettings()
  expect(await with_({ settings: keyless })).toMatchObject({ code: 'not-founded' })
  await replace(keyless, settings.databaseUrl)
  expect(await with_({ settings: keyless })).toMatchObject({ code: 'vkey-missing' })
  const theirs = other.log.signer?.vkey
  expect(await with_({ settings: keyless, vkey: theirs })).toMatchObject({ code: 'vkey-other' })
  expect(readFileSync(guardPath(settings), 'utf8')).toBe(lost)
})

test('leaf 0 must name that checkpoint, under a name of its own', async () => {
  const { settings } = await logSetBack()
  const into = newFolder()
  await prepareSuccession({ settings, into })
  const log = await openLog(settingsIn(into))
  const { previous } = await foundingState(log)
  await expect(new LiveLog(log, NEXT).found()).rejects.toThrow('founding-order')
  const another = base64Encode(
    utf8Encode('other\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— other AAAAAA==\n'),
  )
  await expect(new LiveLog(log, NEXT).found({ previous: another })).rejects.toThrow()
  const named = previous?.named as string
  await expect(new LiveLog(log, 'log.example.org').found({ previous: named })).rejects.toThrow('origin-mismatch')
  await new LiveLog(log, NEXT).found({ previous: named })
  expect(log.founding?.previous).toBe(named)
  await closeLog(log)
})

test('a visitor who trusted the old log is told that this one succeeds it, and is not alarmed; of an impostor they are', async () => {
  const { log, live, before, lost, prepared } = await succeeded()
  const donor = await live.join('donor', 'Nordic Relief')
  const packing = await live.packing(donor, 'three')
  await submit(packing, log)
  await publish(log)
  const file = await evidenceFile(packing.subject.slice('consignment/'.length), {}, log)
  if (!file.ok) throw new Error(file.detail)
  const trusted = { vkey: prepared.vkey, origin: before.origin }
  const look = (bytes: Uint8Array) =>
    verifyEvidence({ bytes, trusted, seen: { checkpointNote: lost }, verify: verifyNatively })
  const report = await look(utf8Encode(file.value))
  const check = report.checks.find(each => each.name === 'log-key')
  expect(check).toMatchObject({ outcome: 'not-run', code: 'log-succeeds-trusted' })
  expect(report.verdict).not.toBe('failed')
  await closeLog(log)

  const impostor = await foundedLog(freshSettings())
  const goods = await impostor.live.packing(impostor.donor, 'mine')
  await submit(goods, impostor.log)
  await publish(impostor.log)
  const forged = await evidenceFile(goods.subject.slice('consignment/'.length), {}, impostor.log)
  await closeLog(impostor.log)
  expect(forged.ok && (await look(utf8Encode(forged.value))).verdict).toBe('failed')
})

test('labels, evidence and tiles of the old log stay, and its evidence verifies with its own key', async () => {
  const { log, reference, prepared, into } = await succeeded()
  expect(await earlierConsignment(reference, log)).toMatchObject({ origin: 'log.example.org', records: 1, next: NEXT })
  expect(await earlierConsignment('00000000000', log)).toBeUndefined()
  const before = (await previousLog(log)) as Log
  const file = await evidenceFile(reference, {}, before)
  if (!file.ok) throw new Error(file.detail)
  const trusted = { vkey: prepared.vkey }
  const report = await verifyEvidence({ bytes: utf8Encode(file.value), trusted, verify: verifyNatively })
  expect(report.verdict).toBe('verified')
  const checkpoint = await previousFile('checkpoint', log)
  expect(new TextDecoder().decode(checkpoint)).toBe((await readCheckpoint(before.adapter))?.note)
  expect(await previousFile('tile/0/000.p/9', log)).toEqual(await previousFile('tile/0/000.p/9', log))
  expect(await previousFile('../throughline.db', log)).toBeUndefined()
  expect(await previousFile('throughline.db', log)).toBeUndefined()
  expect(existsSync(join(into, 'previous', 'log', 'checkpoint'))).toBe(true)
  await closeLog(log)
})

test('one signature brings a party and its people over; nobody starts again, and nobody comes twice', async () => {
  const { log, live, donor, before } = await succeeded()
  const parties = await earlierParties(log)
  expect(parties.map(({ name, wasOperator }) => [name, wasOperator])).toEqual([
    ['Hilltop Hospital', false],
    ['Nordic Relief', false],
    ['Relief Log Office', true],
  ])
  const nordic = parties.find(party => party.name === 'Nordic Relief')
  expect(nordic?.reference).toBe(donor.party)
  const nonce = nonceOf('donor')
  const { key } = live.operator.pair
  const party = deriveReference({ kind: 'party', author: key, nonce })
  const bring = { earlier: donor.party, party, key, nonce }
  expect(await carryParty({ ...bring, party: donor.party.replace(/.$/, '0') }, log)).toBe(false)
  expect(await carryParty({ ...bring, earlier: '00000000000' }, log)).toBe(false)
  expect(await carryParty(bring, log)).toBe(true)
  expect(await carryParty(bring, log)).toBe(true)
  await live.join('donor', 'Nordic Relief')
  expect((await earlierParties(log)).map(each => each.name)).toEqual(['Hilltop Hospital', 'Relief Log Office'])
  expect(await membershipsOf('wanja', log)).toMatchObject([{ party, name: 'Nordic Relief', role: 'admin' }])
  expect(await log.prisma.account.findMany({ where: { userId: 'wanja' } })).toHaveLength(1)

  const operators = { earlier: before.operator.party, party: live.operator.party, key, nonce }
  expect(await carryParty(operators, log)).toBe(true)
  expect(await membershipsOf('operator', log)).toMatchObject([{ isOperator: true }])
  await closeLog(log)
})
