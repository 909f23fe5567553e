import { getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { earlierParties } from '@/lib/data/carried.ts'
import { ClientWords } from '../../_ui/client-words.tsx'
import { deskOf } from '../../_ui/desk.ts'
import { SIGN_WORDS } from '../../_ui/sign-words.ts'
import { BringParty } from './bring-party.tsx'

/** Parties of the log that this one succeeds: the operator brings each over with one signature, and its people with it. */
export async function EarlierParties({ actor }: { actor: Actor }) {
  const parties = await earlierParties()
  if (parties.length === 0) return null
  const [t, desk] = await Promise.all([getTranslations(), deskOf(actor)])
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="earlier">
      <div className="max-w-[70ch]">
        <h2 id="earlier">{t('parties.earlier.title')}</h2>
        <p className="mt-1 text-ink-2">{t('parties.earlier.text')}</p>
      </div>
      <noscript>
        <p className="notice">{t('keys.noScript')}</p>
      </noscript>
      <ClientWords branches={['parties', ...SIGN_WORDS]}>
        <ul className="grid gap-4">
          {parties.map(party => (
            <li
              key={party.reference}
              className="flex flex-wrap items-center justify-between gap-3 border-rule border-t pt-4"
            >
              <span>
                <strong>
                  <bdi>{party.name}</bdi>
                </strong>
                {party.isSuspended && <span className="ms-2 text-open">{t('parties.suspended')}</span>}
                {party.wasOperator && (
                  <span className="block text-ink-2 text-note">{t('parties.earlier.wasOperator')}</span>
                )}
              </span>
              {desk && <BringParty desk={desk} party={party} />}
            </li>
          ))}
        </ul>
      </ClientWords>
    </section>
  )
}
