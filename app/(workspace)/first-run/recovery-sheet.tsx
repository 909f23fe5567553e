'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { formatRecoveryText } from '@/lib/core/custody/recovery-text.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { DeskProps, Sent } from '@/lib/device/desk.ts'
import { freshSeed } from '@/lib/device/key.ts'
import { inGroups } from '@/lib/format/groups.ts'
import { qrPath } from '@/lib/format/qr.ts'
import { Field, fieldAria } from '../_ui/field.tsx'
import type { Begun } from './first-run.tsx'
import { foundLog } from './found-log.ts'

/**
 * The recovery key, once, to be printed: it is nowhere but on this page, and its last group must be typed back before anything is signed. A reload
 * makes another one.
 */
export function RecoverySheet(props: {
  begun: Begun
  onRestart: () => void
  /** What came of the last try. */
  sent: Sent | undefined
  onSent: (sent: Sent) => void
}) {
  const { begun, onRestart, sent, onSent } = props
  const t = useTranslations()
  const [seed, setSeed] = useState<Uint8Array>()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const [isBusy, setBusy] = useState(false)
  // In the browser alone: the server's rendering must not make one.
  useEffect(() => setSeed(freshSeed()), [])
  if (!seed) return <p className="text-ink-2">{t('firstRun.reading')}</p>
  const text = formatRecoveryText(seed)
  const groups = inGroups(text, 4)
  const { origin, party, values } = begun
  const desk: DeskProps = { origin, vkey: '', party, partyName: values.name }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    const isRight = typed.trim().toUpperCase() === groups.at(-1)
    setWrong(!isRight)
    if (!isRight) return
    setBusy(true)
    onSent(await foundLog({ desk, begun, seed: seed as Uint8Array }))
    setBusy(false)
  }

  const problem = isWrong ? t('firstRun.groupWrong') : undefined
  const hint = t('firstRun.groupHint')
  return (
    <div className="grid max-w-[44rem] gap-4">
      <section className="no-print sheet panel grid gap-3">
        <h2>{t('firstRun.sheetTitle')}</h2>
        <p>{t('firstRun.sheetText')}</p>
        <p className="text-ink-2 text-note">{t('firstRun.sheetOnce')}</p>
        <button type="button" className="btn justify-self-start" onClick={() => window.print()}>
          {t('firstRun.print')}
        </button>
      </section>
      <section className="sheet panel grid gap-4" aria-labelledby="recovery-key">
        <div>
          <h2 id="recovery-key" className="text-xl">
            {t('firstRun.paperTitle')}
          </h2>
          <p>
            <bdi>{values.name}</bdi> ·{' '}
            <bdi dir="ltr" className="code">
              {formatReference(party)}
            </bdi>
          </p>
          <p>
            <bdi dir="ltr" className="code">
              {origin}
            </bdi>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-6">
          <Qr text={text} />
          <ol
            dir="ltr"
            aria-label={t('firstRun.groups')}
            className="grid grid-cols-2 gap-x-6 gap-y-1 min-[30rem]:grid-cols-3"
          >
            {groups.map((group, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a group's place is what it is
              <li key={at} className="flex items-baseline gap-2">
                <span className="w-6 text-end text-ink-2 text-note" aria-hidden="true">
                  {at + 1}
                </span>
                <span className="code font-semibold text-lg tracking-wider">{group}</span>
              </li>
            ))}
          </ol>
        </div>
        <p className="text-note">{t('firstRun.paperText')}</p>
      </section>
      <form onSubmit={onSubmit} className="no-print sheet panel grid gap-4">
        <Field id="last-group" label={t('firstRun.group', { number: groups.length })} hint={hint} error={problem}>
          <input
            {...fieldAria({ id: 'last-group', hint, error: problem })}
            className="input code max-w-40 text-lg uppercase tracking-wider"
            dir="ltr"
            value={typed}
            onChange={event => setTyped(event.target.value)}
            required
            maxLength={4}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <div>
          <h3>{t('firstRun.signTitle')}</h3>
          <ol className="ms-5 list-decimal text-note">
            {(['found', 'register', 'enrol', 'recovery'] as const).map(step => (
              <li key={step}>{t(`firstRun.step.${step}`)}</li>
            ))}
          </ol>
        </div>
        <Problem sent={sent} />
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="btn primary" disabled={isBusy}>
            {t(isBusy ? 'firstRun.signing' : 'firstRun.sign')}
          </button>
          <button type="button" className="btn quiet" onClick={onRestart} disabled={isBusy}>
            {t('firstRun.back')}
          </button>
        </div>
      </form>
    </div>
  )
}

function Problem({ sent }: { sent: Sent | undefined }) {
  const t = useTranslations()
  if (sent?.outcome === 'no-key' || sent?.outcome === 'no-storage')
    return <p className="notice loud">{t(`firstRun.problem.${sent.outcome}`)}</p>
  if (sent?.outcome !== 'refused') return null
  const { code } = sent
  return (
    <p role="alert" className="notice loud">
      <strong>{t('firstRun.refused')}</strong>{' '}
      {t.has(`refusals.${code}`) ? t(`refusals.${code}`) : t('firstRun.refusedCode', { code })}
    </p>
  )
}

function Qr({ text }: { text: string }) {
  const t = useTranslations()
  const { size, d } = qrPath(text)
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width="180"
      height="180"
      role="img"
      aria-label={t('firstRun.qr')}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={d} />
    </svg>
  )
}
