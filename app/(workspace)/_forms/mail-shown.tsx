'use client'

import { useTranslations } from 'next-intl'
import type { MailOutcome } from './form-state.ts'

/** What became of a letter that a form was to send. Where it was not taken, its link stands below: nothing is lost. */
export function MailShown({ to, outcome }: { to: string; outcome: MailOutcome }) {
  const t = useTranslations()
  const address = () => (
    <bdi key="to" dir="ltr" className="wrap-anywhere">
      {to}
    </bdi>
  )
  return (
    <p
      className={outcome === 'sent' ? 'notice done w-full' : 'notice w-full'}
      role={outcome === 'sent' ? 'status' : 'alert'}
    >
      {t.rich(`accountForm.mail.${outcome}`, { to: address })}
    </p>
  )
}
