'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { hexEncode } from '@/lib/core/bytes.ts'
import { deriveReference } from '@/lib/core/custody/reference.ts'
import { isSignableText } from '@/lib/core/custody/text.ts'
import { type Act, type DeskProps, keyOf } from '@/lib/device/desk.ts'
import { paths } from '@/lib/paths.ts'
import { SignButton } from '../../_ui/sign-button.tsx'
import { PartyFields, type PartyValues } from '../party-fields.tsx'

/** The operator registers a party. */
export function RegisterParty({ desk, as }: { desk: DeskProps; as?: string }) {
  const t = useTranslations()
  const [values, setValues] = useState<PartyValues>({ name: '', type: 'organisation', named: 'public' })
  // One for the form, so that a double click names one party.
  const [nonce] = useState(() => hexEncode(crypto.getRandomValues(new Uint8Array(16))))
  const [isAsked, setAsked] = useState(false)
  const name = values.name.normalize('NFC').trim()
  const isFit = isSignableText(name, 200)

  async function register(): Promise<{ id: string; act: Act<'party', 'register'> }> {
    const own = await keyOf(desk)
    if (!own) throw new Error('the button is for a device with a key')
    const id = deriveReference({ kind: 'party', author: own.key, nonce })
    const { type, named } = values
    return {
      id,
      act: { about: 'party', id, kind: 'register', after: '', body: { nonce, type, named }, values: { name } },
    }
  }

  return (
    <div className="grid gap-5">
      <PartyFields
        values={values}
        onChange={setValues}
        error={isAsked && !isFit ? t('parties.nameMalformed') : undefined}
      />
      {isFit ? (
        <SignButton
          desk={desk}
          label={t('parties.registerSign')}
          act={async () => (await register()).act}
          next={async () => paths.manageParty((await register()).id, as)}
        />
      ) : (
        <button type="button" className="btn justify-self-start" onClick={() => setAsked(true)}>
          {t('parties.registerSign')}
        </button>
      )}
    </div>
  )
}
