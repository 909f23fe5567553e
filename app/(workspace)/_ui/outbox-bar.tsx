import type { Actor } from '@/lib/auth/actor.ts'
import { ClientWords } from './client-words.tsx'
import { deskOf } from './desk.ts'
import { OutboxLine } from './outbox-line.tsx'
import { SIGN_WORDS } from './sign-words.ts'

/** What this device has signed and not let go of, the network, and what is new among the party's keys; also what sends it, as long as a page is open. */
export async function OutboxBar({ actor }: { actor: Actor }) {
  const desk = await deskOf(actor)
  if (!desk) return null
  return (
    <ClientWords branches={[...SIGN_WORDS, 'kinds']}>
      <OutboxLine desk={desk} />
    </ClientWords>
  )
}
