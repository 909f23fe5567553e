'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type DeviceKey, readKey, type Signer } from '@/lib/device/key.ts'
import { CompareFingerprint } from '../keys/compare-fingerprint.tsx'
import { MakeKey } from '../keys/make-key.tsx'
import { type DoubtSince, RevokeKey } from '../keys/revoke-key.tsx'
import { EnrolRecovered } from './enrol-recovered.tsx'
import { PaperKey } from './paper-key.tsx'

export type LiveKey = {
  readonly key: string
  readonly head: string
  /** Whose device, as far as it is known; may be empty. */
  readonly label: string
  readonly since: readonly DoubtSince[]
}

/** With the printed key: a new key for this device, enrolled at once; then the lost one revoked. The printed key is forgotten with the page. */
export function Recover(props: {
  desk: DeskProps
  paper: readonly { readonly key: string; readonly isRevoked: boolean }[]
  live: readonly LiveKey[]
  /** Names of the keys that wait. */
  asked: readonly string[]
  home: string
}) {
  const { desk, paper, live, asked, home } = props
  const t = useTranslations()
  const router = useRouter()
  const [signer, setSigner] = useState<Signer>()
  const [own, setOwn] = useState<DeviceKey | 'none'>()
  const [looks, setLooks] = useState(0)
  const { origin, party } = desk
  // biome-ignore lint/correctness/useExhaustiveDependencies: `looks` asks to look again
  useEffect(() => {
    void readKey({ origin, party }).then(key => setOwn(key ?? 'none'))
  }, [origin, party, looks])
  const hasKey = own !== undefined && own !== 'none'
  const isEnrolled = hasKey && live.some(each => each.key === own.key)
  const others = live.filter(each => !hasKey || each.key !== own.key)
  const isAsked = hasKey && asked.includes(own.key)

  if (!signer) return <PaperKey paper={paper} onSigner={setSigner} />
  return (
    <ol className="grid max-w-[44rem] gap-4">
      <li className="sheet panel grid gap-3">
        <h2>{t('firstRun.recover.stepKey')}</h2>
        {isEnrolled ? (
          <p className="font-semibold text-seal">{t('firstRun.recover.enrolled')}</p>
        ) : (
          <>
            <p className="text-ink-2 text-note">{t('firstRun.recover.stepKeyText')}</p>
            {hasKey && isAsked && (
              <>
                <CompareFingerprint of={own.key} />
                <EnrolRecovered desk={desk} own={own} signer={signer} />
              </>
            )}
            {own !== undefined && !isAsked && (
              <MakeKey
                desk={desk}
                keyRole="admin"
                isInstead={hasKey}
                onDone={() => {
                  setLooks(looks + 1)
                  router.refresh()
                }}
              />
            )}
          </>
        )}
      </li>
      {isEnrolled && (
        <li className="sheet panel grid gap-3">
          <h2>{t('firstRun.recover.stepRevoke')}</h2>
          <p className="text-ink-2 text-note">{t('firstRun.recover.stepRevokeText')}</p>
          {others.length === 0 && <p>{t('firstRun.recover.noOther')}</p>}
          {others.map(each => (
            <details key={each.key} className="border-rule border-t py-2 first:border-t-0">
              <summary className="min-h-tap content-center font-semibold">
                {each.label === '' ? t('firstRun.recover.someDevice') : <bdi>{each.label}</bdi>}
              </summary>
              <div className="grid gap-3 py-3">
                <CompareFingerprint of={each.key} />
                <RevokeKey
                  desk={desk}
                  keyName={each.key}
                  head={each.head}
                  since={each.since}
                  reason="lost"
                  options={{ signWith: signer }}
                />
              </div>
            </details>
          ))}
        </li>
      )}
      {isEnrolled && (
        <li>
          <p className="mb-2 text-ink-2 text-note">{t('firstRun.recover.keep')}</p>
          <a className="btn" href={home}>
            {t('firstRun.recover.finish')}
          </a>
        </li>
      )}
    </ol>
  )
}
