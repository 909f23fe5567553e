'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { endBrowserPush, pushStateOf, startBrowserPush } from '@/lib/device/push.ts'
import { endPush, takePush } from '../actions.ts'

type State = 'unknown' | 'unsupported' | 'denied' | 'on' | 'off'

/** Turns notices in this browser on and off; the server hears of it before the page says so. */
export function ThisBrowser({ as, pushKey }: { as: string; pushKey: string }) {
  const t = useTranslations()
  const locale = useLocale()
  const [state, setState] = useState<State>('unknown')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    void pushStateOf(pushKey).then(setState)
  }, [pushKey])

  async function turn(isOn: boolean) {
    setBusy(true)
    setProblem(undefined)
    try {
      const told = isOn ? await turnOn() : await turnOff()
      if (told) setProblem(t(`noticeForm.problems.${told}`))
    } catch {
      setProblem(t('noticeForm.browser.failed'))
    } finally {
      setState(await pushStateOf(pushKey))
      setBusy(false)
    }
  }

  async function turnOn(): Promise<string | undefined> {
    const address = await startBrowserPush(pushKey)
    if (!address) return undefined
    const told = await takePush({ as, locale, ...address })
    if (told.ok) return undefined
    await endBrowserPush()
    return told.code
  }

  async function turnOff(): Promise<string | undefined> {
    const endpoint = await endBrowserPush()
    const told = endpoint === undefined ? undefined : await endPush({ as, endpoint })
    return told && !told.ok ? told.code : undefined
  }

  return (
    <section className="sheet panel grid justify-items-start gap-3" aria-labelledby="this-browser">
      <h2 id="this-browser">{t('noticeForm.browser.title')}</h2>
      <p className="max-w-[65ch] text-ink-2">{t('noticeForm.browser.text')}</p>
      {problem !== undefined && (
        <p role="alert" className="notice w-full">
          {problem}
        </p>
      )}
      {state === 'unknown' ? (
        <noscript>{t('noticeForm.browser.needsScript')}</noscript>
      ) : (
        <p role="status" className="font-semibold">
          {t(`noticeForm.browser.${state}`)}
        </p>
      )}
      {(state === 'on' || state === 'off') && (
        <button
          type="button"
          className="btn"
          aria-disabled={isBusy}
          onClick={() => !isBusy && void turn(state === 'off')}
        >
          {t(state === 'off' ? 'noticeForm.browser.turnOn' : 'noticeForm.browser.turnOff')}
        </button>
      )}
    </section>
  )
}
