import { getTranslations } from 'next-intl/server'
import type { PartyRecord } from '@/lib/data/parties.ts'
import { At } from './key-list.tsx'

/** That a party is suspended, why and since when; nothing where it is not. */
export async function SuspendedNotice({ party: { suspended } }: { party: PartyRecord }) {
  if (!suspended) return null
  const t = await getTranslations()
  return (
    <div className="notice">
      <p>
        <strong>{t('parties.suspendedTitle')}</strong> {t('parties.suspendedText')}
      </p>
      <p className="text-note">
        {t('parties.suspendedFor', { reason: t(`reasons.${suspended.reason}`) })} · <At place={suspended} />
      </p>
    </div>
  )
}
