import 'server-only'
import { createTranslator } from 'use-intl/core'
import { env } from '../env.ts'
import { formatDateTime } from '../format/time.ts'
import { isLocale, LOCALES, type Locale } from '../messages/locale.ts'
import { framed, isolated } from './frame.ts'
import type { Letter } from './transport.ts'

/** What an account is written about. Times are unix milliseconds, links whole addresses. */
export type AccountLetter =
  | {
      readonly kind: 'invitation'
      readonly inviter: string
      readonly party: string
      readonly role: 'admin' | 'member' | 'viewer'
      readonly link: string
      readonly until: number
    }
  /** `by`: the admin who made the link. */
  | {
      readonly kind: 'reset'
      readonly name: string
      readonly by: string
      readonly link: string
      readonly until: number
    }
  | { readonly kind: 'resetAsked'; readonly name: string; readonly link: string; readonly until: number }
  | { readonly kind: 'passwordChanged'; readonly name: string; readonly at: number; readonly passkeys: number }
  | { readonly kind: 'passkeyAdded'; readonly name: string; readonly at: number; readonly passkey: string }
  | { readonly kind: 'passkeyRemoved'; readonly name: string; readonly at: number }

/** Composes one. `to`: an address; `locale`: the reader's, English where it is none of ours; `id`: the same for the same letter, see {@link Letter}. */
export async function composeLetter(asked: {
  readonly to: string
  readonly locale: string | undefined
  readonly id: string
  readonly letter: AccountLetter
}): Promise<Letter> {
  const { to, id, letter } = asked
  const locale = isLocale(asked.locale) ? asked.locale : LOCALES[0]
  const { mail } = (await import(`../messages/${locale}/mail.json`, { with: { type: 'json' } })).default
  const t = createTranslator({ locale, messages: { mail }, timeZone: 'UTC' })
  const values = valuesOf(letter, locale, role => t(`mail.roles.${role}`))
  const paragraphs = [
    letter.kind === 'invitation' ? t('mail.hello') : t('mail.helloName', values),
    t(`mail.${letter.kind}.text`, values),
    ...('link' in letter ? [t(`mail.${letter.kind}.link`, values)] : []),
    t(`mail.${letter.kind}.not`, values),
  ]
  const link = 'link' in letter ? { label: t(`mail.${letter.kind}.action`), address: letter.link } : undefined
  const closing = [t('mail.closing', { site: env().publicUrl }), t('mail.automatic')]
  return {
    to,
    id,
    subject: t(`mail.${letter.kind}.subject`, values),
    ...framed({ locale, paragraphs, closing, ...(link && { link }) }),
  }
}

/** What the sentences name. */
function valuesOf(
  letter: AccountLetter,
  locale: Locale,
  roleOf: (role: 'admin' | 'member' | 'viewer') => string,
): Record<string, string | number> {
  const time = (milliseconds: number) => isolated(`${formatDateTime(locale, { milliseconds, offset: 0 })} UTC`)
  const names = Object.entries(letter)
    .filter(([key]) => ['name', 'inviter', 'party', 'by', 'passkey'].includes(key))
    .map(([key, name]) => [key, isolated(String(name))])
  return {
    ...Object.fromEntries(names),
    ...('role' in letter && { role: roleOf(letter.role) }),
    ...('until' in letter && { until: time(letter.until) }),
    ...('at' in letter && { at: time(letter.at) }),
    ...('passkeys' in letter && { passkeys: letter.passkeys }),
  }
}
