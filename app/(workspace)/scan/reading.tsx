'use client'

import { useTranslations } from 'next-intl'
import type { ReadCode } from '@/lib/device/scan/read-code.ts'

type Other = Exclude<ReadCode, { what: 'nothing' | 'consignment' | 'claim' }>

/** Whether something was read, and it is no code of ours. */
export function isOther(code: ReadCode): code is Other {
  return code.what !== 'nothing' && code.what !== 'consignment' && code.what !== 'claim'
}

/** What was read and is no code of ours: named, shown as text, and the camera goes on looking. */
export function Reading({ seen }: { seen: ReadCode }) {
  const t = useTranslations()
  return (
    <div role="status" className="empty:hidden">
      {isOther(seen) && (
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
