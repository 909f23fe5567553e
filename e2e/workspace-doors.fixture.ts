import { expect } from '@playwright/test'
import { createResetToken } from '../lib/data/accounts.ts'
import { createInvitation } from '../lib/data/invitations.ts'
import { emailOf, PASSWORD, type Who } from './accounts.fixture.ts'
import { inBrowser, type Played, type Stage } from './workspace-stage.fixture.ts'

const userIdOf = async ({ log }: Played, who: Who) =>
  (await log.prisma.user.findUniqueOrThrow({ where: { email: emailOf(who) } })).id

let invitations = 0
/** The address of an invitation to the donor; `spoilt`: what its row is to say. */
async function invited(played: Played, spoilt: object = {}): Promise<string> {
  invitations += 1
  const note = `For the night shift, ${invitations}`
  const createdBy = await userIdOf(played, 'amal')
  const asked = { party: played.cast.donor.reference, role: 'member', note, days: 7, createdBy } as const
  const made = await createInvitation(asked, played.log)
  if (!made.ok) throw new Error(made.code)
  await played.log.prisma.invitation.updateMany({ where: { note }, data: spoilt })
  return `/join/${made.value.token}`
}

/** Where people come in: signing in, invitations, forgotten passwords, the choice of a party. */
export async function doors(stage: Stage): Promise<void> {
  const { played, see } = stage
  const now = BigInt(Date.now())
  await inBrowser(stage, undefined, async page => {
    await page.goto('/sign-in')
    await see(page, 'sign-in')
    await page.locator('[name=email]').fill(emailOf('amal'))
    await page.locator('[name=password]').fill('not the password')
    await page.locator('[name=password]').press('Enter')
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await see(page, 'sign-in-refused')
    for (const [state, address] of [
      ['open', await invited(played)],
      ['used', await invited(played, { usedAt: now })],
      ['revoked', await invited(played, { revokedAt: now })],
      ['expired', await invited(played, { expiresAt: now - 86_400_000n })],
      ['unknown', `/join/${'A'.repeat(43)}`],
    ] as const) {
      await page.goto(address)
      await see(page, `join-${state}`)
    }
    await page.goto(`/reset-password/${await createResetToken(await userIdOf(played, 'vera'), played.log)}`)
    await see(page, 'reset-password')
    await page.goto(`/reset-password/${'A'.repeat(43)}`)
    await see(page, 'reset-password-dead')
    await page.goto('/reset-password')
    await see(page, 'reset-password-ask')
  })
  await inBrowser(stage, 'tomas', async page => {
    await page.goto('/choose-party')
    await see(page, 'choose-party')
    await page.goto(await invited(played))
    await see(page, 'join-signed-in')
    await page.goto('/sign-in')
    await see(page, 'sign-in-already')
  })
  await inBrowser(stage, 'nobody', async page => {
    await page.goto('/choose-party')
    await see(page, 'choose-party-none')
  })
}

/** Two passkeys of a person, as if added before; answers the id of one. */
async function passkeys(played: Played, who: Who): Promise<string> {
  const userId = await userIdOf(played, who)
  const { passkey } = played.log.prisma
  const common = { userId, publicKey: '', counter: 0, createdAt: new Date('2026-10-04T08:00:00Z') }
  const two = [
    {
      ...common,
      id: `${who}-1`,
      credentialID: `${who}-1`,
      name: 'Office laptop',
      deviceType: 'singleDevice',
      backedUp: false,
    },
    {
      ...common,
      id: `${who}-2`,
      credentialID: `${who}-2`,
      name: 'هاتف أمل',
      deviceType: 'multiDevice',
      backedUp: true,
    },
  ]
  await passkey.deleteMany({ where: { userId } })
  await passkey.createMany({ data: two })
  return `${who}-1`
}

/** What a person does about themself and their colleagues. */
export async function people(stage: Stage): Promise<void> {
  const { see, t, played } = stage
  await inBrowser(stage, 'amal', async (page, context) => {
    await page.goto('/members')
    await see(page, 'members')
    await page.getByRole('button', { name: t('account.members.inviteSubmit') }).click()
    await expect(page.getByText(/\/join\//)).toBeVisible()
    await see(page, 'members-link')
    await page.goto(`/members?member=${await userIdOf(played, 'vera')}`)
    await see(page, 'members-change')
    await passkeys(played, 'amal')
    await page.goto('/account?changed=passkey')
    await see(page, 'account-passkeys')
    await page.goto(`/account?passkey=${await passkeys(played, 'amal')}`)
    await see(page, 'account-passkey-change')
    await played.log.prisma.session.updateMany({ data: { createdAt: new Date(Date.now() - 3_600_000) } })
    await page.goto('/account')
    await see(page, 'account-confirm')
    await played.log.prisma.session.updateMany({ data: { createdAt: new Date() } })
    await page.goto('/account?changed=name')
    await see(page, 'account')
    await page.locator('[name=current]').fill(`${PASSWORD}!`)
    await page.locator('[name=password]').last().fill(PASSWORD)
    await context.clearCookies()
    await page.getByRole('button', { name: t('account.own.savePassword') }).click()
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await see(page, 'account-signed-out')
  })
  await inBrowser(stage, 'vera', async page => {
    for (const room of ['today', 'members', 'keys']) {
      await page.goto(`/${room}`)
      await see(page, `${room}-viewer`)
    }
  })
  await inBrowser(stage, 'olga', async page => {
    await page.goto('/today')
    await see(page, 'today-first')
  })
}
