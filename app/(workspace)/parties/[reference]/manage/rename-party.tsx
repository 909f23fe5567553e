'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { isSignableText } from '@/lib/core/custody/text.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { SignButton } from '../../../_ui/sign-button.tsx'
import { PartyFields, type PartyValues } from '../../party-fields.tsx'

/** A party's own admin changes its name, or who sees it. */
export function RenameParty(
  props: PartyValues & { desk: DeskProps; head: string; refusal?: string | undefined; next: string },
) {
  const { desk, head, refusal, next, name: before, named, type } = props
  const t = useTranslations()
  const [values, setValues] = useState<PartyValues>({ name: before, type, named })
  const name = values.name.normalize('NFC').trim()
  const isFit = isSignableText(name, 200)
  const isChanged = name !== before || values.named !== named
  return (
    <div className="grid gap-5">
      <PartyFields
        values={values}
        onChange={setValues}
        isTypeFixed
        error={isFit ? undefined : t('parties.nameMalformed')}
      />
      {isFit && isChanged && (
        <SignButton
          desk={desk}
          label={t('parties.renameSign')}
          refusal={refusal}
          act={() => ({
            about: 'party',
            id: desk.party,
            kind: 'update',
            after: head,
            body: { named: values.named },
            values: { name },
          })}
          next={next}
        />
      )}
    </div>
  )
}
