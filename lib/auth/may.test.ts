import { expect, test } from '@playwright/test'
import type { MemberRole, Membership } from '../data/members.ts'
import { ACTIONS, type Action, may, mayReset } from './may.ts'

const ROLES: readonly MemberRole[] = ['admin', 'member', 'viewer']

/** Who may: a letter a role, in the order above; capitals also outside the operator's party. */
const TABLE: Readonly<Record<Action, string>> = {
  read: 'A M V',
  draft: 'A M -',
  'request-key': 'A M -',
  'decline-key': 'A - -',
  invite: 'A - -',
  'manage-members': 'A - -',
  'reset-password': 'A - -',
  'invite-party': 'a - -',
}

test('every role may do what its line of the table says, and nothing else', () => {
  expect([...ACTIONS].sort()).toEqual(Object.keys(TABLE).sort())
  for (const action of ACTIONS)
    for (const [column, role] of ROLES.entries()) {
      const cell = TABLE[action].split(' ')[column] as string
      const cells = [true, false].map(isOperator => may({ role, isOperator }, action))
      expect(cells, `${role} ${action}`).toEqual([cell !== '-', cell !== '-' && cell === cell.toUpperCase()])
    }
})

const acting = (role: MemberRole, isOperator = false): Membership => ({
  party: 'A',
  name: 'A',
  role,
  isOperator,
  isSuspended: false,
})

test('a link to set a password is handed out only by who administers all of that person’s parties', () => {
  const own = [
    { party: 'A', role: 'admin' },
    { party: 'B', role: 'member' },
  ] as const
  const mayFor = (...parties: string[]) =>
    mayReset({ acting: acting('admin'), own, theirs: parties.map(party => ({ party, role: 'viewer' })) })
  expect(mayFor('A')).toBe(true)
  expect(mayFor('A', 'B')).toBe(false)
  expect(mayFor('A', 'C')).toBe(false)
  expect(mayFor('C')).toBe(false)
  expect(mayFor()).toBe(false)
})

test('an admin of the operator’s party hands one to anyone, other members of it to nobody', () => {
  const theirs = [{ party: 'C', role: 'admin' }] as const
  expect(mayReset({ acting: acting('admin', true), own: [], theirs })).toBe(true)
  expect(mayReset({ acting: acting('member', true), own: [], theirs })).toBe(false)
  const own = [{ party: 'C', role: 'admin' }] as const
  expect(mayReset({ acting: acting('viewer'), own, theirs })).toBe(false)
})
