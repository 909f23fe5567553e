import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Actor } from '@/lib/auth/actor.ts'
import type { Beginning } from '@/lib/data/beginnings.ts'
import { paths } from '@/lib/paths.ts'
import { actorMay, asOf } from '../_ui/require-actor.ts'

type Keys = 'none' | 'waiting' | 'live'
type Step = { readonly says: string; readonly href: string; readonly label: string; readonly isDone: boolean }

type Props = { actor: Actor; keys: Keys; beginning: Beginning }

/** Whether the first steps are still to be shown: until the party has a part in a consignment, the operator until it has registered another party. */
export function isBeginning({ actor, beginning }: Omit<Props, 'keys'>): boolean {
  return !beginning.hasPart && !(actor.party.isOperator && beginning.parties > 1)
}

/** A party with work on its hands is told only of a missing key. */
export async function MissingKey({ actor, keys }: { actor: Actor; keys: Keys }) {
  const t = await getTranslations()
  return (
    <p className="notice">
      <strong>{t(`today.first.key-${keys}`)}</strong> <a href={paths.keys(asOf(actor))}>{t('today.first.toKeys')}</a>
    </p>
  )
}

/** What to do first, as a list that is ticked off and then gone: the first step that is open has the button. */
export async function FirstSteps({ actor, keys, beginning }: Props) {
  const t = await getTranslations()
  const as = asOf(actor)
  const maySign = actorMay(actor, 'request-key')
  const steps: Step[] = []
  if (maySign)
    steps.push({
      says: t(`today.first.key-${keys}`),
      href: paths.keys(as),
      label: t('today.first.toKeys'),
      isDone: keys === 'live',
    })
  if (actorMay(actor, 'invite-party'))
    steps.push({
      says: t('today.first.register'),
      href: paths.newParty(as),
      label: t('parties.register'),
      isDone: beginning.parties > 1,
    })
  if (actorMay(actor, 'invite'))
    steps.push({
      says: t('today.first.invite'),
      href: paths.members(as),
      label: t('account.members.invite'),
      isDone: beginning.members > 1,
    })
  if (maySign)
    steps.push({
      says: t('today.first.prepare'),
      href: paths.newConsignment(as),
      label: t('today.prepare'),
      isDone: false,
    })
  steps.push({ says: t('today.first.scan'), href: paths.scan(as), label: t('workspace.scan'), isDone: false })
  const next = steps.find(step => !step.isDone)
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="first">
      <div className="grid max-w-[60ch] gap-1">
        <h2 id="first">{t('today.first.title')}</h2>
        <p className="text-ink-2">{t('today.first.lead')}</p>
      </div>
      <ol className="grid">
        {steps.map((step, at) => (
          <FirstStep key={step.href} step={step} number={at + 1} isNext={step === next}>
            {step.isDone && <span className="sr-only">{t('today.first.done')} </span>}
          </FirstStep>
        ))}
      </ol>
    </section>
  )
}

type FirstStepProps = { step: Step; number: number; isNext: boolean; children: ReactNode }

function FirstStep({ step, number, isNext, children }: FirstStepProps) {
  return (
    <li className="step">
      <span className="step-mark" data-done={step.isDone} aria-hidden="true">
        {step.isDone ? '✓' : number}
      </span>
      <p className={step.isDone ? 'text-ink-2' : undefined}>
        {children}
        {step.says}
      </p>
      {!step.isDone && (
        <a className={isNext ? 'btn primary' : 'btn'} href={step.href}>
          {step.label}
        </a>
      )}
    </li>
  )
}
