'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { deriveReference } from '@/lib/core/custody/reference.ts'
import type { EarlierParty } from '@/lib/data/carried.ts'
import { type DeskProps, keyOf } from '@/lib/device/desk.ts'
import { SignButton } from '../../_ui/sign-button.tsx'
import { useRefresh } from '../../_ui/use-refresh.ts'
import { bringParty } from './actions.ts'

/** Brings a party's people over, then registers it with the operator's signature. Its reference is another here; what the server keeps makes it the same at every try. */
export function BringParty({ desk, party }: { desk: DeskProps; party: EarlierParty }) {
  const t = useTranslations()
  const refresh = useRefresh()
  const [hasFailed, setFailed] = useState(false)
  const { reference: earlier, nonce, type, isPublic, name } = party

  async function bring(): Promise<string | undefined> {
    const key = await keyOf(desk)
    if (!key) return undefined
    const id = party.wasOperator ? desk.party : deriveReference({ kind: 'party', author: key.key, nonce })
    const brought = await bringParty({ earlier, party: id, key: key.key, nonce, as: desk.party }).catch(() => undefined)
    setFailed(!brought?.ok)
    return brought?.ok ? id : undefined
  }

  const bringPeople = async () => {
    if ((await bring()) !== undefined) await refresh()
  }
  return (
    <div className="grid gap-2">
      {party.wasOperator ? (
        <button type="button" className="btn primary" onClick={() => void bringPeople()}>
          {t('parties.earlier.bringPeople')}
        </button>
      ) : (
        <SignButton
          desk={desk}
          label={t('parties.earlier.bring')}
          act={async () => {
            const id = await bring()
            return id === undefined
              ? undefined
              : {
                  about: 'party',
                  id,
                  kind: 'register',
                  after: '',
                  body: { nonce, type, named: isPublic ? 'public' : 'withheld' },
                  values: { name },
                }
          }}
        />
      )}
      {hasFailed && (
        <p role="alert" className="notice loud">
          {t('parties.earlier.failed')}
        </p>
      )}
    </div>
  )
}
