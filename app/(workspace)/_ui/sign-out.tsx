import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'

/** Ends this browser's session; its keys stay on the device. */
export async function SignOut() {
  const t = await getTranslations()
  return (
    <a href={paths.account()} className="work-link">
      {t('workspace.signOut')}
    </a>
  )
}
