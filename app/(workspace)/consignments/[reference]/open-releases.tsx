import { namesIn, ShownText } from '@/app/(public)/track/[reference]/names.tsx'
import { Quantities } from '@/app/(public)/track/[reference]/quantities.tsx'
import type { Reading } from '@/app/(public)/track/[reference]/reading.ts'
import type { HandoffView } from '@/lib/core/custody/views.ts'
import { paths } from '@/lib/paths.ts'
import { Age } from '../../_shown/age.tsx'

type Props = { reading: Reading; party: string; as: string | undefined }

/** What was given and nobody has answered: since when, and for its giver the code or waybill and the way back. */
export function OpenReleases({ reading, party, as }: Props) {
  const { t, view } = reading
  const open = view.handoffs.filter(handoff => handoff.status === 'open')
  if (open.length === 0) return null
  return (
    <section className="sheet panel" aria-labelledby="open">
      <h2 id="open">{t('consignments.open')}</h2>
      <ul>
        {open.map(handoff => (
          <li key={handoff.release} className="grid gap-2 border-rule border-t py-3 first:border-t-0">
            <OpenRelease handoff={handoff} reading={reading} />
            {handoff.giver === party && (
              <div className="flex flex-wrap gap-2">
                <a className="btn" href={paths.waybill(view.reference, handoff.release, as)}>
                  {t(handoff.taker === undefined ? 'consignments.act.code' : 'consignments.act.waybill')}
                </a>
                <a className="btn quiet" href={paths.act(view.reference, 'withdraw', as, { release: handoff.release })}>
                  {t('consignments.act.withdraw')}
                </a>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function OpenRelease({ handoff, reading }: { handoff: HandoffView; reading: Reading }) {
  const { t, locale } = reading
  const { giver, taker, via, gave, releaseIndex } = handoff
  const since = reading.event(releaseIndex)?.recordedAt
  return (
    <div>
      <p>
        {taker === undefined
          ? t.rich('consignments.openCode', namesIn(reading, { giver }))
          : t.rich('consignments.openTo', namesIn(reading, { giver, taker }))}{' '}
        {since !== undefined && (
          <span className="text-ink-2 text-note">
            <Age locale={locale} since={since} now={Date.now()} />
          </span>
        )}
      </p>
      <div className="text-note">
        <Quantities reading={reading} quantities={gave} />
        {via && (
          <p className="text-ink-2">
            {t.rich('track.stub.via', {
              ...namesIn(reading, { giver }),
              via: () => <ShownText key="via" t={t} shown={via} />,
            })}
          </p>
        )}
      </div>
    </div>
  )
}
