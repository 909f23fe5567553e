'use client'
import { useLocale, useTranslations } from 'next-intl'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { dismiss } from '@/lib/device/outbox.ts'
import type { Kept } from '@/lib/device/store.ts'
import { formatDateTime } from '@/lib/format/time.ts'

/** One thing that was signed here: what, when, and how far it has come. */
export function OutboxEntry({ entry }: { entry: Kept }) {
  const t = useTranslations()
  const locale = useLocale()
  const [about, id = ''] = entry.subject.split('/')
  const what = about === 'consignment' ? t(`kinds.${entry.kind}`) : t(`outbox.kind.${entry.kind}`)
  const clock = { milliseconds: entry.signedAt, offset: -new Date(entry.signedAt).getTimezoneOffset() }
  return (
    <li className="grid gap-1">
      <p>
        <strong>{what}</strong>{' '}
        {(about === 'consignment' || about === 'party') && (
          <bdi dir="ltr" className="code">
            {formatReference(id)}
          </bdi>
        )}{' '}
        · {t('outbox.signedAt', { time: formatDateTime(locale, clock) })}
      </p>
      <p>
        <HowFar entry={entry} />
      </p>
      {entry.state === 'refused' && (
        <p className="flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={() => download(entry)}>
            {t('outbox.download')}
          </button>
          <button type="button" className="btn quiet" onClick={() => void dismiss(entry.hash)}>
            {t('outbox.dismiss')}
          </button>
        </p>
      )}
    </li>
  )
}

function HowFar({ entry }: { entry: Kept }) {
  const t = useTranslations()
  if (entry.alarm) return t('outbox.alarm', { code: entry.alarm.code })
  switch (entry.state) {
    case 'kept':
      return t(entry.tries === 0 ? 'outbox.sending' : 'outbox.waits')
    case 'recorded':
      return t('outbox.unproven')
    case 'refused': {
      const code = entry.refused?.code ?? ''
      const reason = t.has(`refusals.${code}`) ? t(`refusals.${code}`) : t('outbox.refusedCode', { code })
      return t('outbox.refusedLater', { reason })
    }
  }
}

/** The signed note, verbatim: nothing signed is lost, and an admin of the party may state it again. */
function download({ note, hash }: Kept): void {
  const address = URL.createObjectURL(new Blob([note], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `signed-${hash.slice(0, 12)}.txt`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
