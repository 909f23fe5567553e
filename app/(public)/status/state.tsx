import { getLocale, getTranslations } from 'next-intl/server'
import type { LogHealth } from '@/lib/data/log-health.ts'
import { wayOutOf } from '@/lib/data/way-out.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { HandedIn } from '../handed-in.tsx'

const LOOKS = { well: 'notice done', sealing: 'notice done', late: 'notice', 'read-only': 'notice loud' } as const

/** The answer to the page's question in one sentence, what it means, and when it was true. */
export async function State({ health }: { health: LogHealth }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { state, now, readOnly, trustedDatabase } = health
  const isAlarm = state === 'late' || state === 'read-only'
  const title = t(`status.states.${state}.title`)
  const timeOf = (milliseconds: number) => formatDateTime(locale, { milliseconds, offset: 0 })
  return (
    <section className={`${LOOKS[state]} grid min-w-0 gap-2`} aria-labelledby="state">
      <h2 id="state" data-health={state}>
        {isAlarm ? <strong>{title}</strong> : title}
      </h2>
      <p className="max-w-[70ch]">{t(`status.states.${state}.text`)}</p>
      {readOnly && (
        <>
          <p className="max-w-[70ch]">{t(`status.reasons.${readOnly.code}`)}</p>
          <p className="max-w-[70ch]">{t(`readOnly.wayOut.${wayOutOf(readOnly.code)}`)}</p>
          <p className="text-note">
            {t('status.since', { time: timeOf(readOnly.since) })}{' '}
            <bdi dir="ltr" className="code">
              {readOnly.code}: {readOnly.detail}
            </bdi>
          </p>
          {readOnly.isHandedIn && <HandedIn />}
        </>
      )}
      {trustedDatabase.length > 0 && (
        <div className="text-note">
          <p>{t('log.trustedDatabase')}</p>
          {trustedDatabase.map(line => (
            <bdi key={line} dir="ltr" className="code block">
              {line}
            </bdi>
          ))}
        </div>
      )}
      <p className="flex flex-wrap items-center gap-x-4 text-note">
        <span>{t('status.asOf', { time: timeOf(now) })}</span>
        <a className="no-print flex min-h-tap items-center" href={paths.status()}>
          {t('status.again')}
        </a>
      </p>
    </section>
  )
}
