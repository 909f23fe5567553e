import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { CHECK_NAMES } from '@/lib/core/evidence/report.ts'
import { consignmentPage } from '@/lib/data/consignments.ts'
import { labelStanding } from '@/lib/data/drafts.ts'
import { paths } from '@/lib/paths.ts'
import { CheckPanel, UncheckedVerdict } from '../../checking.tsx'
import { DemoNotice } from '../../demo-notice.tsx'
import { Embedded, SealScript } from '../../island.tsx'
import { unknownReference } from '../../unknown.ts'
import { Balance } from './balance.tsx'
import { Differences } from './differences.tsx'
import { Headline, Steps } from './headline.tsx'
import { History } from './history.tsx'
import { LabelMade } from './label-made.tsx'
import { readingOf } from './reading.ts'
import { Reported } from './reported.tsx'
import { BeingSealed, Unsealed } from './unsealed.tsx'

type Props = { params: Promise<{ reference: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, reference] = [await getTranslations(), parseReference(decodeURIComponent((await params).reference))]
  if (!reference.ok) return { title: t('track.metaMissing') }
  return {
    title: t('track.metaTitle', { reference: formatReference(reference.value) }),
    alternates: { canonical: paths.track(reference.value) },
  }
}

export default async function TrackPage({ params }: Props) {
  const reference = parseReference(decodeURIComponent((await params).reference))
  const found = reference.ok ? await consignmentPage(reference.value) : undefined
  if (!found) {
    const standing = reference.ok ? await labelStanding(reference.value) : undefined
    if (!reference.ok) notFound()
    if (!standing) return unknownReference()
    return <LabelMade reference={reference.value} standing={standing} />
  }
  const { view, sealedSize, notSealed } = found
  const reading = await readingOf(view)
  if (view.events.length === 0) return <BeingSealed reading={reading} events={notSealed} />
  const { t } = reading
  return (
    <>
      {view.demo && <DemoNotice />}
      <section className="sheet panel grid items-start gap-5 min-[54rem]:grid-cols-[1fr_340px]">
        <Headline reading={reading} />
        <UncheckedVerdict />
        {view.mode === 'live' && (
          <div className="min-[54rem]:col-span-2">
            <Steps reading={reading} />
          </div>
        )}
      </section>
      <Differences reading={reading} />
      <div className="grid items-start gap-4 min-[54rem]:grid-cols-[1fr_400px]">
        <div className="grid min-w-0 gap-4">
          <Reported reading={reading} />
          <History reading={reading} />
          <Unsealed reading={reading} events={notSealed} />
        </div>
        <div className="grid min-w-0 gap-4">
          <Balance reading={reading} />
          <CheckPanel title={t('track.checks')} names={[...CHECK_NAMES, 'page-agrees']}>
            <div className="no-print mt-4 flex flex-wrap gap-2.5">
              <a className="btn" href={paths.evidence(view.reference)} download={`${view.reference}.evidence.json`}>
                {t('track.download')}
              </a>
              <a className="btn quiet" href={`${paths.log()}#without`}>
                {t('track.elsewhere')}
              </a>
            </div>
            <p className="mt-4 rounded-[10px] bg-fold px-3.5 py-3 text-ink-2 text-note">{t('track.limits')}</p>
          </CheckPanel>
        </div>
      </div>
      <Embedded id="view" value={view} evidence={{ path: paths.evidence(view.reference), size: sealedSize }} />
      <SealScript />
    </>
  )
}
