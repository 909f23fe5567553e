import { readKey } from './key.ts'
import type { PartyKey } from './known-keys.ts'
import { openStore } from './store.ts'

/** Whether this device can sign for a party, and what it lacks. `waiting`: its key is not enrolled yet. */
export type DeviceState = 'ready' | 'waiting' | 'revoked' | 'no-key' | 'no-storage'

/** As far as the page's list of the party's keys says; without a list a key is taken as ready, and the log answers. */
export async function readDevice(desk: {
  origin: string
  party: string
  keys?: readonly PartyKey[]
}): Promise<DeviceState> {
  if (!(await openStore())) return 'no-storage'
  const own = await readKey(desk)
  if (!own) return 'no-key'
  if (!desk.keys) return 'ready'
  const listed = desk.keys.find(each => each.key === own.key)
  if (!listed) return 'waiting'
  return listed.revokedAt === undefined ? 'ready' : 'revoked'
}
