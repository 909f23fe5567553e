import { findAct } from '../core/custody/consignment.ts'
import type { NoticeKind } from '../core/custody/notices.ts'
import type { Unit } from '../core/custody/quantity.ts'
import type { ConsignmentState } from '../core/custody/state.ts'
import type { PartyView } from '../core/custody/views.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { partiesNamed } from './parties.ts'
import { isStray } from './parts.ts'
import { partyViewFor } from './private-openings.ts'
import { execute, query, type Row } from './sql.ts'
import { statesOf } from './states.ts'

/** Notices of one page of the inbox. */
export const NOTICES_A_PAGE = 25

/** What a notice still asks for; hashes are event hashes. Absent once it is answered or settled. */
export type NoticeAsk =
  | { readonly kind: 'receive' | 'waybill'; readonly release: string }
  | { readonly kind: 'settle'; readonly of: string }

/** A notice as the members of its party read it. */
export type NoticeView = {
  readonly id: string
  readonly party: string
  readonly kind: NoticeKind
  /** Consignment, key (32 hex characters) or party that it is about, without the word before it. */
  readonly about: string
  readonly other?: PartyView
  /** The first line of the consignment, base units, and how many others there are. */
  readonly goods?: { readonly item: string; readonly quantity: number; readonly unit: Unit; readonly others: number }
  /** Unix milliseconds. */
  readonly at: number
  readonly ask?: NoticeAsk
}

export type Inbox = {
  /** Newest first. */
  readonly notices: readonly (NoticeView & { readonly isUnread: boolean })[]
  /** What asks for the page after this one. */
  readonly older?: string
  readonly now: number
}

export type StoredNotice = {
  readonly id: string
  readonly party: string
  readonly kind: NoticeKind
  readonly subject: string
  readonly event: string
  readonly other: string | undefined
  readonly at: number
}

/** Columns of a notice as {@link noticeOf} reads them. */
export const NOTICE_COLUMNS = ['id', 'party', 'kind', 'subject', 'event', 'other', 'createdAt'] as const
const NAMED = NOTICE_COLUMNS.map(name => `"${name}"`).join(', ')

export function noticeOf(row: Row): StoredNotice {
  const [id, party, kind, subject, event, other, at] = row
  return {
    id: String(id),
    party: String(party),
    kind: String(kind) as NoticeKind,
    subject: String(subject),
    event: String(event ?? ''),
    other: other === null ? undefined : String(other),
    at: Number(at),
  }
}

/** Where a page of the inbox begins: after the notice made then, of this id. */
function cursorOf(text: string | undefined): { at: number; id: string } | undefined {
  const parts = /^([0-9]{1,15})-([\w:-]{1,200})$/.exec(text ?? '')
  return parts ? { at: Number(parts[1]), id: parts[2] as string } : undefined
}

/**
 * A page of what a party was told. It is the party's, so that a new member finds what came before them; unread is what came since the member joined
 * or last called all read. `before`: `older` of the page before.
 */
export async function inboxOf(
  { party, userId, before }: { party: string; userId: string; before?: string | undefined },
  on?: Log,
): Promise<Inbox> {
  const log = on ?? (await database())
  const from = cursorOf(before)
  const [member] = await query(
    log.adapter,
    `SELECT COALESCE("noticesReadAt", "createdAt") FROM "Member" WHERE "userId" = ? AND "party" = ?`,
    [userId, party],
  )
  const readAt = Number(member?.[0] ?? 0)
  const after = from ? 'AND ("createdAt" < ? OR ("createdAt" = ? AND "id" < ?))' : ''
  const sql = `SELECT ${NAMED} FROM "Notice" WHERE "party" = ? ${after} ORDER BY "createdAt" DESC, "id" DESC LIMIT ${NOTICES_A_PAGE + 1}`
  const rows = await query(log.adapter, sql, [party, ...(from ? [from.at, from.at, from.id] : [])])
  const page = rows.slice(0, NOTICES_A_PAGE).map(noticeOf)
  const views = await noticeViews(page, log)
  const last = page.at(-1)
  return {
    notices: views.map(view => ({ ...view, isUnread: view.at > readAt })),
    ...(rows.length > NOTICES_A_PAGE && last && { older: `${last.at}-${last.id}` }),
    now: log.clock(),
  }
}

/** More than this are not counted: whoever shows it says "99+". */
export const MOST_UNREAD = 100

/** Notices that the member has not called read, {@link MOST_UNREAD} at most. */
export async function unreadNotices({ party, userId }: { party: string; userId: string }, on?: Log): Promise<number> {
  const log = on ?? (await database())
  const sql = `SELECT COUNT(*) FROM (SELECT 1 FROM "Member" m JOIN "Notice" n ON n."party" = m."party" AND n."createdAt" > COALESCE(m."noticesReadAt", m."createdAt") WHERE m."userId" = ? AND m."party" = ? LIMIT ${MOST_UNREAD}) AS "unread"`
  const [row] = await query(log.adapter, sql, [userId, party])
  return Number(row?.[0] ?? 0)
}

/** Calls everything read that the member saw: notices made until `until`, unix milliseconds. It never goes back. */
export async function markRead(
  { party, userId, until }: { party: string; userId: string; until: number },
  on?: Log,
): Promise<void> {
  const log = on ?? (await database())
  const sql = `UPDATE "Member" SET "noticesReadAt" = ? WHERE "userId" = ? AND "party" = ? AND COALESCE("noticesReadAt", "createdAt") < ?`
  await execute(log.adapter, sql, [until, userId, party, until])
}

/** Notices with names and goods filled in, in the order given: for members of their parties only. */
export async function noticeViews(notices: readonly StoredNotice[], on?: Log): Promise<readonly NoticeView[]> {
  const log = on ?? (await database())
  const about = notices.map(({ subject }) => subject.slice(subject.indexOf('/') + 1))
  const consignments = about.filter((_, at) => notices[at]?.subject.startsWith('consignment/'))
  const [states, parties] = await Promise.all([
    statesOf(log, consignments),
    partiesNamed(
      notices.flatMap(({ other }) => other ?? []),
      log,
    ),
  ])
  return notices.map((notice, at) => {
    const { id, party, kind, other, at: time } = notice
    const state = states.get(about[at] as string)
    const view = other === undefined ? undefined : partyViewFor({ named: parties.get(other), isPart: true })
    const ask = state && askOf(state, notice)
    const goods = state && goodsOf(state)
    return {
      ...{ id, party, kind, about: about[at] as string, at: time },
      ...(view && { other: view }),
      ...(goods && { goods }),
      ...(ask && { ask }),
    }
  })
}

function goodsOf(state: ConsignmentState): NoticeView['goods'] {
  const [first] = state.lines
  if (!first) return undefined
  const quantity = state.terms.get(first.id)?.packed ?? 0
  return { item: first.item, quantity, unit: first.unit, others: state.lines.length - 1 }
}

function askOf(state: ConsignmentState, { kind, event, party }: StoredNotice): NoticeAsk | undefined {
  switch (kind) {
    case 'coming':
    case 'waits': {
      const release = state.releases.findLast(each => each.hash === event)
      if (release?.status !== 'open') return undefined
      return { kind: release.giver === party ? 'waybill' : 'receive', release: event }
    }
    case 'differs': {
      const acting = findAct(state, event)?.acting
      const release = state.releases.findLast(
        each => acting?.kind === 'receive' && each.hash === acting.body.release && each.missing.length > 0,
      )
      return release && { kind: 'settle', of: release.hash }
    }
    case 'not-in-effect': {
      const entry = findAct(state, event)
      return entry && isStray(entry) ? { kind: 'settle', of: event } : undefined
    }
    default:
      return undefined
  }
}
