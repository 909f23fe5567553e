import { getLocale, getTranslations } from 'next-intl/server'
import { isMailOn } from '@/lib/mail/transport.ts'
import { LANGUAGES, LOCALES } from '@/lib/messages/locale.ts'
import type { FormField } from './action-form.tsx'

/** Where an invitation is mailed and in which language; no fields where this server sends no letters. */
export async function mailFields(): Promise<readonly FormField[]> {
  if (!isMailOn()) return []
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  return [
    {
      name: 'email',
      label: t('account.members.inviteEmail'),
      type: 'email',
      autoComplete: 'off',
      hint: t('account.members.inviteEmailHint'),
      isOptional: true,
      most: 254,
    },
    {
      name: 'locale',
      label: t('account.members.inviteLocale'),
      options: LOCALES.map(each => ({ value: each, label: LANGUAGES[each].name })),
      value: locale,
    },
  ]
}
