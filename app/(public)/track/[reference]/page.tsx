import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { CHECK_NAMES } from '@/lib/core/evidence/report.ts'
import { consignmentPage } from '@/lib/data/consignments.ts'
import { labelStanding } from '@/lib/data/drafts.ts'
import { earlierConsignment } from '@/lib/data/previous-log.ts'
import { paths } from '@/lib/paths.ts'
import { CheckPanel, UncheckedVerdict } from '../../checking.tsx'
import { DemoNotice } from '../../demo-notice.tsx'
import { Embedded, FollowScript, MemoryPart, Redrawn, SealScript } from '../../island.tsx'
import { unknownReference } from '../../unknown.ts'
import { Balance } from './balance.tsx'
import { Differences } from './differences.tsx'
import { EarlierLabel } from './earlier-label.tsx'
import { Headline, Steps } from './headline.tsx'
import { History } from './history.tsx'
import { LabelMade } from './label-made.tsx'
import { PassOn } from './pass-on.tsx'
import { PrintFoot } from './print-foot.tsx'
import { readingOf } from './reading.ts'
import { Reported } from './reported.tsx'
import { sharedMetadata } from './shared-metadata.ts'
import { TryToCheat } from './try-to-cheat.tsx'
import { BeingSealed, Unsealed } from './unsealed.tsx'
import { WayMap } from './way-map.tsx'

type Props = { params: Promise<{ reference: string }> }

/** Once a request, for the page and what is said about it. */
const found = cache((reference: string) => consignmentPage(reference))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const reference = parseReference(decodeURIComponent((await params).reference))
  const page = reference.ok ? await found(reference.value) : undefined
  if (!reference.ok || !page) return { title: (await getTranslations())('track.metaMissing'), robots: { index: false } }
  return sharedMetadata(await readingOf(page.view))
}

export default async function TrackPage({ params }: Props) {
  const reference = parseReference(decodeURIComponent((await params).reference))
  const page = reference.ok ? await found(reference.value) : undefined
  if (!page) {
    const standing = reference.ok ? await labelStanding(reference.value) : undefined
    if (reference.ok && standing === 'made') return <LabelMade reference={reference.value} standing={standing} />
    const earlier = reference.ok && standing === undefined ? await earlierConsignment(reference.value) : undefined
    if (earlier) return <EarlierLabel earlier={earlier} />
    // A misspelled one counts too: its page names what it may have been meant as.
    return standing === undefined ? unknownReference() : notFound()
  }
  const { view, sealedSize, notSealed, recorded } = page
  const reading = await readingOf(view)
  const newest = recorded ? await readingOf(recorded) : reading
  if (view.events.length === 0) return <BeingSealed reading={newest} events={notSealed} />
  const { t } = reading
  return (
    <>
      <MemoryPart />
      {view.demo && <DemoNotice />}
      <section className="sheet panel grid items-start gap-5 min-[54rem]:grid-cols-[1fr_340px]">
        <Headline reading={reading} />
        <div>
          <UncheckedVerdict />
          <div className="no-print" aria-live="polite">
            <Redrawn id="visit" markup="" />
          </div>
        </div>
        <div className="min-[54rem]:col-span-2">
          <Steps reading={reading} />
        </div>
      </section>
      <Differences reading={reading} />
      <div className="grid items-start gap-4 min-[54rem]:grid-cols-[1fr_400px]">
        <div className="grid min-w-0 gap-4">
          <Reported reading={reading} />
          <WayMap reading={reading} />
          <History reading={reading} />
          <Unsealed reading={newest} events={notSealed} />
        </div>
        <div className="grid min-w-0 gap-4">
          <Balance reading={reading} />
          <CheckPanel title={t('track.checks')} lead={t('track.checksLead')} names={[...CHECK_NAMES, 'page-agrees']}>
            <p className="mt-4 rounded-[10px] bg-fold px-3.5 py-3 text-ink-2 text-note">{t('track.limits')}</p>
            <div className="no-print mt-4 flex flex-wrap gap-2.5">
              <a className="btn" href={paths.evidence(view.reference)} download={`${view.reference}.evidence.json`}>
                {t('track.download')}
              </a>
              <a className="btn quiet" href="#cheat">
                {t('cheat.title')}
              </a>
              <a className="btn quiet" href={`${paths.log()}#without`}>
                {t('track.elsewhere')}
              </a>
            </div>
          </CheckPanel>
          <PassOn />
        </div>
      </div>
      <TryToCheat />
      <PrintFoot reading={reading} sealedSize={sealedSize} />
      <Embedded id="view" value={view} evidence={{ path: paths.evidence(view.reference), size: sealedSize }} />
      <SealScript />
      <FollowScript />
    </>
  )
}
