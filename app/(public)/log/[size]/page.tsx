import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { rootFingerprint } from '@/lib/core/ledger/root-fingerprint.ts'
import { checkpointAt } from '@/lib/data/log.ts'
import { inGroups } from '@/lib/format/groups.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'

type Props = { params: Promise<{ size: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('papers.log.metaTitle'), robots: { index: false } }
}

/** What was signed when the log had so many records: what a waybill of that day has printed on it, to be compared. */
export default async function LogAtPage({ params }: Props) {
  const { size } = await params
  const found = /^[1-9][0-9]{0,14}$/.test(size) ? await checkpointAt(Number(size)) : undefined
  if (!found) notFound()
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  return (
    <section className="sheet panel grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-4">
      <h1>{t('papers.log.title', { size: formatNumber(locale, Number(size)) })}</h1>
      <p>{t('papers.log.compare')}</p>
      <p className="text-[1.5rem]">
        <bdi dir="ltr" className="code font-semibold">
          {inGroups(rootFingerprint(found.root), 4).join(' ')}
        </bdi>
      </p>
      <p className="text-ink-2 text-note">
        {t('papers.log.signed', { when: `${formatDateTime(locale, { milliseconds: found.signedAt, offset: 0 })} UTC` })}
      </p>
      <details>
        <summary className="min-h-tap content-center">{t('papers.log.note')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className="code overflow-x-auto text-note" dir="ltr" tabIndex={0}>
          {found.note}
        </pre>
      </details>
      <p>
        <a href={paths.log()}>{t('papers.log.toLog')}</a>
      </p>
    </section>
  )
}
