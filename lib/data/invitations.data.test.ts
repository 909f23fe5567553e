import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { peopledLog } from './accounts.fixture.ts'
import { acceptInvitation, createInvitation, invitation, invitationsOf, revokeInvitation } from './invitations.ts'
import { membershipsOf } from './members.ts'
import { closeLog } from './open-log.ts'

const DAY = 24 * 3600 * 1000

async function invited(days: 1 | 7 | 30 = 7) {
  const people = await peopledLog()
  const { log, member, party } = people
  const admin = await member('Ada', 'admin')
  const made = await createInvitation({ party, role: 'member', note: 'Bilal, the driver', days, createdBy: admin }, log)
  if (!made.ok) throw new Error(made.code)
  return { ...people, admin, token: made.value.token }
}

const codeOf = (answer: { ok: boolean; code?: string }) => (answer.ok ? 'joined' : answer.code)

test('an invitation tells its holder the party, the role, who invited and until when', async () => {
  const { log, party, token, clock } = await invited()
  expect(await invitation(token, log)).toEqual({
    party,
    partyName: 'Nordic Relief',
    isSuspended: false,
    role: 'member',
    invitedBy: 'Ada',
    expiresAt: clock.now + 7 * DAY,
    state: 'open',
  })
  await closeLog(log)
})

test('the link is not in the database, only its SHA-256', async () => {
  const { log, token } = await invited()
  expect(token).toMatch(/^[\w-]{27}$/)
  const [row] = await log.prisma.invitation.findMany()
  expect(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(token)
  expect(row?.tokenHash).toBe(createHash('sha256').update(token).digest('hex'))
  await closeLog(log)
})

test('who uses the link is a member with its role; the link is used up', async () => {
  const { log, party, token, person } = await invited()
  const [bilal, other] = [await person('Bilal'), await person('Other')]
  expect(await acceptInvitation({ token, userId: bilal }, log)).toEqual({ ok: true, value: { party } })
  expect(await membershipsOf(bilal, log)).toMatchObject([{ party, role: 'member' }])
  expect((await invitation(token, log))?.state).toBe('used')
  expect(await invitationsOf(party, log)).toEqual([])
  expect(codeOf(await acceptInvitation({ token, userId: bilal }, log))).toBe('invitation-used')
  expect(codeOf(await acceptInvitation({ token, userId: other }, log))).toBe('invitation-used')
  expect(await membershipsOf(other, log)).toEqual([])
  await closeLog(log)
})

test('of twenty people who use one link at once, one joins', async () => {
  const { log, party, token, person } = await invited()
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => person(`P${n}`)))
  const answers = await Promise.all(people.map(userId => acceptInvitation({ token, userId }, log)))
  expect(answers.map(codeOf).filter(code => code === 'joined')).toHaveLength(1)
  expect(answers.map(codeOf).filter(code => code === 'invitation-used')).toHaveLength(19)
  expect(await log.prisma.member.count({ where: { party, userId: { in: people } } })).toBe(1)
  await closeLog(log)
})

test('a link made for one day opens nothing a day later', async () => {
  const { log, party, token, person, clock } = await invited(1)
  clock.now += DAY - 1
  expect((await invitation(token, log))?.state).toBe('open')
  clock.now += 1
  expect((await invitation(token, log))?.state).toBe('expired')
  expect(await invitationsOf(party, log)).toEqual([])
  expect(codeOf(await acceptInvitation({ token, userId: await person('Bilal') }, log))).toBe('invitation-expired')
  await closeLog(log)
})

test('a withdrawn link opens nothing, and only its own party withdraws it', async () => {
  const { log, party, recipient, token, person } = await invited()
  const [open] = await invitationsOf(party, log)
  const id = open?.id ?? ''
  expect(open).toMatchObject({ note: 'Bilal, the driver', role: 'member', invitedBy: 'Ada' })
  expect(await revokeInvitation({ party: recipient.party, id }, log)).toBe(false)
  expect((await invitation(token, log))?.state).toBe('open')
  expect(await revokeInvitation({ party, id }, log)).toBe(true)
  expect(await revokeInvitation({ party, id }, log)).toBe(false)
  expect((await invitation(token, log))?.state).toBe('revoked')
  expect(codeOf(await acceptInvitation({ token, userId: await person('Bilal') }, log))).toBe('invitation-revoked')
  await closeLog(log)
})

test('a member who opens a link to their own party keeps their role and leaves the link good', async () => {
  const { log, party, token, member } = await invited()
  const viewer = await member('Vera', 'viewer')
  expect(codeOf(await acceptInvitation({ token, userId: viewer }, log))).toBe('already-member')
  expect(await membershipsOf(viewer, log)).toMatchObject([{ party, role: 'viewer' }])
  expect((await invitation(token, log))?.state).toBe('open')
  await closeLog(log)
})

test('what is not a link that was given out opens nothing', async () => {
  const { log, token, person } = await invited()
  const userId = await person('Bilal')
  const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const wrong of ['', 'x', flipped, ` ${token}`, `${token}=`, token.slice(1), '%']) {
    expect(await invitation(wrong, log), wrong).toBeUndefined()
    expect(codeOf(await acceptInvitation({ token: wrong, userId }, log)), wrong).toBe('invitation-unknown')
  }
  await closeLog(log)
})

test('nobody is invited to a party that is not registered', async () => {
  const { log, admin } = await invited()
  const asked = { party: '7K3Q9XMD2TK', role: 'admin', note: '', days: 1, createdBy: admin } as const
  expect(await createInvitation(asked, log)).toMatchObject({ ok: false, code: 'unknown-party' })
  await closeLog(log)
})
