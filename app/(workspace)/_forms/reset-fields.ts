import { getTranslations } from 'next-intl/server'
import { isMailOn } from '@/lib/mail/transport.ts'
import type { FormField } from './action-form.tsx'

/** How a link to set a new password reaches its person: by letter, unless whoever makes it asks to see it; no choice where no letters are sent. */
export async function resetFields(): Promise<readonly FormField[]> {
  if (!isMailOn()) return []
  const t = await getTranslations()
  return [
    {
      name: 'way',
      label: t('account.members.resetWay'),
      options: [
        { value: 'mail', label: t('account.members.ways.mail') },
        { value: 'link', label: t('account.members.ways.link') },
      ],
      value: 'mail',
    },
  ]
}
