import { randomUUID } from 'node:crypto'
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
import { keepBrowser } from '../lib/data/push-subscriptions.ts'
import { signNatively } from '../lib/data/sign.ts'
import { emailOf, PASSWORD, type Who } from './accounts.fixture.ts'
import { Fields } from './actions.fixture.ts'
import type { Peopled } from './people.fixture.ts'
import { random } from './server.fixture.ts'

/** Who calls, always about the donor's party unless the action is the operator's own. */
export const CALLERS = {
  admin: 'amal',
  member: 'dana',
  viewer: 'vera',
  'admin of another party': 'hana',
  'admin of the operator': 'olga',
  'session expired': 'amal',
  'signed out': undefined,
} as const satisfies Readonly<Record<string, Who | undefined>>
export type Caller = keyof typeof CALLERS
export const NAMES = Object.keys(CALLERS) as readonly Caller[]

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

export const form = (fields: Readonly<Record<string, string>>) => [{}, new Fields(fields)] as const

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

/** Who calls, or the party's admin where nobody does. */
async function userIdOf({ log }: Peopled, caller: Caller): Promise<string> {
  const where = { email: emailOf(CALLERS[caller] ?? 'amal') }
  return (await log.prisma.user.findUniqueOrThrow({ where })).id
}

function newBrowser() {
  const endpoint = `https://fcm.googleapis.com/fcm/send/${randomUUID()}`
  return { endpoint, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
}

async function newPasskey({ peopled, caller }: Prepared): Promise<string> {
  const { prisma } = peopled.log
  const userId = await userIdOf(peopled, caller)
  const id = randomUUID()
  const kept = { publicKey: '', credentialID: id, counter: 0, deviceType: 'singleDevice', backedUp: false }
  await prisma.passkey.create({ data: { id, name: 'Phone', userId, createdAt: new Date(), ...kept } })
  return id
}

export const invitation = { role: 'member', note: 'for the night shift', days: '7' }
/** Every action that a session authorises, by file and name below the workspace. */
export const ACTIONS: Readonly<Record<string, Case>> = {
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
  // This log succeeds none: what the operator brings over from one that it does is told in succession.test.ts.
  'parties/earlier/actions.ts#bringParty': {
    claims: { ...claims('not-member', 'not-member', 'not-member'), 'admin of the operator': 'earlier-unknown' },
    args: async ({ as, peopled }) => [
      { as: peopled.cast.operator.reference, earlier: as, party: as, key: '0'.repeat(32), nonce: '0'.repeat(32) },
    ],
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
  'consignments/[reference]/label/actions.ts#changeGs1Key': {
    claims: claims('done', 'done', 'nothing', SILENT),
    async args({ as, peopled }) {
      const { reference } = await createDraft({ party: as, userId: 'nobody' }, peopled.log)
      return [new Fields({ party: as, consignment: reference, what: 'set', number: '106141412345678908' })]
    },
  },
  'import/actions.ts#makeDrafts': {
    claims: claims('done', 'done', 'may-not'),
    async args({ as }) {
      const content = { ...EMPTY_DRAFT, order: `PO ${randomUUID()}` }
      const drafts = [{ name: '', ordinal: 0, content, anyway: false }]
      return [{ party: as, importId: hexEncode(random(16)), drafts }]
    },
  },
  // It only reads: who may hears no refusal.
  'import/actions.ts#loadDrafts': {
    claims: claims('nothing', 'nothing', 'may-not'),
    async args({ as, peopled }) {
      const { reference } = await createDraft({ party: as, userId: 'nobody' }, peopled.log)
      return [{ party: as, references: [reference] }]
    },
  },
  'notices/actions.ts#markAllRead': {
    claims: claims('done', 'done', 'done', SILENT),
    args: async ({ as }) => [new Fields({ as, until: String(Date.now()) })],
  },
  'notices/actions.ts#chooseNotices': {
    claims: claims('done', 'done', 'done'),
    args: async ({ as }) => form({ as, 'mail:received': 'on' }),
  },
  'notices/actions.ts#takePush': {
    claims: claims('done', 'done', 'done'),
    args: async ({ as }) => [{ as, locale: 'en', ...newBrowser() }],
  },
  'notices/actions.ts#endPush': {
    claims: claims('done', 'done', 'done'),
    async args({ as, peopled, caller }) {
      const { endpoint, ...keys } = newBrowser()
      const userId = await userIdOf(peopled, caller)
      await keepBrowser({ endpoint, ...keys, userId, party: as, locale: 'en' }, peopled.log)
      return [{ as, endpoint }]
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
