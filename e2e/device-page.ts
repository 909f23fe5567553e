import { deriveReference } from '../lib/core/custody/reference.ts'
import { claimOf, makeClaim, signClaim } from '../lib/device/claim.ts'
import { signAct, signChain } from '../lib/device/desk.ts'
import { forgetKey, freshSeed, makeKey, paperSigner, proveKey, proveWith, readKey } from '../lib/device/key.ts'
import { dismiss, readOutbox, tendOutbox } from '../lib/device/outbox.ts'
import { openStore } from '../lib/device/store.ts'

/** All that a page of the workspace does on the device, without the page: runs in a blank one of the server's own origin. */
export const device = {
  claimOf,
  deriveReference,
  dismiss,
  forgetKey,
  freshSeed,
  makeClaim,
  makeKey,
  openStore,
  paperSigner,
  proveKey,
  proveWith,
  readKey,
  readOutbox,
  signAct,
  signChain,
  signClaim,
  tendOutbox,
}

Object.assign(globalThis, { device })
