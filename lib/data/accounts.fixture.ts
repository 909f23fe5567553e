import { randomUUID } from 'node:crypto'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import type { MemberRole } from './members.ts'
import { addMember } from './members.ts'

/** A founded log whose clock the test turns, and people on it without passwords. */
export async function peopledLog() {
  const clock = { now: Date.now() }
  const founded = await foundedLog({ ...freshSettings(), clock: () => clock.now })
  const { log, donor } = founded
  const person = async (name: string) => {
    const now = new Date()
    const email = `${name.toLowerCase()}@example.org`
    const data = { id: randomUUID(), name, email, emailVerified: false, createdAt: now, updatedAt: now }
    return (await log.prisma.user.create({ data })).id
  }
  const member = async (name: string, role: MemberRole, party = donor.party) => {
    const userId = await person(name)
    await addMember({ userId, party, role }, log)
    return userId
  }
  return { ...founded, clock, person, member, party: donor.party }
}
