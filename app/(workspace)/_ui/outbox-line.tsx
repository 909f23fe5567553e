'use client'
import { useTranslations } from 'next-intl'
import type { DeskProps } from '@/lib/device/desk.ts'
import type { Kept } from '@/lib/device/store.ts'
import { Chevron } from './chevron.tsx'
import { KeyNewsNotice } from './key-news.tsx'
import { OutboxEntry } from './outbox-entry.tsx'
import { useFreshPage, useOnline, useOutbox } from './use-outbox.ts'

/** Always in sight and calm: one line, which opens to what was signed; what went wrong stands below it in full. */
export function OutboxLine({ desk }: { desk: DeskProps }) {
  const t = useTranslations()
  const outbox = useOutbox(desk)
  useFreshPage(outbox)
  const isOnline = useOnline()
  const entries = outbox === 'no-storage' ? [] : (outbox ?? [])
  const wrong = entries.filter(isWrong)
  const open = entries.filter(entry => !isWrong(entry))
  const waiting = open.filter(entry => entry.state === 'kept').length
  const summary =
    waiting > 0
      ? t('outbox.waiting', { count: waiting })
      : open.length > 0
        ? t('outbox.proving', { count: open.length })
        : t('outbox.nothing')
  const line = (
    <>
      <span
        aria-hidden="true"
        className={`size-2.5 shrink-0 rounded-full border-2 ${isOnline && waiting === 0 ? 'border-edge bg-edge' : 'border-open'}`}
      />
      <span role="status">
        {!isOnline && `${t('outbox.offline')} `}
        {summary}
      </span>
    </>
  )
  return (
    <section aria-label={t('outbox.title')} className="no-print grid gap-2 text-note">
      <noscript>
        <p className="notice">{t('outbox.needsScript')}</p>
      </noscript>
      {outbox === 'no-storage' ? (
        <p className="notice">{t('outbox.noStorage')}</p>
      ) : open.length === 0 ? (
        <p className="flex items-center gap-2 text-ink-2">{line}</p>
      ) : (
        <details>
          <summary className="flex min-h-tap items-center gap-2 text-ink-2">
            {line}
            <Chevron to="below" />
          </summary>
          <ul className="grid gap-3 pb-2">
            {open.map(entry => (
              <OutboxEntry key={entry.hash} entry={entry} />
            ))}
          </ul>
        </details>
      )}
      {wrong.length > 0 && (
        <div className="notice loud" role="alert">
          <ul className="grid gap-3">
            {wrong.map(entry => (
              <OutboxEntry key={entry.hash} entry={entry} />
            ))}
          </ul>
        </div>
      )}
      <KeyNewsNotice desk={desk} />
    </section>
  )
}

const isWrong = (entry: Kept) => entry.state === 'refused' || entry.alarm !== undefined
