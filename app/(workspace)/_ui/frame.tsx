import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PublicFrame } from '@/app/(public)/public-frame.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import { paths } from '@/lib/paths.ts'
import { asOf } from './require-actor.ts'

export type Room = 'today' | 'consignments' | 'scan' | 'keys' | 'members' | 'parties' | 'account'

/** Head, navigation and foot of every page for members. `room`: where this page belongs. */
export async function WorkspaceFrame({ actor, room, children }: { actor: Actor; room?: Room; children: ReactNode }) {
  const t = await getTranslations()
  const as = asOf(actor)
  const rooms: readonly [Room, string][] = [
    ['today', paths.today(as)],
    ['consignments', paths.consignments(as)],
    ['scan', paths.scan(as)],
    ['parties', paths.parties(as)],
    ['keys', paths.keys(as)],
    ['members', paths.members(as)],
  ]
  return (
    <PublicFrame>
      <nav aria-label={t('workspace.rooms')} className="no-print flex flex-wrap gap-x-5">
        {rooms.map(([name, href]) => (
          <a
            key={name}
            href={href}
            className="flex min-h-tap items-center"
            {...(name === room && { 'aria-current': 'page' as const })}
          >
            {t(`workspace.${name}`)}
          </a>
        ))}
      </nav>
      {children}
    </PublicFrame>
  )
}
