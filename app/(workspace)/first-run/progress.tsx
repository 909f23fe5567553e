'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { tendOutbox } from '@/lib/device/outbox.ts'
import { freePlaces, type Kept, openStore } from '@/lib/device/store.ts'
import { paths } from '@/lib/paths.ts'

const STEPS = ['found', 'register', 'enrol', 'recovery'] as const

/** The four records on their way: sent again by themselves for as long as the page is open, and after every reload. */
export function Progress(props: {
  signed: readonly Kept[]
  recorded: number
  onRestart: () => void
  onDone: () => void
}) {
  const { signed, recorded, onRestart, onDone } = props
  const t = useTranslations()
  const [first] = signed
  const origin = first?.origin ?? ''
  useEffect(() => tendOutbox({ origin, vkey: '' }), [origin])
  const isDone = signed.length > 0 && signed.every(entry => entry.state === 'recorded')
  useEffect(() => {
    if (!isDone) return
    onDone()
    window.location.assign(paths.today())
  }, [isDone, onDone])
  const refused = signed.find(entry => entry.state === 'refused')?.refused
  const isStuck = !isDone && !refused && signed.some(entry => entry.state === 'kept' && entry.tries > 0)

  async function startOver() {
    const store = await openStore()
    if (store) await freePlaces(store, signed)
    onRestart()
  }

  return (
    <section className="sheet panel grid max-w-[44rem] gap-4" aria-labelledby="progress">
      <h2 id="progress">{t('firstRun.progressTitle')}</h2>
      <ol className="grid gap-2" aria-live="polite">
        {STEPS.map((step, at) => {
          const isRecorded = signed[at]?.state === 'recorded'
          return (
            <li key={step} className="flex items-baseline gap-3">
              <span aria-hidden="true" className={isRecorded ? 'font-semibold text-seal' : 'text-ink-2'}>
                {isRecorded ? '✓' : '○'}
              </span>
              <span>
                {t(`firstRun.step.${step}`)}{' '}
                <span className="text-ink-2 text-note">
                  {t(isRecorded ? 'firstRun.stepRecorded' : 'firstRun.stepSigned')}
                </span>
              </span>
            </li>
          )
        })}
      </ol>
      {isDone && <p className="font-semibold">{t('firstRun.done')}</p>}
      {isStuck && <p className="notice">{t('firstRun.waiting')}</p>}
      {refused && (
        <p role="alert" className="notice loud">
          <strong>{t('firstRun.refused')}</strong>{' '}
          {t.has(`refusals.${refused.code}`)
            ? t(`refusals.${refused.code}`)
            : t('firstRun.refusedCode', { code: refused.code })}
        </p>
      )}
      {(refused || (isStuck && recorded === 0)) && (
        <div className="grid justify-items-start gap-2">
          <button type="button" className="btn" onClick={() => void startOver()}>
            {t('firstRun.startOver')}
          </button>
          <p className="text-ink-2 text-note">{t('firstRun.startOverText')}</p>
        </div>
      )}
    </section>
  )
}
