import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { processWide } from './process-wide.ts'

/** Request and answer carry it; a proxy in front may bring its own. */
export const REQUEST_ID = 'x-request-id'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const asked = () => processWide('request', () => new AsyncLocalStorage<string>())

/** Number of the request that is being answered, wherever in its course this is asked; undefined outside of one. */
export function requestId(): string | undefined {
  return asked().getStore()
}

/** All that follows in this asynchronous course belongs to the request `id`. */
export function enterRequest(id: string): void {
  asked().enterWith(id)
}

/** The id that a proxy brought, where it is one that can stand in a log line; else a new one: twelve characters that can be read out. */
export function requestIdOf(given: string | undefined): string {
  if (given !== undefined && /^[A-Za-z0-9._-]{8,64}$/.test(given)) return given
  return [...randomBytes(12)].map(byte => ALPHABET.charAt(byte & 31)).join('')
}
