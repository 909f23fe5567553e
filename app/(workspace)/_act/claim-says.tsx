'use client'
import { useTranslations } from 'next-intl'
import type { ClaimState } from './use-claim.ts'

/** What the scanned code of an open release allows; nothing to say where none is needed. */
export function ClaimSays({ state }: { state: ClaimState }) {
  const t = useTranslations()
  if (state === 'none' || state === 'reading') return null
  return (
    <p className={state === 'fits' ? 'text-ink-2' : 'notice'} role="status">
      {t(`act.claim.${state}`)}
    </p>
  )
}
