'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { fingerprintOf } from '@/lib/core/custody/key-fingerprint.ts'
import type { Compared, KeysAnswer, ShownKey } from '@/lib/device/proven-keys.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'

const WRONG = ['hidden', 'added', 'revokedOnLog', 'liveOnLog'] as const

/** Says whether the list of keys on this page is the one that the log has committed to, worked out in this browser from the log's own proof. */
export function ProvenList({ party, shown }: { party: string; shown: readonly ShownKey[] }) {
  const t = useTranslations()
  const [answer, setAnswer] = useState<KeysAnswer>()
  useEffect(() => {
    let isGone = false
    // Only this page needs the verifier of lists.
    void import('@/lib/device/proven-keys.ts')
      .then(({ proveKeys }) => proveKeys(party, shown))
      .catch((): KeysAnswer => ({ outcome: 'unreachable' }))
      .then(found => {
        if (!isGone) setAnswer(found)
      })
    return () => {
      isGone = true
    }
  }, [party, shown])
  if (!answer)
    return (
      <p role="status" className="text-note">
        {t('keys.proven.checking')}
      </p>
    )
  switch (answer.outcome) {
    case 'whole':
      return <Whole answer={answer} />
    case 'differs':
      return <Differs party={party} compared={answer.compared} />
    case 'failed':
      return <Failed party={party} answer={answer} />
    case 'not-promised':
    case 'unreachable':
      return (
        <div role="status" className="notice done grid gap-2" data-proven={answer.outcome}>
          <p>{t(`keys.proven.${answer.outcome}`)}</p>
          {answer.outcome === 'not-promised' && !answer.isTrusted && (
            <p className="text-note">{t('keys.proven.untrusted')}</p>
          )}
        </div>
      )
  }
}

function Whole({ answer: { at, isTrusted, compared } }: { answer: KeysAnswer & { outcome: 'whole' | 'differs' } }) {
  const t = useTranslations()
  const locale = useLocale()
  const time = formatDateTime(locale, { milliseconds: at, offset: -new Date().getTimezoneOffset() })
  return (
    <div role="status" className="notice done grid gap-2" data-proven="whole">
      <p>
        <strong>
          <span aria-hidden="true">✓ </span>
          {t('keys.proven.whole')}
        </strong>{' '}
        {t('keys.proven.wholeText', { time })}
      </p>
      {!isTrusted && <p className="text-note">{t('keys.proven.untrusted')}</p>}
      {compared.unsealed.length > 0 && <Names title={t('keys.proven.unsealed')} keys={compared.unsealed} />}
    </div>
  )
}

function Differs({ party, compared }: { party: string; compared: Compared }) {
  const t = useTranslations()
  return (
    <section role="alert" className="notice loud grid gap-2" data-proven="differs">
      <p>
        <strong>{t('keys.proven.differs')}</strong>
      </p>
      {WRONG.map(
        what =>
          compared[what].length > 0 && <Names key={what} title={t(`keys.proven.${what}`)} keys={compared[what]} />,
      )}
      <Todo party={party} />
    </section>
  )
}

function Failed({ party, answer }: { party: string; answer: KeysAnswer & { outcome: 'failed' } }) {
  const t = useTranslations()
  return (
    <section role="alert" className="notice loud grid gap-2" data-proven="failed">
      <p>
        <strong>{t('keys.proven.failed')}</strong> {t('keys.proven.failedText')}
      </p>
      <p className="text-note">
        <bdi dir="ltr" className="code">
          {answer.code}
          {answer.detail !== '' && `: ${answer.detail}`}
        </bdi>
      </p>
      <Todo party={party} />
    </section>
  )
}

function Names({ title, keys }: { title: string; keys: readonly string[] }) {
  return (
    <div>
      <p>{title}</p>
      <ul className="flex flex-wrap gap-x-4">
        {keys.map(key => (
          <li key={key}>
            <bdi dir="ltr" className="code whitespace-nowrap font-semibold">
              {fingerprintOf(key)}
            </bdi>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Todo({ party }: { party: string }) {
  const t = useTranslations()
  return (
    <p className="flex flex-wrap items-center gap-x-4">
      <span>{t('keys.proven.todo')}</span>
      <a className="flex min-h-tap items-center" href={paths.keyList(party)} download={`${party}.keys.json`}>
        {t('keys.proven.keep')}
      </a>
    </p>
  )
}
