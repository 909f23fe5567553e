'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Sent } from '@/lib/device/desk.ts'
import { readOutbox } from '@/lib/device/outbox.ts'
import type { Kept } from '@/lib/device/store.ts'
import { watchOutbox } from '@/lib/device/tabs.ts'
import { useKept } from '../_ui/use-kept.ts'
import type { PartyValues } from '../parties/party-fields.tsx'
import { FoundForm } from './found-form.tsx'
import { Progress } from './progress.tsx'
import { RecoverySheet } from './recovery-sheet.tsx'

/** What was begun in this tab: the account and this device's key are made, nothing is signed. */
export type Begun = {
  readonly code: string
  readonly origin: string
  readonly party: string
  /** 16 bytes of hex from which `party` follows. */
  readonly nonce: string
  readonly values: PartyValues
  /** Base64 of the checkpoint that leaf 0 names, where this log succeeds another. */
  readonly previous?: string
}

/** The three steps of a founding, wherever this browser stands in them: what is asked, the recovery key, the four records. */
export function FirstRun(props: {
  recorded: number
  /** Whose leaf 0 the log has. */
  begunBy: { readonly origin: string; readonly operator: string } | undefined
  origin: string
  isOriginFixed: boolean
  /** The log that this one succeeds. */
  previous?: { readonly origin: string; readonly named: string }
}) {
  const { recorded, begunBy, origin, isOriginFixed, previous } = props
  const t = useTranslations()
  const [begun, setBegun, forgetBegun] = useKept<Begun | null>('first-run', null)
  const [signed, setSigned] = useState<readonly Kept[]>()
  const [sent, setSent] = useState<Sent>()
  useEffect(() => {
    const look = () => void readOutbox().then(all => setSigned(all.filter(entry => entry.firstRunCode !== undefined)))
    look()
    return watchOutbox(look)
  }, [])

  if (signed === undefined) return <p className="text-ink-2">{t('firstRun.reading')}</p>
  const isElsewhere =
    begunBy !== undefined && !signed.some(each => each.party === begunBy.operator && each.origin === begunBy.origin)
  if (recorded > 0 && isElsewhere) {
    return (
      <section className="notice loud max-w-[70ch]">
        <strong className="block">{t('firstRun.elsewhereTitle')}</strong>
        <p>{t('firstRun.elsewhere')}</p>
        <p className="mt-2">{t('firstRun.elsewhereWay')}</p>
      </section>
    )
  }
  const restart = () => {
    forgetBegun()
    setBegun(null)
    setSigned([])
  }
  if (signed.length > 0) {
    return <Progress signed={signed} recorded={recorded} onRestart={restart} onDone={forgetBegun} />
  }
  if (begun) {
    // Here, because the sheet is gone while the four are sent.
    return <RecoverySheet begun={begun} onRestart={restart} onSent={setSent} sent={sent} />
  }
  const onBegun = (made: Begun) => setBegun(previous ? { ...made, previous: previous.named } : made)
  return (
    <>
      {previous && (
        <section className="notice max-w-[70ch]">
          <strong className="block">
            {t.rich('firstRun.succeedsTitle', {
              origin: () => (
                <bdi dir="ltr" className="code">
                  {previous.origin}
                </bdi>
              ),
            })}
          </strong>
          <p>{t('firstRun.succeeds')}</p>
        </section>
      )}
      <FoundForm origin={origin} isOriginFixed={isOriginFixed} onBegun={onBegun} />
    </>
  )
}
