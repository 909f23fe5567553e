'use client'
import { useTranslations } from 'next-intl'
import { checkAct } from '@/lib/device/check.ts'
import type { Act, Sent } from '@/lib/device/desk.ts'
import { paths } from '@/lib/paths.ts'
import { SignButton } from '../_ui/sign-button.tsx'
import type { ActProps } from './act-props.ts'

type SignFootProps = {
  readonly props: ActProps
  readonly label: string
  /** What would be signed, as far as it is known before the tap; undefined: not complete, and `problem` says what is missing. */
  readonly act: Act<'consignment'> | undefined
  readonly problem?: string | undefined
  /** Completes the act at the tap: with a fresh key, or a claim; undefined where this browser cannot keep what belongs to it. */
  readonly complete?: (act: Act<'consignment'>) => Promise<Act<'consignment'> | undefined>
  readonly onSent: (sent: Sent) => unknown
  /** Where to go once it is recorded, from its event hash: the consignment's page unless told. */
  readonly next?: ((hash: string) => string) | undefined
}

/** The one act of the page, at the thumb: what is signed and for whom, or the log's own reason why not. */
export function SignFoot({ props, label, act, problem, complete, onSent, next }: SignFootProps) {
  const { desk, state, parties, reference, as } = props
  const t = useTranslations()
  if (!act) {
    return (
      <div className="at-thumb grid gap-2">
        <button type="button" className="btn primary" disabled>
          {label}
        </button>
        {problem !== undefined && (
          <p className="text-note" aria-live="polite">
            {problem}
          </p>
        )}
        <p className="text-ink-2 text-note">{t('act.signAs', { party: desk.partyName })}</p>
      </div>
    )
  }
  return (
    <div className="at-thumb">
      <SignButton
        desk={desk}
        label={label}
        refusal={checkAct({ state, parties, act, party: desk.party })}
        act={() => (complete ? complete(act) : act)}
        onSent={onSent}
        next={next ?? paths.consignment(reference, as)}
      />
    </div>
  )
}
