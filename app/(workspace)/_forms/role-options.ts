import type { getTranslations } from 'next-intl/server'

/** The three roles as choices of a form. */
export function roleOptions(t: Awaited<ReturnType<typeof getTranslations>>) {
  return [
    { value: 'admin', label: t('account.roles.admin') },
    { value: 'member', label: t('account.roles.member') },
    { value: 'viewer', label: t('account.roles.viewer') },
  ]
}
