import { NOTICE_KINDS, type NoticeKind } from '../core/custody/notices.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import type { MemberRole } from './members.ts'
import { serially } from './serially.ts'

/** Where a member is told beside the inbox, which has everything. */
export const CHANNELS = ['mail', 'push'] as const
export type Channel = (typeof CHANNELS)[number]
export type Wish = Readonly<Record<Channel, boolean>>
export type Wishes = Readonly<Record<NoticeKind, Wish>>

/** What is written to the members whose work it is, where they said nothing else. Push is for browsers that asked for it, so it follows. */
const BY_DEFAULT: Readonly<Record<NoticeKind, readonly MemberRole[]>> = {
  announced: [],
  coming: ['admin', 'member'],
  withdrawn: ['admin', 'member'],
  'redirected-to': ['admin', 'member'],
  redirected: ['admin', 'member'],
  received: [],
  arrived: ['admin', 'member', 'viewer'],
  refused: ['admin', 'member'],
  waits: ['admin', 'member'],
  differs: ['admin', 'member', 'viewer'],
  'written-off': ['admin'],
  'not-in-effect': ['admin', 'member'],
  settled: [],
  'key-enrolled': ['admin', 'member'],
  'key-revoked': ['admin', 'member'],
  suspended: ['admin', 'member'],
  resumed: ['admin'],
}

/** What a member in this role is told of a kind until they say otherwise. */
export function defaultWish(kind: NoticeKind, role: MemberRole): Wish {
  const isWritten = BY_DEFAULT[kind].includes(role)
  return { mail: isWritten, push: isWritten }
}

/** What a member wants to be told for one of their parties, by kind. */
export async function wishesOf(
  { userId, party, role }: { userId: string; party: string; role: MemberRole },
  on?: Log,
): Promise<Wishes> {
  const log = on ?? (await database())
  const said = await log.prisma.noticeSetting.findMany({ where: { userId, party } })
  const wishOf = (kind: NoticeKind): Wish => {
    const row = said.find(each => each.kind === kind)
    return row ? { mail: row.mail, push: row.push } : defaultWish(kind, role)
  }
  return Object.fromEntries(NOTICE_KINDS.map(kind => [kind, wishOf(kind)])) as Wishes
}

/** Keeps what a member wants to be told for one of their parties. What is like the default of their role is not kept, so that it follows a new role. */
export async function saveWishes(
  { userId, party, role, wishes }: { userId: string; party: string; role: MemberRole; wishes: Wishes },
  on?: Log,
): Promise<void> {
  const log = on ?? (await database())
  const rows = NOTICE_KINDS.flatMap(kind => {
    const wish = wishes[kind]
    const usual = defaultWish(kind, role)
    return wish.mail === usual.mail && wish.push === usual.push ? [] : [{ userId, party, kind, ...wish }]
  })
  await serially(log, async on => {
    await on.noticeSetting.deleteMany({ where: { userId, party } })
    await on.noticeSetting.createMany({ data: rows })
  })
}
