import { hexEncode, utf8Encode } from '../core/bytes.ts'
import { enrolMessage } from '../core/custody/claims.ts'
import { keyName } from '../core/custody/event.ts'
import type { Role } from '../core/custody/state.ts'
import type { Sign } from '../core/evidence/signed-event.ts'
import { publicKeyOf, signEd25519 } from '../core/ledger/ed25519.ts'
import { importSeed, nativeCrypto, own } from './native-ed25519.ts'
import { openStore, type Store, type StoredKey, settled } from './store.ts'

/** This device's key for one party. `held`: `crypto`, where nothing can read it out; `bytes`, where the browser has no Ed25519 for this page: pages say so. */
export interface DeviceKey {
  readonly origin: string
  readonly party: string
  /** 32 hex characters, the key's name in the log. */
  readonly key: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly held: 'crypto' | 'bytes'
  /** Unix milliseconds. */
  readonly createdAt: number
}

/** What signs: a device's key, or a key from paper for the moment of its use. */
export interface Signer {
  readonly key: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly sign: Sign
}

/**
 * Makes this device's key for `party` and keeps it; where there is one already it is that one. `party`: its reference, or what makes it from the new
 * key's name, for a party that does not exist yet. Undefined where this browser lets us keep nothing.
 */
export async function makeKey(args: {
  origin: string
  party: string | ((key: string) => string)
}): Promise<DeviceKey | undefined> {
  const store = await openStore()
  if (!store) return undefined
  const made = await freshKey()
  const party = typeof args.party === 'string' ? args.party : args.party(made.key)
  const stored = { ...made, origin: args.origin, party, createdAt: Date.now() }
  const kept = await keepKey(store, stored).catch(() => undefined)
  if (kept) void askToPersist()
  return kept && publicPart(kept)
}

/** This device's key for `party`; undefined where there is none, or where this browser keeps nothing. */
export async function readKey(args: { origin: string; party: string }): Promise<DeviceKey | undefined> {
  const stored = await (await openStore())?.get('keys', [args.origin, args.party])
  return stored && publicPart(stored)
}

/** Signs with the key that {@link readKey} gives; undefined where it is gone. */
export async function signerOf(args: { origin: string; party: string }): Promise<Signer | undefined> {
  const stored = await (await openStore())?.get('keys', [args.origin, args.party])
  if (!stored) return undefined
  const { key, publicKey } = stored
  const sign = async (message: Uint8Array) =>
    stored.held === 'bytes'
      ? signEd25519({ seed: stored.seed, message })
      : new Uint8Array(await crypto.subtle.sign('Ed25519', stored.privateKey, own(message)))
  return { key, publicKey, sign }
}

/** The new key's own signature over its enrolment in `role`, lower-case hex (PROTOCOL §3). Throws where the key is gone from this device. */
export async function proveKey({ origin, party }: DeviceKey, role: Role): Promise<string> {
  const signer = await signerOf({ origin, party })
  if (!signer) throw new Error('the key is gone from this device')
  return proveWith(signer, { origin, party, role })
}

/** {@link proveKey} for a key that is not this device's: one on paper. */
export async function proveWith(
  signer: Signer,
  enrolment: { origin: string; party: string; role: Role },
): Promise<string> {
  return hexEncode(await signer.sign(utf8Encode(enrolMessage(enrolment))))
}

/** Takes the key off this device. What it signed stays signed; what waits in the outbox still goes out. */
export async function forgetKey({ origin, party }: { origin: string; party: string }): Promise<void> {
  await (await openStore())?.delete('keys', [origin, party])
}

/** 32 fresh bytes: the seed of a key to be printed (`formatRecoveryText`). */
export function freshSeed(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32))
}

/** Signs with a key from paper; kept nowhere. */
export async function paperSigner(seed: Uint8Array): Promise<Signer> {
  const publicKey = publicKeyOf(seed)
  const subtle = await nativeCrypto()
  const key = keyName(publicKey)
  if (!subtle) return { key, publicKey, sign: message => signEd25519({ seed, message }) }
  const privateKey = await importSeed(subtle, seed)
  const sign = async (message: Uint8Array) => new Uint8Array(await subtle.sign('Ed25519', privateKey, own(message)))
  return { key, publicKey, sign }
}

/** Asks the browser not to clear what is kept here when space is short. False where it declines, or cannot be asked. */
export async function askToPersist(): Promise<boolean> {
  // Absent on plain http.
  const storage: StorageManager | undefined = navigator.storage
  return (await storage?.persist?.().catch(() => false)) ?? false
}

/** Whether the browser has agreed to {@link askToPersist}; a page says so where it has not. */
export async function isPersistent(): Promise<boolean> {
  const storage: StorageManager | undefined = navigator.storage
  return (await storage?.persisted?.().catch(() => false)) ?? false
}

type FreshKey = { readonly key: string; readonly publicKey: Uint8Array } & (
  | { readonly held: 'crypto'; readonly privateKey: CryptoKey }
  | { readonly held: 'bytes'; readonly seed: Uint8Array }
)

async function freshKey(): Promise<FreshKey> {
  const subtle = await nativeCrypto()
  if (!subtle) {
    const seed = freshSeed()
    const publicKey = publicKeyOf(seed)
    return { key: keyName(publicKey), publicKey, held: 'bytes', seed }
  }
  const pair = (await subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
  const publicKey = new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
  return { key: keyName(publicKey), publicKey, held: 'crypto', privateKey: pair.privateKey }
}

/** Two tabs may make one each: the first that is kept is the device's. */
async function keepKey(store: Store, stored: StoredKey): Promise<StoredKey> {
  const tx = store.transaction('keys', 'readwrite', { durability: 'strict' })
  const done = settled(tx.done)
  const id: [string, string] = [stored.origin, stored.party]
  const before = await tx.store.get(id)
  if (!before) await tx.store.put(stored, id)
  await done
  return before ?? stored
}

function publicPart({ origin, party, key, publicKey, held, createdAt }: StoredKey): DeviceKey {
  return { origin, party, key, publicKey, held, createdAt }
}
