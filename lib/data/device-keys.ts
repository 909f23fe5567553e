import { hexDecode, utf8Encode } from '../core/bytes.ts'
import { enrolMessage } from '../core/custody/claims.ts'
import { keyName } from '../core/custody/event.ts'
import type { Role } from '../core/custody/state.ts'
import { isSignableText, timeMilliseconds } from '../core/custody/text.ts'
import { isSoundPublicKey } from '../core/ledger/sound-key.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { database } from './database.ts'
import { verifyNow } from './ed25519.ts'
import type { KeyRecord } from './key-records.ts'
import { keyRecords } from './key-records.ts'
import type { Log } from './log-state.ts'
import { serially } from './serially.ts'

/** Characters of a device's name in its owner's words. */
export const LONGEST_DEVICE = 60
/** Keys of one member that may wait for one party at a time: a lost phone or two, not a flood for the admin. */
const MOST_WAITING = 5

/** A key that was made on a device and waits for an admin to enrol it; only signed-in members of the party see it. */
export type WaitingKey = {
  readonly key: string
  readonly publicKey: string
  readonly role: Role
  readonly proof: string
  readonly device: string
  readonly userId: string
  /** Of the member who made it; undefined once they have left. */
  readonly member: string | undefined
  /** Unix milliseconds. */
  readonly createdAt: number
}

/** A key of the log with whose device it is, as far as this server knows. */
export type KnownKey = KeyRecord & {
  readonly userId?: string
  readonly member?: string
  readonly device?: string
}

export type PartyKeys = {
  /** Oldest first. */
  readonly waiting: readonly WaitingKey[]
  /** Asked for and turned down. */
  readonly declined: readonly WaitingKey[]
  /** Every key ever enrolled in the party's name, newest first. */
  readonly enrolled: readonly KnownKey[]
}

export type RequestCode =
  | 'key-malformed'
  | 'device-malformed'
  | 'key-unsound'
  | 'key-proof'
  | 'key-taken'
  | 'key-declined'
  | 'key-too-many'
  | 'log-not-founded'

export type KeyRequest = {
  /** Reference of the party that it is to sign for. */
  readonly party: string
  readonly userId: string
  /** 32 bytes, lower-case hex. */
  readonly publicKey: string
  /** 64 bytes, lower-case hex: the new key's signature over `enrolMessage`. */
  readonly proof: string
  readonly role: Role
  readonly device: string
}

/**
 * Notes that a member made a key, so that an admin can enrol it. Everything the log would refuse about the key itself is refused here: an admin
 * never signs in vain. Asking again for the same key changes nothing but the device's name. `origin`: before the log is founded.
 * Codes: `key-malformed`, `device-malformed`, `key-unsound`, `key-proof` (it did not sign for itself, for this party and role), `key-taken`
 * (somebody asked for it, or it is on the log for another party), `key-declined`, `key-too-many`, `log-not-founded`.
 */
export async function requestKey(
  request: KeyRequest & { readonly origin?: string },
  on?: Log,
): Promise<Result<{ key: string }, RequestCode>> {
  const log = on ?? (await database())
  const { party, userId, role, device } = request
  const origin = log.founding?.origin ?? request.origin
  if (origin === undefined) return fail('log-not-founded', 'no log to make a key for')
  const publicKey = hexDecode(request.publicKey, 32)
  const signature = hexDecode(request.proof, 64)
  if (!publicKey || !signature) return fail('key-malformed', 'not 32 and 64 bytes of hex')
  if (!isSignableText(device, LONGEST_DEVICE)) return fail('device-malformed', 'the name of the device')
  if (!isSoundPublicKey(publicKey)) return fail('key-unsound', 'not of the prime-order subgroup')
  const message = utf8Encode(enrolMessage({ origin, party, role }))
  if (!verifyNow({ publicKey, message, signature })) return fail('key-proof', 'the key did not sign for itself')
  const key = keyName(publicKey)
  return serially(log, async rows => {
    const known = await rows.deviceKey.findUnique({ where: { key } })
    if (known) {
      const isSame = known.userId === userId && known.party === party && known.role === role
      if (!isSame) return fail('key-taken', key)
      if (known.declinedAt !== null) return fail('key-declined', key)
      await rows.deviceKey.update({ where: { key }, data: { device } })
      return pass({ key })
    }
    if (await rows.key.findUnique({ where: { key } })) return fail('key-taken', key)
    const asked = await rows.deviceKey.findMany({ where: { party, userId, declinedAt: null } })
    const enrolled = await rows.key.count({ where: { key: { in: asked.map(row => row.key) } } })
    if (asked.length - enrolled >= MOST_WAITING) return fail('key-too-many', `${asked.length - enrolled} are waiting`)
    const { publicKey: hex, proof } = request
    const createdAt = BigInt(log.clock())
    await rows.deviceKey.create({ data: { key, publicKey: hex, party, userId, role, proof, device, createdAt } })
    return pass({ key })
  })
}

/** An admin says no, or its owner takes it back (`userId`); false where this party has no such key waiting. */
export async function declineKey(
  { party, key, userId }: { party: string; key: string; userId?: string },
  on?: Log,
): Promise<boolean> {
  const log = on ?? (await database())
  if (await log.prisma.key.findUnique({ where: { key } })) return false
  const { count } = await log.prisma.deviceKey.updateMany({
    where: { key, party, declinedAt: null, ...(userId !== undefined && { userId }) },
    data: { declinedAt: BigInt(log.clock()) },
  })
  return count === 1
}

/** Every key ever enrolled or revoked in the party's name, and those that wait; names of members are for members alone. */
export async function keysOfParty(party: string, on?: Log): Promise<PartyKeys> {
  const log = on ?? (await database())
  const [records, asked] = await Promise.all([
    keyRecords(party, log),
    log.prisma.deviceKey.findMany({ where: { party }, orderBy: { createdAt: 'asc' } }),
  ])
  const members = await log.prisma.member.findMany({ where: { party } })
  const users = await log.prisma.user.findMany({ where: { id: { in: asked.map(row => row.userId) } } })
  const names = new Map(users.map(user => [user.id, user.name]))
  const here = new Set(members.map(member => member.userId))
  const asking = new Map(asked.map(row => [row.key, row]))
  const enrolledNames = new Set(records.map(record => record.key))
  const pending = asked.filter(row => !enrolledNames.has(row.key))
  const waitingKey = (row: (typeof asked)[number]): WaitingKey => ({
    key: row.key,
    publicKey: row.publicKey,
    role: row.role as Role,
    proof: row.proof,
    device: row.device,
    userId: row.userId,
    member: here.has(row.userId) ? names.get(row.userId) : undefined,
    createdAt: Number(row.createdAt),
  })
  return {
    waiting: pending.filter(row => row.declinedAt === null).map(waitingKey),
    declined: pending.filter(row => row.declinedAt !== null).map(waitingKey),
    enrolled: records.map(record => {
      const row = asking.get(record.key)
      if (!row) return record
      const member = names.get(row.userId)
      return { ...record, userId: row.userId, device: row.device, ...(member !== undefined && { member }) }
    }),
  }
}

/** True when one of the party's own keys could enrol others now: while there is one, the operator may not (PROTOCOL §3). A recovery key counts. */
export function isLed(enrolled: readonly KeyRecord[], now: number = Date.now()): boolean {
  return enrolled.some(
    key => key.role === 'admin' && !key.revoked && (key.until === undefined || now < timeMilliseconds(key.until)),
  )
}

/** What has become of a key; `unknown`: nobody asked for it and the log never had it. */
export type KeyStanding = 'unknown' | 'waiting' | 'declined' | 'enrolled' | 'revoked'

/** Where the key of this name stands. */
export async function keyState(key: string, on?: Log): Promise<KeyStanding> {
  const log = on ?? (await database())
  const row = await log.prisma.key.findUnique({ where: { key } })
  if (row) return row.revokedAt === null ? 'enrolled' : 'revoked'
  const asked = await log.prisma.deviceKey.findUnique({ where: { key } })
  if (!asked) return 'unknown'
  return asked.declinedAt === null ? 'waiting' : 'declined'
}
