import { getLocale, getTranslations } from 'next-intl/server'
import type { LogHealth } from '@/lib/data/log-health.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { formatDateTime, formatDuration } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { Fact } from '../log/fact.tsx'

/** How much there is, how much of it is sealed, and since when. */
export async function Numbers({ health }: { health: LogHealth }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { recorded, checkpoint, unsealedSince, now } = health
  const timeOf = (milliseconds: number) => (
    <>
      <time dateTime={new Date(milliseconds).toISOString()}>{formatDateTime(locale, { milliseconds, offset: 0 })}</time>{' '}
      UTC
    </>
  )
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="numbers">
      <h2 id="numbers">{t('status.numbers')}</h2>
      <dl className="facts grid-cols-2">
        <Fact name={t('status.recorded')}>{formatNumber(locale, recorded)}</Fact>
        <Fact name={t('status.sealed')}>{formatNumber(locale, checkpoint.size)}</Fact>
        {recorded > checkpoint.size && (
          <Fact name={t('status.waiting')}>{formatNumber(locale, recorded - checkpoint.size)}</Fact>
        )}
        {unsealedSince !== undefined && <Fact name={t('status.oldestWaiting')}>{timeOf(unsealedSince)}</Fact>}
        <Fact name={t('status.checkpoint')}>{timeOf(checkpoint.signedAt)}</Fact>
        <Fact name={t('status.age')}>{formatDuration(locale, now - checkpoint.signedAt)}</Fact>
      </dl>
      <p className="text-ink-2 text-note">{t('status.ageText')}</p>
      <p>
        <a className="flex min-h-tap items-center" href={paths.log()}>
          {t('log.title')}
        </a>
      </p>
    </section>
  )
}
