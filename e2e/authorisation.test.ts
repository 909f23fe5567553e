import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { makeAccount } from '../lib/auth/account.ts'
import { openAuth } from '../lib/auth/auth.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { enrolMessage } from '../lib/core/custody/claims.ts'
import { EMPTY_DRAFT } from '../lib/core/custody/draft.ts'
import { requestKey } from '../lib/data/device-keys.ts'
import { createDraft } from '../lib/data/drafts.ts'
import { createInvitation } from '../lib/data/invitations.ts'
import { keptKey } from '../lib/data/kept-keys.ts'
import { addMember, type MemberRole } from '../lib/data/members.ts'
import { signNatively } from '../lib/data/sign.ts'
import { emailOf, PASSWORD, signInAs, type Who } from './accounts.fixture.ts'
import { type Called, callAction, Fields, serverActions } from './actions.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { random } from './server.fixture.ts'

/** Who calls, always about the donor's party unless the action is the operator's own. */
const CALLERS = {
  admin: 'amal',
  member: 'dana',
  viewer: 'vera',
  'admin of another party': 'hana',
  'admin of the operator': 'olga',
  'session expired': 'amal',
  'signed out': undefined,
} as const satisfies Readonly<Record<string, Who | undefined>>
type Caller = keyof typeof CALLERS
const NAMES = Object.keys(CALLERS) as readonly Caller[]

type Claims = Readonly<Record<Caller, string>>
/** Only the first roles may; everyone else hears why not. `silent`: the action answers nothing, it only does nothing. */
const claims = (
  admin: string,
  member: string,
  viewer: string,
  { elsewhere = 'not-member', out = 'signed-out' } = {},
): Claims => ({
  admin,
  member,
  viewer,
  'admin of another party': elsewhere,
  'admin of the operator': elsewhere,
  'session expired': out,
  'signed out': out,
})
const SILENT = { elsewhere: 'nothing', out: 'nothing' }

type Prepared = { readonly peopled: Peopled; readonly as: string; readonly caller: Caller }
type Case = {
  readonly claims: Claims
  /** Makes what the call is about, and answers its arguments. */
  readonly args: (given: Prepared) => Promise<readonly unknown[]>
  /** Whether the change is one of sessions, which are left out otherwise: an expired one goes when it is looked at. */
  readonly isAboutSessions?: boolean
}

const form = (fields: Readonly<Record<string, string>>) => [{}, new Fields(fields)] as const

async function newColleague({ peopled, as }: Prepared, role: MemberRole = 'viewer'): Promise<string> {
  const auth = await openAuth({ publicUrl: peopled.url, log: peopled.log })
  const made = await makeAccount(
    { name: 'New Colleague', email: `${randomUUID()}@relief.example`, password: PASSWORD },
    auth,
  )
  if (!made.ok) throw new Error(made.code)
  await addMember({ userId: made.value, party: as, role }, peopled.log)
  return made.value
}

function newKey({ peopled, as }: Prepared, role: 'admin' | 'member') {
  const key = keptKey({ origin: peopled.origin, use: 'device', party: as, role, seed: random(32) })
  const message = utf8Encode(enrolMessage({ origin: peopled.origin, party: as, role }))
  const proof = hexEncode(signNatively({ seed: key.seed, message }))
  return { key: key.key, publicKey: hexEncode(key.publicKey), proof }
}

/** A passkey of who calls, or of the party's admin where nobody does. */
async function newPasskey({ peopled, caller }: Prepared): Promise<string> {
  const { prisma } = peopled.log
  const { id: userId } = await prisma.user.findUniqueOrThrow({ where: { email: emailOf(CALLERS[caller] ?? 'amal') } })
  const id = randomUUID()
  const kept = { publicKey: '', credentialID: id, counter: 0, deviceType: 'singleDevice', backedUp: false }
  await prisma.passkey.create({ data: { id, name: 'Phone', userId, createdAt: new Date(), ...kept } })
  return id
}

const invitation = { role: 'member', note: 'for the night shift', days: '7' }
const ACTIONS: Readonly<Record<string, Case>> = {
  'members/actions.ts#invite': {
    claims: claims('done', 'may-not', 'may-not'),
    args: async ({ as }) => form({ as, ...invitation }),
  },
  'members/actions.ts#revokeInvite': {
    claims: claims('done', 'may-not', 'may-not'),
    async args(given) {
      const createdBy = await newColleague(given, 'admin')
      const made = await createInvitation(
        { party: given.as, role: 'member', note: '', days: 7, createdBy },
        given.peopled.log,
      )
      if (!made.ok) throw new Error(made.code)
      const row = await given.peopled.log.prisma.invitation.findFirstOrThrow({ where: { createdBy } })
      return form({ as: given.as, id: row.id })
    },
  },
  'members/actions.ts#setRole': {
    claims: claims('done', 'may-not', 'may-not'),
    args: async given => form({ as: given.as, userId: await newColleague(given), role: 'admin' }),
  },
  'members/actions.ts#remove': {
    claims: claims('done', 'may-not', 'may-not'),
    args: async given => form({ as: given.as, userId: await newColleague(given) }),
  },
  'members/actions.ts#handOverReset': {
    claims: claims('done', 'may-not', 'may-not'),
    args: async given => form({ as: given.as, userId: await newColleague(given) }),
  },
  'members/actions.ts#inviteToParty': {
    claims: { ...claims('not-member', 'not-member', 'not-member'), 'admin of the operator': 'done' },
    args: async ({ as, peopled }) => form({ as: peopled.cast.operator.reference, party: as, ...invitation }),
  },
  'keys/actions.ts#askForKey': {
    claims: claims('done', 'done', 'may-not'),
    async args(given) {
      const { key: _key, ...asked } = newKey(given, given.caller === 'member' ? 'member' : 'admin')
      return [{ as: given.as, device: 'a phone', ...asked }]
    },
  },
  'keys/actions.ts#decline': {
    claims: claims('done', 'nothing', 'nothing', SILENT),
    async args(given) {
      const userId = await newColleague(given, 'member')
      const { key, ...asked } = newKey(given, 'member')
      await requestKey({ party: given.as, userId, role: 'member', device: 'a phone', ...asked }, given.peopled.log)
      return [new Fields({ as: given.as, key })]
    },
  },
  'consignments/new/actions.ts#startDraft': {
    claims: claims('done', 'done', 'nothing', SILENT),
    args: async ({ as }) => [new Fields({ party: as })],
  },
  'consignments/[reference]/_draft/actions.ts#keepDraft': {
    claims: claims('done', 'done', 'may-not'),
    async args({ as, peopled }) {
      const { reference, version } = await createDraft({ party: as, userId: 'nobody' }, peopled.log)
      return [{ party: as, reference, version, content: { ...EMPTY_DRAFT, order: 'PO 7' } }]
    },
  },
  'consignments/[reference]/_draft/actions.ts#takeBack': {
    claims: claims('done', 'done', 'nothing', SILENT),
    async args({ as, peopled }) {
      const { reference } = await createDraft({ party: as, userId: 'nobody' }, peopled.log)
      return [new Fields({ party: as, reference })]
    },
  },
  'account/actions.ts#changeName': {
    claims: claims('done', 'done', 'done'),
    args: async ({ as }) => form({ as, name: `Name ${randomUUID().slice(0, 8)}` }),
  },
  'account/actions.ts#changePassword': {
    claims: claims('done', 'done', 'done'),
    args: async ({ as }) => form({ as, current: PASSWORD, password: PASSWORD }),
  },
  'account/actions.ts#confirmPerson': {
    claims: claims('done', 'done', 'done'),
    args: async ({ as }) => form({ as, current: PASSWORD }),
    isAboutSessions: true,
  },
  'account/actions.ts#renamePasskey': {
    claims: claims('done', 'done', 'done'),
    args: async given => form({ as: given.as, id: await newPasskey(given), name: 'Old phone' }),
  },
  'account/actions.ts#removePasskey': {
    claims: claims('done', 'done', 'done'),
    args: async given => form({ as: given.as, id: await newPasskey(given) }),
  },
  'account/actions.ts#signOutElsewhere': {
    claims: claims('done', 'done', 'done'),
    args: async ({ as }) => form({ as }),
    isAboutSessions: true,
  },
}

/** What the server keeps about people and what is not signed. */
async function everything({ log }: Peopled, isAboutSessions: boolean): Promise<string> {
  const { member, invitation, draft, deviceKey, user, account, verification, passkey, session } = log.prisma
  const tables = [
    member,
    invitation,
    draft,
    deviceKey,
    user,
    account,
    verification,
    passkey,
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
