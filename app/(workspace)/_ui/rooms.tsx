import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MOST_UNREAD } from '@/lib/data/notices.ts'
import type { Room } from './frame.tsx'

const SHAPES: Readonly<Record<Room | 'more', string>> = {
  today: 'M5 6.5l1.5 1.5L9 5M5 13l1.5 1.5L9 11.5M12.5 7H19M12.5 13.5H19M5 19.5h14',
  scan: 'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16',
  consignments: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  notices: 'M12 4a5.5 5.5 0 0 0-5.5 5.5c0 4.5-2 6-2 6h15s-2-1.5-2-6A5.5 5.5 0 0 0 12 4M10 18.5a2 2 0 0 0 4 0',
  parties: 'M4 20V8l6-4v16M10 10h10v10M4 20h16M13 14h4M13 17h4',
  keys: 'M14.5 9.5m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M11.3 12.7L4 20M6.5 17.5L9 20',
  members:
    'M9 8.5m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.5a3 3 0 0 1 0 6M17.5 14.5c2.3.7 3.5 2.5 3.5 5.5',
  account: 'M12 8.5m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c0-4.5 3-7 7.5-7s7.5 2.5 7.5 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
}

/** A sign beside the word, never instead of it. */
export function RoomIcon({ room }: { room: Room | 'more' }) {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={room === 'more' ? 3 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={SHAPES[room]} />
    </svg>
  )
}

/** How many notices are unread, beside their room; nothing where all are read. */
export async function UnreadCount({ count }: { count: number }) {
  const t = await getTranslations()
  if (count === 0) return null
  const isMost = count >= MOST_UNREAD
  return (
    <span className="work-count">
      <span aria-hidden="true">{isMost ? '99+' : count}</span>
      <span className="sr-only">{isMost ? t('notices.unreadMost') : t('notices.unreadCount', { count })}</span>
    </span>
  )
}

type MoreProps = { readonly isCurrent: boolean; readonly unread: number; readonly children: ReactNode }

/** The rooms for which a phone's bar has no place: opens without a script. */
export async function More({ isCurrent, unread, children }: MoreProps) {
  const t = await getTranslations()
  return (
    <details>
      <summary className="work-tab" {...(isCurrent && { 'aria-current': 'true' as const })}>
        <RoomIcon room="more" />
        {t('workspace.more')}
        <UnreadCount count={unread} />
      </summary>
      <div className="work-more">{children}</div>
    </details>
  )
}
