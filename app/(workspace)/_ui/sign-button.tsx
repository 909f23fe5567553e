'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { type Act, type DeskProps, type Sent, type SignOptions, signAct } from '@/lib/device/desk.ts'
import { type DeviceState, readDevice } from '@/lib/device/readiness.ts'
import { paths } from '@/lib/paths.ts'
import { useRefresh } from './use-refresh.ts'

/**
 * Signs and sends one act. Says for whom; disabled with the refusal's sentence, or with what this device lacks. What was typed is the form's: it
 * stays whatever comes of this. `refusal`: code of `checkAct`. `onSent` is awaited before the page goes anywhere. `next`: where to go once it is
 * recorded, from its event hash where that is needed, else the page is rendered anew.
 */
export function SignButton(props: {
  desk: DeskProps
  label: string
  refusal?: string | undefined
  /** Undefined: this browser cannot keep what belongs to the act, so it is not signed. */
  act: () => Act | Promise<Act | undefined>
  options?: SignOptions
  onSent?: (sent: Sent) => unknown
  next?: string | ((hash: string) => string | Promise<string>)
}) {
  const { desk, label, refusal, act, options, onSent, next } = props
  const t = useTranslations()
  const refresh = useRefresh()
  const device = useDevice(desk, options?.signWith !== undefined)
  const [sent, setSent] = useState<Sent | 'signing'>()
  const [isSignedOut, setSignedOut] = useState(false)
  const isBusy = useRef(false)
  const sentence = (code: string) =>
    t.has(`refusals.${code}`) ? t(`refusals.${code}`) : t('outbox.refusedCode', { code })

  const sign = async () => {
    if (isBusy.current) return
    isBusy.current = true
    setSent('signing')
    try {
      const complete = await act()
      const result: Sent = complete ? await signAct(desk, complete, options) : { outcome: 'no-storage' }
      setSent(result)
      await onSent?.(result)
      if (result.outcome === 'kept') return
      const way = result.outcome !== 'recorded' ? undefined : next instanceof Function ? await next(result.hash) : next
      setSignedOut(!(await refresh(way)))
    } catch (error) {
      setSent(undefined)
      throw error
    } finally {
      isBusy.current = false
    }
  }
  const isDone = sent !== undefined && sent !== 'signing' && (sent.outcome === 'recorded' || sent.outcome === 'kept')
  // Once it is recorded the rules would refuse it again, which is no news.
  const why = refusal !== undefined && !isDone ? sentence(refusal) : undefined
  return (
    <div className="grid gap-2">
      <button
        type="button"
        className="btn primary"
        disabled={refusal !== undefined || device !== 'ready' || sent === 'signing' || isDone}
        onClick={() => void sign()}
      >
        {sent === 'signing' ? t('outbox.signing') : label}
      </button>
      <p className="text-note text-ink-2">
        {t.rich('outbox.signAs', { party: desk.partyName, b: chunks => <strong>{chunks}</strong> })}
      </p>
      {why !== undefined && <p className="text-note">{why}</p>}
      <DeviceSays device={device} desk={desk} />
      <div role="status">
        {sent !== undefined && sent !== 'signing' && <SentSays sent={sent} sentence={sentence} />}
        {isSignedOut && <SignedOut />}
      </div>
    </div>
  )
}

function useDevice(desk: DeskProps, isPaper: boolean): DeviceState | undefined {
  const [device, setDevice] = useState<DeviceState | undefined>(isPaper ? 'ready' : undefined)
  useEffect(() => {
    if (!isPaper) void readDevice(desk).then(setDevice)
  }, [desk, isPaper])
  return device
}

function DeviceSays({ device, desk }: { device: DeviceState | undefined; desk: DeskProps }) {
  const t = useTranslations()
  if (device === undefined || device === 'ready') return null
  if (device === 'no-storage') return <p className="notice">{t('outbox.noStorage')}</p>
  return (
    <p className="notice">
      {t(`outbox.device.${device}`, { party: desk.partyName })}{' '}
      <a href={paths.keys(desk.party)}>{t('outbox.toKeys')}</a>
    </p>
  )
}

function SentSays({ sent, sentence }: { sent: Sent; sentence: (code: string) => string }) {
  const t = useTranslations()
  switch (sent.outcome) {
    case 'recorded':
      return (
        <p className={sent.inEffect ? 'text-note' : 'notice'}>
          {t('outbox.recorded')} {!sent.inEffect && t('outbox.notInEffect', { reason: sentence(sent.reason ?? '') })}
        </p>
      )
    case 'kept':
      return <p className="notice">{t('outbox.kept')}</p>
    case 'refused':
      return (
        <p className="notice loud">
          <strong>{t('outbox.refused')}</strong> {sentence(sent.code)}
        </p>
      )
    case 'signed-before':
      return <p className="notice">{t('outbox.signedBefore')}</p>
    case 'no-key':
      return <p className="notice">{t('outbox.noKey')}</p>
    case 'no-storage':
      return <p className="notice">{t('outbox.noStorage')}</p>
  }
}

/** Said beside what became of the act, which needed no session. */
function SignedOut() {
  const t = useTranslations()
  return (
    <p className="notice">
      {t('outbox.signedOut')} <a href={paths.signIn(location.pathname + location.search)}>{t('outbox.signIn')}</a>
    </p>
  )
}
