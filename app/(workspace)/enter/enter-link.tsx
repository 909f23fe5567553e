import { getTranslations } from 'next-intl/server'
import { demoParties } from '@/lib/data/demo-keys.ts'
import { paths } from '@/lib/paths.ts'

/** On the sign-in page of a demonstration, for whoever has no account: the way in. Nothing elsewhere. `next`: where to go on afterwards. */
export async function EnterLink({ next }: { next: string | undefined }) {
  const [t, parties] = await Promise.all([getTranslations(), demoParties()])
  if (parties.length === 0) return null
  return (
    <p className="grid gap-2">
      <a className="btn primary" href={paths.enterDemo({ next })}>
        {t('enter.title')}
      </a>
      <span className="text-ink-2 text-note">{t('enter.noAccount')}</span>
    </p>
  )
}
