'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useRefresh } from '@/app/(workspace)/_ui/use-refresh.ts'
import type { Unauthorised } from '@/lib/auth/actor.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { Nameable } from '@/lib/device/check.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type SignedDraft, signDraft } from '@/lib/device/importing/sign-all.ts'
import { type DeviceState, readDevice } from '@/lib/device/readiness.ts'
import { paths } from '@/lib/paths.ts'
import { loadDrafts } from '../actions.ts'

const IN_A_BATCH = 20

type Left = { readonly reference: string; readonly code: string }
/** Why it stands still: asked to, everything done, nobody to sign, nobody to send to, or the server gives no drafts to who asks. */
type Halt = 'stopped' | 'done' | 'offline' | Unauthorised | 'no-key' | 'no-storage'

/** A request that is malformed comes from a page older than its server, as one whose sign-in has ended does: both load it again. */
const haltOf = (code: string): Halt => (code === 'not-member' || code === 'may-not' ? code : 'signed-out')

/**
 * Signs the packing of each draft on this device, one after the other. Each is stored before it is sent; stopped or closed in the middle, what was
 * signed stays signed, and the page lists what is left.
 */
export function SignAll({
  desk,
  references,
  parties,
  as,
}: {
  desk: DeskProps
  references: readonly string[]
  parties: readonly Nameable[]
  as: string | undefined
}) {
  const t = useTranslations()
  const refresh = useRefresh()
  const [device, setDevice] = useState<DeviceState>()
  const [run, setRun] = useState<{ readonly all: number; readonly done: number }>()
  const [halt, setHalt] = useState<Halt>()
  const [left, setLeft] = useState<readonly Left[]>([])
  const isStopped = useRef(false)
  useEffect(() => {
    void readDevice(desk).then(setDevice)
  }, [desk])
  const isRunning = run !== undefined && halt === undefined

  const signOne = async (signed: SignedDraft, reference: string): Promise<Halt | undefined> => {
    if (signed.outcome === 'unsignable' || signed.outcome === 'refused')
      setLeft(before => [...before, { reference, code: signed.code }])
    if (signed.outcome === 'no-key' || signed.outcome === 'no-storage') return signed.outcome
    return signed.outcome === 'kept' ? 'offline' : undefined
  }
  const start = async () => {
    isStopped.current = false
    setHalt(undefined)
    setLeft([])
    setRun({ all: references.length, done: 0 })
    setHalt(await signThem())
    await refresh()
  }
  const signThem = async (): Promise<Halt> => {
    for (let at = 0; at < references.length; at += IN_A_BATCH) {
      const part = references.slice(at, at + IN_A_BATCH)
      const loaded = await loadDrafts({ party: desk.party, references: [...part] }).catch(() => undefined)
      if (!loaded) return 'offline'
      if (!loaded.ok) return haltOf(loaded.code)
      for (const [place, reference] of part.entries()) {
        if (isStopped.current) return 'stopped'
        const draft = loaded.value.find(each => each.reference === reference)
        const why = draft && (await signOne(await signDraft({ desk, draft, parties }), reference))
        setRun({ all: references.length, done: at + place + 1 })
        if (why) return why
      }
    }
    return 'done'
  }
  const sentence = (code: string) =>
    t.has(`refusals.${code}`) ? t(`refusals.${code}`) : t('outbox.refusedCode', { code })
  return (
    <section className="sheet panel grid max-w-[46rem] gap-3" aria-labelledby="sign-all">
      <h2 id="sign-all">{t('importing.sign.title')}</h2>
      <p>{t('importing.sign.text')}</p>
      {run && (
        <>
          <progress className="w-full" aria-label={t('importing.sign.title')} max={run.all} value={run.done} />
          <p role="status">
            {t('importing.sign.progress', run)} {halt && t(`importing.sign.halt.${halt}`)}
          </p>
        </>
      )}
      {device !== undefined && device !== 'ready' && (
        <p className="notice">
          {device === 'no-storage' ? t('outbox.noStorage') : t(`outbox.device.${device}`, { party: desk.partyName })}{' '}
          {device !== 'no-storage' && <a href={paths.keys(as)}>{t('outbox.toKeys')}</a>}
        </p>
      )}
      <p className="flex flex-wrap gap-2">
        {isRunning ? (
          <button
            type="button"
            className="btn"
            onClick={() => {
              isStopped.current = true
            }}
          >
            {t('importing.sign.stop')}
          </button>
        ) : (
          <button type="button" className="btn primary" disabled={device !== 'ready'} onClick={() => void start()}>
            {t(run && halt !== 'done' ? 'importing.sign.continue' : 'importing.sign.start', {
              count: references.length,
            })}
          </button>
        )}
      </p>
      <p className="text-ink-2 text-note">
        {t.rich('outbox.signAs', { party: desk.partyName, b: chunks => <strong>{chunks}</strong> })}
      </p>
      {left.length > 0 && (
        <div className="notice">
          <p>{t('importing.sign.left', { count: left.length })}</p>
          <ul className="mt-1 grid gap-1 text-note">
            {left.slice(0, 30).map(({ reference, code }) => (
              <li key={reference}>
                <a href={paths.consignment(reference, as)}>
                  <bdi dir="ltr" className="code">
                    {formatReference(reference)}
                  </bdi>
                </a>{' '}
                {sentence(code)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
