import { randomUUID } from 'node:crypto'
import { getLocale } from 'next-intl/server'
import { joinLink, resetLink } from '@/lib/auth/account.ts'
import type { Person } from '@/lib/auth/actor.ts'
import { invitation, noteMailed } from '@/lib/data/invitations.ts'
import { limited } from '@/lib/data/limits.ts'
import { preferenceOf } from '@/lib/data/preferences.ts'
import { type AccountLetter, composeLetter } from '@/lib/mail/letters.ts'
import { isMailOn, sendLetter } from '@/lib/mail/transport.ts'
import { measures } from '@/lib/monitor/measures.ts'
import type { FormState, MailOutcome } from '../_forms/form-state.ts'

/** Mails an invitation that was just made to `to`, in `locale`; without an address, without a mail server, or where the letter is not taken, its link comes back. */
export async function handOverInvitation(asked: {
  token: string
  to: string
  locale: string
  by: Person
}): Promise<FormState> {
  const { token, to, locale, by } = asked
  const link = joinLink(token)
  const made = to === '' || !isMailOn() ? undefined : await invitation(token)
  if (!made) return { link }
  const { partyName: party, role, expiresAt: until } = made
  const outcome = await send({
    to,
    locale,
    by,
    letter: { kind: 'invitation', inviter: by.name, party, role, link, until },
  })
  if (outcome === 'sent') await noteMailed({ token, email: to })
  return answered(to, outcome, link)
}

type Account = { readonly userId: string; readonly name: string; readonly email: string }

/** Mails a member a link to set a new password; for `isShown`, without a mail server, or where the letter is not taken, the link comes back. */
export async function handOverReset(asked: { account: Account; isShown: boolean; by: Person }): Promise<FormState> {
  const { account, isShown, by } = asked
  const { userId, name, email } = account
  const { link, until } = await resetLink(userId)
  if (isShown || !isMailOn()) return { link }
  const letter: AccountLetter = { kind: 'reset', name, by: by.name, link, until }
  const locale = (await preferenceOf(userId)) ?? (await getLocale())
  return answered(email, await send({ to: email, locale, by, letter }), link)
}

/** Mail was on a moment ago. */
const UNREACHABLE: MailOutcome = 'mail-unreachable'

function answered(to: string, outcome: MailOutcome, link: string): FormState {
  return outcome === 'sent' ? { mail: { to, outcome } } : { mail: { to, outcome }, link }
}

async function send(asked: {
  to: string
  locale: string | undefined
  by: Person
  letter: AccountLetter
}): Promise<MailOutcome> {
  const { to, locale, by, letter } = asked
  if (!(await limited('letters', by.id)).ok) return 'mail-limited'
  const sent = await sendLetter(await composeLetter({ to, locale, id: randomUUID(), letter }))
  measures().mails.inc({ outcome: sent.ok ? 'sent' : sent.code })
  if (sent.ok) return 'sent'
  return sent.code === 'mail-off' ? UNREACHABLE : sent.code
}
