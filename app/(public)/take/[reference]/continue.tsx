'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { formatTaking, keepTaking, parseTaking, type Taking } from '@/lib/device/taking.ts'
import { paths } from '@/lib/paths.ts'

/** Keeps the scanned code in this tab, as signing in loses what stands behind the #, and leads on to the receipt. */
export function Continue({ reference }: { reference: string }) {
  const t = useTranslations()
  const [taking, setTaking] = useState<Taking | 'reading' | undefined>('reading')
  useEffect(() => {
    const scanned = parseTaking(location.hash)
    if (scanned) keepTaking(scanned)
    setTaking(scanned)
  }, [])
  if (taking === 'reading') return null
  if (!taking) return <p className="notice">{t('act.take.noCode')}</p>
  const href = `${paths.act(reference, 'receive', undefined, { release: taking.release })}${formatTaking(taking)}`
  return (
    <a className="btn primary min-h-14" href={href}>
      {t('act.take.go')}
    </a>
  )
}
