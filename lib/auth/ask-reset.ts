import 'server-only'
import { accountBy } from '../data/colleagues.ts'
import { limited } from '../data/limits.ts'
import { resetLink } from './account.ts'
import { inBackground, write } from './tell.ts'

/**
 * Mails a link to set a new password to whoever has an account with this address. Nobody waits for it and nothing is answered: neither whether there is
 * such an account nor how long it took is to be seen. `locale`: the asker's, for who has not used the app since theirs is kept. One account gets no more letters than the limit `reset`, however many ask.
 */
export function mailResetTo(asked: string, locale: string): void {
  inBackground(async () => {
    const account = await accountBy({ email: asked })
    if (!account || !(await limited('reset', account.userId)).ok) return
    const { userId, name, email } = account
    const { link, until } = await resetLink(userId)
    await write({ userId, email, locale, letter: { kind: 'resetAsked', name, link, until } })
  })
}
