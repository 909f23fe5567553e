import { verifyEd25519Fallback } from '../core/ledger/ed25519.ts'

/** What the seal loads where the browser brings no Ed25519 of its own: a module by itself, so that every other browser is spared its size. */
export const verify = verifyEd25519Fallback
