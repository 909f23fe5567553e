import { randomBytes } from 'node:crypto'
import { hexDecode, utf8Encode } from '../core/bytes.ts'
import { type Event, keyName } from '../core/custody/event.ts'
import { formatLocalTime } from '../core/custody/local-time.ts'
import type { Role } from '../core/custody/state.ts'
import { composeEvent } from '../core/evidence/compose.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { submit } from './append.ts'
import { database } from './database.ts'
import { type KeptKey, loadKeys } from './kept-keys.ts'
import type { Log } from './log-state.ts'
import { partiesNamed } from './parties.ts'
import { signNatively } from './sign.ts'
import type { RefusedCode } from './waiting.ts'

/** What a visitor of the demo can be, by what the seeding (lib/cli/story-cast.ts) keeps that party's key for. */
const USES = {
  donor: 'donor',
  'carrier A': 'carrier',
  'carrier B': 'carrier',
  hospital: 'hospital',
  clinic: 'clinic',
  operator: 'operator',
} as const

export type DemoPart = (typeof USES)[keyof typeof USES]

/** A party that any visitor of the demo may act for. */
export type DemoParty = { readonly part: DemoPart; readonly party: string; readonly name: string }

export type DemoRefusal =
  | 'not-demo'
  | 'no-demo-party'
  | 'key-malformed'
  | 'key-revoked'
  | 'key-of-another'
  | 'seeded-key-revoked'
  | RefusedCode

/** The parties of the demo's story that are registered, in the order of the goods' way; none on any other log. */
export async function demoParties(on?: Log): Promise<readonly DemoParty[]> {
  const log = on ?? (await database())
  const seeded = seededKeys(log)
  const parties = await partiesNamed(
    [...seeded.values()].map(key => key.party),
    log,
  )
  return Object.entries(USES).flatMap(([use, part]) => {
    const party = parties.get(seeded.get(use)?.party ?? '')
    return party ? [{ part, party: party.reference, name: party.name }] : []
  })
}

/**
 * Enrols a key that a visitor's browser has just made, as an admin's of `party`, signed by the seeded key that this server keeps: in a demo log
 * and nowhere else (leaf 0 says so). A key that is enrolled already stays as it is. `publicKey`: 32 bytes of hex; `proof`: the new key's
 * signature over its enrolment, 64 bytes of hex. Codes: `not-demo`, `no-demo-party` (nobody keeps a key for it here), `key-malformed`,
 * `key-revoked` and `key-of-another` (the visitor's), `seeded-key-revoked` (some visitor, acting as admin, revoked it), what append refuses.
 */
export async function enrolDemoKey(
  asked: { party: string; publicKey: string; proof: string },
  on?: Log,
): Promise<Result<{ key: string }, DemoRefusal>> {
  const log = on ?? (await database())
  if (log.founding?.mode !== 'demo') return fail('not-demo', 'this log was not founded as a demonstration')
  const seeded = [...seededKeys(log).values()].find(each => each.party === asked.party)
  if (!seeded) return fail('no-demo-party', asked.party)
  const publicKey = hexDecode(asked.publicKey, 32)
  if (!publicKey || !hexDecode(asked.proof, 64)) return fail('key-malformed', 'a key has 32 bytes, a signature 64')
  const key = keyName(publicKey)
  const [known, ours] = await Promise.all([keyRow(log, key), keyRow(log, seeded.key)])
  if (known) {
    if (known.party !== asked.party) return fail('key-of-another', known.party)
    return known.revokedAt === null ? pass({ key }) : fail('key-revoked', key)
  }
  if (ours?.revokedAt !== null) return fail('seeded-key-revoked', seeded.key)
  const { note, openings } = await enrolment(log, { seeded, key, ...asked })
  const submission = await submit({ note: utf8Encode(note), openings }, log)
  return submission.outcome === 'refused' ? fail(submission.code, submission.detail) : pass({ key })
}

/** The admin keys kept here for this demo log, by use. */
function seededKeys({ founding, settings }: Log): ReadonlyMap<string, KeptKey> {
  if (founding?.mode !== 'demo') return new Map()
  const ours = loadKeys(settings.dataDir).filter(
    key => key.origin === founding.origin && key.role === 'admin' && key.use in USES,
  )
  return new Map(ours.map(key => [key.use, key]))
}

const keyRow = (log: Log, key: string) => log.prisma.key.findUnique({ where: { key } })

function enrolment(log: Log, args: { seeded: KeptKey; key: string; party: string; publicKey: string; proof: string }) {
  const { seeded, key, party, publicKey, proof } = args
  const role: Role = 'admin'
  const event: Event = {
    origin: seeded.origin,
    about: 'key',
    id: key,
    subject: `key/${key}`,
    after: '',
    kind: 'enrol',
    by: party,
    key: seeded.key,
    at: formatLocalTime(log.clock()),
    body: { party, publicKey, role, held: 'device', proof },
  }
  return composeEvent({
    event,
    values: {},
    publicKey: seeded.publicKey,
    sign: message => signNatively({ seed: seeded.seed, message }),
    random: bytes => new Uint8Array(randomBytes(bytes)),
  })
}
