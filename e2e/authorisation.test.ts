import { expect } from '@playwright/test'
import { PASSWORD, signInAs } from './accounts.fixture.ts'
import { type Called, callAction, Fields, serverActions } from './actions.fixture.ts'
import { ACTIONS, CALLERS, type Caller, form, invitation, NAMES } from './authorisation.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'

/** What the server keeps about people and what is not signed. */
async function everything({ log }: Peopled, isAboutSessions: boolean): Promise<string> {
  const { member, invitation, draft, deviceKey, user, account, verification, passkey, session } = log.prisma
  const { noticeSetting, pushSubscription, gs1Key } = log.prisma
  const tables = [
    member,
    invitation,
    draft,
    deviceKey,
    user,
    account,
    verification,
    passkey,
    noticeSetting,
    pushSubscription,
    gs1Key,
    ...(isAboutSessions ? [session] : []),
  ]
  const rows = await Promise.all(tables.map(table => (table.findMany as () => Promise<unknown[]>)()))
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

async function sessionOf(peopled: Peopled, caller: Caller): Promise<string | undefined> {
  const who = CALLERS[caller]
  if (who === undefined) return undefined
  const cookie = await signInAs(peopled.url, who)
  if (caller === 'session expired') {
    const token = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0] as string
    const expired = { where: { token }, data: { expiresAt: new Date(Date.now() - 1000) } }
    expect((await peopled.log.prisma.session.updateMany(expired)).count).toBe(1)
  }
  return cookie
}

const codeOf = ({ value }: Called) => (value as { code?: string } | undefined)?.code

for (const [name, { claims, args, isAboutSessions = false }] of Object.entries(ACTIONS)) {
  test(`${name}: done for those whose role may, for everyone else nothing is changed`, async ({ peopled }) => {
    const as = peopled.cast.donor.reference
    const said: Partial<Record<Caller, string>> = {}
    for (const caller of NAMES) {
      const given = await args({ peopled, as, caller })
      const cookie = await sessionOf(peopled, caller)
      if (isAboutSessions && CALLERS[caller]) await signInAs(peopled.url, CALLERS[caller])
      const before = await everything(peopled, isAboutSessions && caller !== 'session expired')
      const called = await callAction(peopled.url, `app/(workspace)/${name}`, {
        args: given,
        ...(cookie !== undefined && { cookie }),
      })
      const isSame = (await everything(peopled, isAboutSessions && caller !== 'session expired')) === before
      expect(called.status, caller).toBeLessThan(400)
      said[caller] = isSame ? (codeOf(called) ?? 'nothing') : (codeOf(called) ?? 'done')
      if (said[caller] !== 'done') expect(isSame, `${name} by ${caller} changes nothing`).toBe(true)
    }
    expect(said).toEqual(claims)
  })
}

/** Actions that anyone may call, as they answer someone who has no code, no link and no password. */
const OPEN: Readonly<Record<string, { readonly args: readonly unknown[]; readonly said: string }>> = {
  'sign-in/actions.ts#signIn': {
    args: form({ email: 'amal@relief.example', password: 'not hers at all', next: '' }),
    said: 'sign-in-refused',
  },
  'account/actions.ts#signOut': { args: [new Fields({})], said: 'to /' },
  'join/[token]/actions.ts#join': { args: form({ token: 'A'.repeat(27) }), said: 'signed-out' },
  'join/[token]/actions.ts#joinAsNewcomer': {
    args: form({ token: 'A'.repeat(27), name: 'Mallory', email: 'mallory@relief.example', password: PASSWORD }),
    said: 'invitation-unknown',
  },
  'reset-password/actions.ts#askReset': {
    args: form({ email: 'amal@relief.example' }),
    // This server sends no letters; what one that does answers is told in mail.test.ts.
    said: 'form-malformed',
  },
  'reset-password/[token]/actions.ts#setPassword': {
    args: form({ token: 'A'.repeat(27), password: PASSWORD }),
    said: 'reset-unknown',
  },
  'first-run/actions.ts#begin': {
    args: [
      {
        code: 'AAAAA-AAAAA-AAAAA-AAAAA',
        origin: 'mallory.example/log',
        partyName: 'Mallory',
        party: '7K3Q9XMD2TK',
        publicKey: '',
        proof: '',
        device: 'a laptop',
        name: 'Mallory',
        email: 'mallory@relief.example',
        password: PASSWORD,
      },
    ],
    said: 'code-wrong',
  },
  'enter/actions.ts#enterAs': { args: [new Fields({ party: '7K3Q9XMD2TK' })], said: 'to /enter?problem=not-demo' },
  'enter/actions.ts#enrolVisitorKey': {
    args: [{ as: '7K3Q9XMD2TK', publicKey: '', proof: '', device: '' }],
    said: 'not-demo',
  },
}

for (const [name, { args, said }] of Object.entries(OPEN)) {
  test(`${name}: who has no code, link or password gets nowhere with it`, async ({ peopled }) => {
    const before = await everything(peopled, true)
    const called = await callAction(peopled.url, `app/(workspace)/${name}`, { args })
    expect(codeOf(called) ?? `to ${called.redirect?.replace(/;.*/, '')}`).toBe(said)
    expect(called.setCookie.filter(cookie => /session_token=[^;]/.test(cookie))).toEqual([])
    expect(await everything(peopled, true)).toBe(before)
  })
}

test('no server action is left out of these tables', () => {
  const claimed = [...Object.keys(ACTIONS), ...Object.keys(OPEN)].map(name => `app/(workspace)/${name}`)
  expect([...serverActions().keys()].sort()).toEqual(claimed.sort())
})

test('a form that is not the page’s own, and a call from another site, change nothing', async ({ peopled }) => {
  const as = peopled.cast.donor.reference
  const cookie = await signInAs(peopled.url, 'amal')
  const before = await everything(peopled, false)
  const name = 'app/(workspace)/members/actions.ts#invite'
  const odd = await callAction(peopled.url, name, { args: form({ as, role: 'owner', note: '', days: '7' }), cookie })
  expect(codeOf(odd)).toBe('form-malformed')
  const args = form({ as, ...invitation })
  const elsewhere = await callAction(peopled.url, name, { args, cookie, headers: { origin: 'https://evil.example' } })
  expect(elsewhere.status).toBeGreaterThanOrEqual(400)
  expect(await everything(peopled, false)).toBe(before)
})
