import { expect, test } from '@playwright/test'
import { peopledLog } from './accounts.fixture.ts'
import { accountBy, changeRole, colleaguesOf, removeMember } from './colleagues.ts'
import { createInvitation, invitation } from './invitations.ts'
import type { Log } from './log-state.ts'
import { addMember, membershipsOf } from './members.ts'
import { closeLog } from './open-log.ts'

const codeOf = (answer: { ok: boolean; code?: string }) => (answer.ok ? 'done' : answer.code)

/** A key that a member asked for; `isEnrolled`: the projection of the log has it too. */
async function keyOf(log: Log, { userId, party, key, isEnrolled }: Asked) {
  const common = { key, publicKey: key, party, role: 'member' }
  await log.prisma.deviceKey.create({ data: { ...common, userId, proof: '', device: `${key}’s phone`, createdAt: 0n } })
  if (isEnrolled)
    await log.prisma.key.create({
      data: { ...common, held: 'device', byOperator: false, enrolledAt: 5, revokedAt: null },
    })
}
type Asked = { userId: string; party: string; key: string; isEnrolled: boolean }

test('members are listed by name, with the keys of theirs that still sign', async () => {
  const { log, party, member } = await peopledLog()
  const zoe = await member('Zoe', 'viewer')
  const ada = await member('Ada', 'admin')
  await keyOf(log, { userId: zoe, party, key: 'live', isEnrolled: true })
  await keyOf(log, { userId: zoe, party, key: 'waits', isEnrolled: false })
  await keyOf(log, { userId: zoe, party, key: 'gone', isEnrolled: true })
  await log.prisma.key.update({ where: { key: 'gone' }, data: { revokedAt: 9 } })
  expect(await colleaguesOf(party, log)).toMatchObject([
    { userId: ada, name: 'Ada', email: 'ada@example.org', role: 'admin', keys: [] },
    { userId: zoe, role: 'viewer', keys: [{ key: 'live', device: 'live’s phone' }] },
  ])
  await closeLog(log)
})

test('a party keeps an admin: the last one is neither removed nor demoted', async () => {
  const { log, party, member } = await peopledLog()
  const ada = await member('Ada', 'admin')
  const bilal = await member('Bilal', 'member')
  expect(codeOf(await removeMember({ party, userId: ada }, log))).toBe('last-admin')
  expect(codeOf(await changeRole({ party, userId: ada, role: 'member' }, log))).toBe('last-admin')
  expect(codeOf(await changeRole({ party, userId: ada, role: 'admin' }, log))).toBe('done')
  expect(codeOf(await changeRole({ party, userId: bilal, role: 'admin' }, log))).toBe('done')
  expect(codeOf(await removeMember({ party, userId: ada }, log))).toBe('done')
  expect(await colleaguesOf(party, log)).toMatchObject([{ userId: bilal, role: 'admin' }])
  await closeLog(log)
})

test('two admins who remove each other at the same moment do not both succeed', async () => {
  const { log, party, member } = await peopledLog()
  const admins = [await member('Ada', 'admin'), await member('Bilal', 'admin')]
  const answers = await Promise.all(admins.map(userId => removeMember({ party, userId }, log)))
  expect(answers.map(codeOf).sort()).toEqual(['done', 'last-admin'])
  await closeLog(log)
})

test('who is removed acts for the party no more, but keeps their account and other parties', async () => {
  const { log, party, recipient, member } = await peopledLog()
  await member('Ada', 'admin')
  const bilal = await member('Bilal', 'admin')
  await addMember({ userId: bilal, party: recipient.party, role: 'viewer' }, log)
  expect(codeOf(await removeMember({ party, userId: bilal }, log))).toBe('done')
  expect(codeOf(await removeMember({ party, userId: bilal }, log))).toBe('not-a-member')
  expect(codeOf(await changeRole({ party, userId: bilal, role: 'admin' }, log))).toBe('not-a-member')
  expect((await membershipsOf(bilal, log)).map(each => each.party)).toEqual([recipient.party])
  expect(await accountBy({ email: ' Bilal@example.org' }, log)).toEqual({
    userId: bilal,
    name: 'Bilal',
    email: 'bilal@example.org',
    memberships: [{ party: recipient.party, role: 'viewer' }],
  })
  await closeLog(log)
})

test('links given out by an admin who is removed or demoted open nothing any more', async () => {
  const { log, party, recipient, member } = await peopledLog()
  await member('Ada', 'admin')
  for (const change of ['remove', 'demote'] as const) {
    const bilal = await member(`Bilal-${change}`, 'admin')
    const elsewhere = recipient.party
    await addMember({ userId: bilal, party: elsewhere, role: 'admin' }, log)
    const link = async (to: string) => {
      const asked = { party: to, role: 'admin', note: '', days: 30, createdBy: bilal } as const
      const made = await createInvitation(asked, log)
      return made.ok ? made.value.token : ''
    }
    const [here, there] = [await link(party), await link(elsewhere)]
    if (change === 'remove') await removeMember({ party, userId: bilal }, log)
    else await changeRole({ party, userId: bilal, role: 'member' }, log)
    expect((await invitation(here, log))?.state).toBe('revoked')
    expect((await invitation(there, log))?.state).toBe('open')
  }
  await closeLog(log)
})

test('an admin who leaves the operator’s party leaves no open link to any party but those they still administer', async () => {
  const { log, donor, recipient, member } = await peopledLog()
  const operator = log.founding?.operator as string
  await member('Ada', 'admin', operator)
  const bilal = await member('Bilal', 'admin', operator)
  await addMember({ userId: bilal, party: donor.party, role: 'admin' }, log)
  const states = async (tokens: readonly string[]) =>
    Promise.all(tokens.map(async token => (await invitation(token, log))?.state))
  const tokens: string[] = []
  for (const party of [donor.party, recipient.party]) {
    const made = await createInvitation({ party, role: 'admin', note: '', days: 7, createdBy: bilal }, log)
    if (made.ok) tokens.push(made.value.token)
  }
  await removeMember({ party: operator, userId: bilal }, log)
  expect(await states(tokens)).toEqual(['open', 'revoked'])
  await closeLog(log)
})

test('a key that waits for approval is declined with its owner’s leaving; an enrolled one is not touched', async () => {
  const { log, party, member } = await peopledLog()
  await member('Ada', 'admin')
  for (const change of ['remove', 'demote'] as const) {
    const userId = await member(`Bilal-${change}`, 'member')
    await keyOf(log, { userId, party, key: `${change}-waits`, isEnrolled: false })
    await keyOf(log, { userId, party, key: `${change}-signs`, isEnrolled: true })
    if (change === 'remove') await removeMember({ party, userId }, log)
    else await changeRole({ party, userId, role: 'viewer' }, log)
    const rows = await log.prisma.deviceKey.findMany({ where: { userId }, orderBy: { key: 'desc' } })
    expect(rows.map(row => row.declinedAt !== null)).toEqual([true, false])
    expect((await log.prisma.key.findUnique({ where: { key: `${change}-signs` } }))?.revokedAt).toBeNull()
  }
  await closeLog(log)
})
