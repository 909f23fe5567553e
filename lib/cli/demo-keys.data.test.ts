import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { hexEncode, utf8Encode } from '../core/bytes.ts'
import { enrolMessage } from '../core/custody/claims.ts'
import { submit } from '../data/append.ts'
import { demoParties, enrolDemoKey } from '../data/demo-keys.ts'
import { type KeptKey, keptKey } from '../data/kept-keys.ts'
import { freshSettings } from '../data/live-log.fixture.ts'
import type { Log } from '../data/log-state.ts'
import { closeLog, openLog } from '../data/open-log.ts'
import { signNatively } from '../data/sign.ts'
import { openFolderMemory } from './folder-memory.ts'
import { foundLog, joinParty } from './founding.ts'
import { openScribe, type Scribe } from './scribe.ts'
import { enterCast, OPERATOR } from './story-cast.ts'

const random = (bytes: number) => new Uint8Array(randomBytes(bytes))

/** A scribe whose keys lie in the log's own folder, as `npm run demo` leaves them. */
function scribeOf(log: Log, origin: string): Scribe {
  const post = ({ note, openings }: { note: string; openings: Parameters<typeof submit>[0]['openings'] }) =>
    submit({ note: utf8Encode(note), openings, founding: true }, log)
  return openScribe({ origin, post, clock: Date.now, random, memory: openFolderMemory(log.settings.dataDir) })
}

/** A key as a browser makes it, with its proof. */
function browserKey(log: Log, party: string): { kept: KeptKey; publicKey: string; proof: string; party: string } {
  const origin = log.founding?.origin ?? ''
  const kept = keptKey({ origin, use: 'visitor', party, role: 'admin', seed: random(32) })
  const message = utf8Encode(enrolMessage({ origin, party, role: 'admin' }))
  const proof = hexEncode(signNatively({ seed: kept.seed, message }))
  return { kept, publicKey: hexEncode(kept.publicKey), proof, party }
}

async function openDemo() {
  const log = await openLog({ ...freshSettings(), isDemo: true })
  const scribe = scribeOf(log, 'demo.invalid/keys')
  return { log, scribe, cast: await enterCast(scribe) }
}

test('in a demo every party of the story can be entered, and a key made by a browser is enrolled for it', async () => {
  const { log, cast } = await openDemo()
  const parties = await demoParties(log)
  expect(parties.map(({ part, name }) => `${part}: ${name}`)).toEqual([
    'donor: Harbour Relief',
    'carrier: Northline Transport',
    'carrier: Seaway Freight',
    'hospital: Valley District Hospital',
    'clinic: Lakeside Clinic',
    'operator: Throughline demonstration',
  ])
  for (const { party } of parties) {
    const made = browserKey(log, party)
    expect(await enrolDemoKey(made, log)).toEqual({ ok: true, value: { key: made.kept.key } })
    expect(await enrolDemoKey(made, log)).toEqual({ ok: true, value: { key: made.kept.key } })
    const row = await log.prisma.key.findUniqueOrThrow({ where: { key: made.kept.key } })
    expect(row).toMatchObject({ party, role: 'admin', held: 'device', byOperator: false, revokedAt: null })
  }
  const stranger = browserKey(log, cast.person.reference)
  expect(await enrolDemoKey(stranger, log)).toMatchObject({ ok: false, code: 'no-demo-party' })
  await closeLog(log)
})

test('a key without its own signature, for a second party, or revoked, is not enrolled', async () => {
  const { log, cast } = await openDemo()
  const made = browserKey(log, cast.donor.reference)
  expect(await enrolDemoKey({ ...made, proof: '00'.repeat(64) }, log)).toMatchObject({ ok: false })
  expect(await enrolDemoKey({ ...made, publicKey: 'zz' }, log)).toMatchObject({ code: 'key-malformed' })
  expect(await enrolDemoKey(made, log)).toMatchObject({ ok: true })
  expect(await enrolDemoKey({ ...made, party: cast.hospital.reference }, log)).toMatchObject({ code: 'key-of-another' })
  await revoke(log, { signer: made.kept, key: made.kept.key })
  expect(await enrolDemoKey(made, log)).toMatchObject({ code: 'key-revoked' })
  await closeLog(log)
})

test('where a visitor has revoked the seeded key, that is said and nothing is enrolled', async () => {
  const { log, cast } = await openDemo()
  const made = browserKey(log, cast.donor.reference)
  await enrolDemoKey(made, log)
  await revoke(log, { signer: made.kept, key: cast.donor.key.key })
  expect(await enrolDemoKey(browserKey(log, cast.donor.reference), log)).toMatchObject({ code: 'seeded-key-revoked' })
  await closeLog(log)
})

test('a log that was founded for production enrols nobody this way, though its keys lie beside it', async () => {
  const log = await openLog(freshSettings())
  const scribe = scribeOf(log, 'relief.example/log')
  const operator = await foundLog(scribe, { mode: 'production', operator: OPERATOR })
  const donor = await joinParty(scribe, { step: 'donor', operator, registrant: OPERATOR })
  expect(await demoParties(log)).toEqual([])
  const made = browserKey(log, donor.reference)
  expect(await enrolDemoKey(made, log)).toMatchObject({ ok: false, code: 'not-demo' })
  expect(await log.prisma.key.count({ where: { party: donor.reference } })).toBe(1)
  await closeLog(log)
})

/** Revokes a key with another of its party. */
async function revoke(log: Log, { signer, key }: { signer: KeptKey; key: string }): Promise<void> {
  const scribe = scribeOf(log, signer.origin)
  const row = await log.prisma.leaf.findFirstOrThrow({ where: { subject: `key/${key}` } })
  const name = await log.prisma.eventName.findFirstOrThrow({ where: { leafIndex: row.leafIndex } })
  await scribe.write({
    step: `revoke ${key}`,
    actor: { reference: signer.party, key: signer },
    about: 'key',
    id: key,
    kind: 'revoke',
    body: { reason: 'lost' },
    after: name.hash,
  })
}
