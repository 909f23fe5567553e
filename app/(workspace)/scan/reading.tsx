'use client'

import { useTranslations } from 'next-intl'
import type { ReadCode } from '@/lib/device/scan/read-code.ts'

/** What was read and is no code of ours: named, shown as text, and the camera goes on looking. */
export function Reading({ seen }: { seen: ReadCode }) {
  const t = useTranslations()
  const isOther = seen.what !== 'nothing' && seen.what !== 'consignment' && seen.what !== 'claim'
  return (
    <div role="status" className="empty:hidden">
      {isOther && (
        <section className="notice">
          <strong className="block">{t(`scan.seen.${seen.what}.title`)}</strong>
          <p>{t(`scan.seen.${seen.what}.text`)}</p>
          <p className="mt-1 text-note">
            {seen.what === 'other-log' ? t('scan.itsHost') : t('scan.itReads')}{' '}
            <bdi dir="ltr" className="code">
              {seen.what === 'other-log' ? seen.host : seen.text}
            </bdi>
          </p>
        </section>
      )}
    </div>
  )
}
