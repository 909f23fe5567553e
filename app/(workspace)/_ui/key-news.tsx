'use client'
import { useLocale, useTranslations } from 'next-intl'
import { fingerprintOf } from '@/lib/core/custody/key-fingerprint.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import type { KeyNews } from '@/lib/device/known-keys.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { useKeyNews } from './use-outbox.ts'

/** Names every key that was enrolled or revoked in the party's name since somebody at this device looked (PROTOCOL §3). */
export function KeyNewsNotice({ desk }: { desk: DeskProps }) {
  const t = useTranslations()
  const [news, seen] = useKeyNews(desk)
  if (news.length === 0) return null
  return (
    <section className="notice grid gap-2" aria-label={t('outbox.news.title')}>
      <p>
        <strong>{t('outbox.news.title')}</strong> {t('outbox.news.text', { party: desk.partyName })}
      </p>
      <ul className="grid gap-2">
        {news.map(each => (
          <li key={`${each.what} ${each.key.key}`}>
            <Said news={each} />
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-2">
        <button type="button" className="btn" onClick={seen}>
          {t('outbox.news.seen')}
        </button>
        <a href={paths.keys(desk.party)} className="btn quiet">
          {t('outbox.toKeys')}
        </a>
      </p>
    </section>
  )
}

function Said({ news: { what, key } }: { news: KeyNews }) {
  const t = useTranslations()
  const locale = useLocale()
  const time = formatDateTime(locale, {
    milliseconds: (what === 'revoked' ? key.revokedAt : undefined) ?? key.enrolledAt,
    offset: -new Date().getTimezoneOffset(),
  })
  const owner = [key.member, key.device].filter(part => part !== undefined).join(' · ')
  return (
    <>
      <bdi dir="ltr" className="code">
        {fingerprintOf(key.key)}
      </bdi>{' '}
      {owner !== '' && <bdi>{owner}</bdi>} — {t(`outbox.news.${what}`, { time })}{' '}
      {what === 'enrolled' && `${t(`outbox.news.role.${key.role}`)} `}
      {what === 'enrolled' && t(key.byOperator ? 'outbox.news.byOperator' : 'outbox.news.byParty')}
      {key.held === 'server' && ` ${t('outbox.news.onServer')}`}
    </>
  )
}
