import type { MemberRole, Membership } from '../data/members.ts'

/**
 * What a member may do in the app, by role alone: it never looks at a consignment (that is `allowed`, from the log) and authorises no
 * signature (that is the key's). Viewers read.
 */
const MAY = {
  /** Today, consignments, parties, their own account. */
  read: ['admin', 'member', 'viewer'],
  /** Prepare, change and withdraw consignments that are not packed yet, and print labels. */
  draft: ['admin', 'member'],
  /** Ask for a key of their own to be enrolled. */
  'request-key': ['admin', 'member'],
  /** Say no to a key that waits. Saying yes is a signature. */
  'decline-key': ['admin'],
  /** Invite, withdraw an invitation. */
  invite: ['admin'],
  /** Change a member's role, remove a member. */
  'manage-members': ['admin'],
  /** Hand a member a link to set a new password. */
  'reset-password': ['admin'],
  /** For the operator's party alone: invite the first admin of any party. */
  'invite-party': ['admin'],
} as const satisfies Record<string, readonly MemberRole[]>

export type Action = keyof typeof MAY
export const ACTIONS = Object.keys(MAY) as readonly Action[]

const OPERATORS: readonly Action[] = ['invite-party']

/** Whether who acts for this party, in this role, may do `action`. */
export function may({ role, isOperator }: Pick<Membership, 'role' | 'isOperator'>, action: Action): boolean {
  return (MAY[action] as readonly MemberRole[]).includes(role) && (isOperator || !OPERATORS.includes(action))
}

type Role = Pick<Membership, 'party' | 'role'>

/**
 * Whether an admin may hand a person a link to set a new password, which is to be able to sign in as them: only where they administer every party of
 * that person, or act for the operator's.
 */
export function mayReset(asked: { acting: Membership; own: readonly Role[]; theirs: readonly Role[] }): boolean {
  const { acting, own, theirs } = asked
  if (!may(acting, 'reset-password')) return false
  const administers = (party: string) => own.some(each => each.party === party && each.role === 'admin')
  return acting.isOperator || (theirs.length > 0 && theirs.every(each => administers(each.party)))
}
