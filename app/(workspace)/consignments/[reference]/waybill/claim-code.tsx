'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { claimOf } from '@/lib/device/claim.ts'
import { formatTaking } from '@/lib/device/taking.ts'
import { qrPath } from '@/lib/format/qr.ts'

/** The code of an open release, drawn where its seed is kept: it never leaves the giver's device but by being looked at. */
export function ClaimCode({
  address,
  release,
  claim,
  withdraw,
  goods,
}: {
  /** Of the page that explains the code; the seed goes behind its #. */
  address: string
  release: string
  /** Public key that the release names. */
  claim: string
  withdraw: string
  goods: string
}) {
  const t = useTranslations()
  const [seed, setSeed] = useState<string | 'reading' | undefined>('reading')
  useEffect(() => {
    void claimOf(claim).then(setSeed)
  }, [claim])
  if (seed === 'reading') return <p role="status">{t('act.waybill.reading')}</p>
  if (seed === undefined) {
    return (
      <section className="notice no-print grid justify-items-start gap-3">
        <div>
          <strong className="block">{t('act.waybill.notKept')}</strong>
          <p>{t('act.waybill.notKeptText')}</p>
        </div>
        <a className="btn" href={withdraw}>
          {t('act.do.withdraw')}
        </a>
      </section>
    )
  }
  const { size, d } = qrPath(`${address}${formatTaking({ release, seed })}`)
  return (
    <section className="sheet grid gap-3 p-3 min-[54rem]:p-7">
      <svg className="claim-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('act.waybill.code')}>
        <path d={d} fill="currentColor" shapeRendering="crispEdges" />
      </svg>
      <p className="notice">
        <strong className="block">{t('act.waybill.warning', { goods })}</strong>
        {t('act.waybill.warningText')}
      </p>
    </section>
  )
}
