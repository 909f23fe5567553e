'use client'
import { useTranslations } from 'next-intl'

export function PrintButton() {
  const t = useTranslations()
  return (
    <button type="button" className="btn" onClick={() => window.print()}>
      {t('act.waybill.print')}
    </button>
  )
}
