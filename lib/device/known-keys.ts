import { readKey } from './key.ts'
import { openStore } from './store.ts'

/** A key of a party as the server lists it. Times in unix milliseconds, the log's. */
export interface PartyKey {
  readonly key: string
  readonly role: 'admin' | 'member'
  readonly held: 'device' | 'server' | 'paper'
  readonly byOperator: boolean
  readonly enrolledAt: number
  readonly revokedAt?: number
  /** Whose it is and on which device, where the server knows. */
  readonly member?: string
  readonly device?: string
}

/** What a device knew of its party's keys when someone last looked. */
export interface SeenKeys {
  readonly enrolled: readonly string[]
  readonly revoked: readonly string[]
}

/** One thing that happened to the party's keys and that nobody at this device has seen. */
export interface KeyNews {
  readonly what: 'enrolled' | 'revoked'
  readonly key: PartyKey
}

/** On a device's first start: everything older than its own enrolment was there before it and is nothing new; without a key of its own everything is. */
export function firstSeen(keys: readonly PartyKey[], own: string | undefined): SeenKeys {
  const since = keys.find(each => each.key === own)?.enrolledAt ?? Number.POSITIVE_INFINITY
  const isOld = (time: number | undefined) => time !== undefined && time <= since
  return {
    enrolled: keys.filter(each => isOld(each.enrolledAt)).map(each => each.key),
    revoked: keys.filter(each => isOld(each.revokedAt)).map(each => each.key),
  }
}

/** What `seen` does not know of `keys`, in the list's order; the device's own key is no news to it until it is revoked. */
export function newsOf(args: {
  keys: readonly PartyKey[]
  seen: SeenKeys
  own: string | undefined
}): readonly KeyNews[] {
  const { keys, seen, own } = args
  return keys.flatMap((key): KeyNews[] => [
    ...(key.key === own || seen.enrolled.includes(key.key) ? [] : [{ what: 'enrolled' as const, key }]),
    ...(key.revokedAt === undefined || seen.revoked.includes(key.key) ? [] : [{ what: 'revoked' as const, key }]),
  ])
}

type Desk = { readonly origin: string; readonly party: string; readonly keys?: readonly PartyKey[] }

/** What is new among the keys of the desk's party since someone at this device said so with {@link markSeen}. */
export async function newsAt(desk: Desk): Promise<readonly KeyNews[]> {
  const { origin, party, keys = [] } = desk
  const store = await openStore()
  if (!store || keys.length === 0) return []
  const own = (await readKey(desk))?.key
  const seen = await store.get('seen', [origin, party])
  if (seen) return newsOf({ keys, seen, own })
  const first = firstSeen(keys, own)
  await store.put('seen', first, [origin, party])
  return newsOf({ keys, seen: first, own })
}

/** Someone at this device has read what {@link newsAt} named. */
export async function markSeen({
  origin,
  party,
  keys = [],
}: Pick<Desk, 'origin' | 'party'> & { readonly keys?: readonly Pick<PartyKey, 'key' | 'revokedAt'>[] }): Promise<void> {
  const enrolled = keys.map(each => each.key)
  const revoked = keys.filter(each => each.revokedAt !== undefined).map(each => each.key)
  await (await openStore())?.put('seen', { enrolled, revoked }, [origin, party])
}
