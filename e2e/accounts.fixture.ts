import { makeAccount } from '../lib/auth/account.ts'
import { openAuth } from '../lib/auth/auth.ts'
import type { Log } from '../lib/data/log-state.ts'
import { addMember, type MemberRole } from '../lib/data/members.ts'
import { openLog } from '../lib/data/open-log.ts'
import { fromElsewhere } from './addresses.fixture.ts'
import type { Founded, Part } from './founded.fixture.ts'

/** Everyone's. */
export const PASSWORD = 'correct horse battery'

type Belonging = { readonly part: Part; readonly role: MemberRole }
/** Who acts for whom; `amal` is `amal@relief.example`. */
export const PEOPLE = {
  olga: { name: 'Olga Sørensen', of: [{ part: 'operator', role: 'admin' }] },
  amal: { name: 'Amal Haddad', of: [{ part: 'donor', role: 'admin' }] },
  dana: { name: 'Dana Reyes', of: [{ part: 'donor', role: 'member' }] },
  vera: { name: 'Vera Novak', of: [{ part: 'donor', role: 'viewer' }] },
  chipo: { name: 'Chipo Phiri', of: [{ part: 'carrierA', role: 'admin' }] },
  blessing: { name: 'Blessing Moyo', of: [{ part: 'carrierB', role: 'admin' }] },
  hana: { name: 'Hana Weiss', of: [{ part: 'hospital', role: 'admin' }] },
  mercy: { name: 'Mercy Kamanga', of: [{ part: 'hospital', role: 'member' }] },
  /** Acts for two parties. */
  tomas: {
    name: 'Tomás Lima',
    of: [
      { part: 'clinic', role: 'admin' },
      { part: 'carrierB', role: 'viewer' },
    ],
  },
  /** Has an account and no party. */
  nobody: { name: 'Noor Aziz', of: [] },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly of: readonly Belonging[] }>>

export type Who = keyof typeof PEOPLE
export const emailOf = (who: Who) => `${who}@relief.example`

/** Opens the log of a running server in this process too: what the pages keep in the database can be prepared and looked at. Close it. */
export function openBeside({ dataDir, database }: Pick<Founded, 'dataDir' | 'database'>): Promise<Log> {
  return openLog({ dataDir, databaseUrl: `file:${database}`, isDemo: false })
}

/** Makes an account for each person, a member of their parties. */
export async function makePeople(founded: Founded, log: Log): Promise<void> {
  const auth = await openAuth({ publicUrl: founded.url, log })
  for (const [who, { name, of }] of Object.entries(PEOPLE)) {
    const made = await makeAccount({ name, email: emailOf(who as Who), password: PASSWORD }, auth)
    if (!made.ok) throw new Error(`no account for ${who}: ${made.code}`)
    for (const { part, role } of of as readonly Belonging[])
      await addMember({ userId: made.value, party: founded.cast[part].reference, role }, log)
  }
}

/** Signs in over HTTP, from an address of its own: tries at passwords are counted by address. Answers the `cookie` header of the session. */
export async function signInAs(url: string, who: Who, password = PASSWORD): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: url,
      ...fromElsewhere(),
    },
    body: JSON.stringify({ email: emailOf(who), password }),
  })
  if (!response.ok) throw new Error(`${who} could not sign in: ${response.status} ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ')
}
