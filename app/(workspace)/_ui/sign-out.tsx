import { getTranslations } from 'next-intl/server'
import { signOut } from '../account/actions.ts'

/** Ends this browser's session; its keys stay on the device. */
export async function SignOut() {
  const t = await getTranslations()
  return (
    <form action={signOut}>
      <button type="submit" className="work-link cursor-pointer">
        {t('workspace.signOut')}
      </button>
    </form>
  )
}
