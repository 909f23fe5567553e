import 'server-only'
import { randomUUID } from 'node:crypto'
import { passkeyCount } from '../data/accounts.ts'
import { accountBy } from '../data/colleagues.ts'
import { preferenceOf } from '../data/preferences.ts'
import { type AccountLetter, composeLetter } from '../mail/letters.ts'
import { sendSoon } from '../mail/retry.ts'
import { isMailOn } from '../mail/transport.ts'
import { logger } from '../monitor/logger.ts'

/** What a person is written about without asking: who did not do it themself learns of it. */
export type Told =
  | { readonly kind: 'passwordChanged' }
  | { readonly kind: 'passkeyAdded'; readonly passkey: string }
  | { readonly kind: 'passkeyRemoved' }

/** Writes to the person in their language, where this server sends letters. Nobody waits for it, and what fails is logged, not thrown. */
export function tell(userId: string, told: Told): void {
  if (!isMailOn()) return
  inBackground(async () => {
    const account = await accountBy({ userId })
    if (!account) return
    const { name, email } = account
    const at = Date.now()
    const letter: AccountLetter =
      told.kind === 'passwordChanged'
        ? { ...told, name, at, passkeys: await passkeyCount(userId) }
        : { ...told, name, at }
    await write({ userId, email, letter })
  })
}

/** Composes a letter in the person's language, or in `locale` where it is not known, and sends it when the server takes it. */
export async function write(to: {
  userId: string
  email: string
  letter: AccountLetter
  locale?: string
}): Promise<void> {
  const { userId, email, letter } = to
  const locale = (await preferenceOf(userId)) ?? to.locale
  sendSoon(await composeLetter({ to: email, locale, id: randomUUID(), letter }))
}

/** Does it while nobody waits; what fails is logged. */
export function inBackground(work: () => Promise<void>): void {
  work().catch((error: unknown) => logger('mail').error({ err: error }, 'a letter could not be written'))
}
