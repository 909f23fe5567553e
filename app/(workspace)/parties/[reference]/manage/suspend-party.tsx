'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { REASONS } from '@/lib/core/custody/kinds.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { Choice } from '../../../_ui/choice.tsx'
import { SignButton } from '../../../_ui/sign-button.tsx'

type Props = { desk: DeskProps; party: string; head: string; next: string }

/** The operator suspends a party: its keys sign nothing until it is resumed. */
export function SuspendParty({ desk, party, head, next }: Props) {
  const t = useTranslations()
  const [reason, setReason] = useState<(typeof REASONS.suspend)[number]>()
  return (
    <div className="grid gap-4">
      <Choice
        name="suspend-reason"
        legend={t('keys.why')}
        options={REASONS.suspend.map(value => ({ value, label: t(`parties.reason.${value}`) }))}
        value={reason}
        onChoose={setReason}
      />
      {reason !== undefined && (
        <SignButton
          desk={desk}
          label={t('parties.suspend')}
          act={() => ({ about: 'party', id: party, kind: 'suspend', after: head, body: { reason } })}
          next={next}
        />
      )}
    </div>
  )
}

/** Ends the suspension. */
export function ResumeParty({ desk, party, head, next }: Props) {
  const t = useTranslations()
  return (
    <SignButton
      desk={desk}
      label={t('parties.resume')}
      act={() => ({ about: 'party', id: party, kind: 'resume', after: head, body: {} })}
      next={next}
    />
  )
}
