import type { EventView, HandoffView } from '@/lib/core/custody/views.ts'
import { namesIn, Party, ShownText } from './names.tsx'
import { Quantities } from './quantities.tsx'
import type { Reading } from './reading.ts'
import { Corrected, Marks, RecordDetails, When } from './signature.tsx'

/** The ticket: who gave and who took, each with what they signed for. */
export function Stubs({ reading, handoff }: { reading: Reading; handoff: HandoffView }) {
  const { t } = reading
  const release = reading.event(handoff.releaseIndex)
  const receipt = handoff.receiptIndex === undefined ? undefined : reading.event(handoff.receiptIndex)
  return (
    <div className="stubs">
      <div className="stub">
        <small>{t(handoff.status === 'open' ? 'track.stub.gives' : 'track.stub.gave')}</small>
        <Party reading={reading} reference={handoff.giver} />
        <Quantities reading={reading} quantities={handoff.gave} />
        <Via reading={reading} handoff={handoff} />
        {release && <Signed reading={reading} event={release} />}
      </div>
      <TakersHalf reading={reading} handoff={handoff} receipt={receipt} />
    </div>
  )
}

function TakersHalf({
  reading,
  handoff,
  receipt,
}: {
  reading: Reading
  handoff: HandoffView
  receipt: EventView | undefined
}) {
  const { t } = reading
  const { status, taker } = handoff
  if (status === 'withdrawn') return <p className="stub void">{t('track.stub.withdrawn')}</p>
  if (status === 'open') {
    return (
      <p className="stub blank">
        <small>{t('track.stub.notYet')}</small>
        {taker === undefined ? t('track.stub.blankCode') : t.rich('track.stub.blank', namesIn(reading, { taker }))}
      </p>
    )
  }
  const isEmpty = handoff.took.length + handoff.damaged.length === 0
  return (
    <div className="stub">
      <small>{t(status === 'refused' ? 'track.stub.refused' : 'track.stub.took')}</small>
      {taker !== undefined && <Party reading={reading} reference={taker} />}
      {isEmpty && <span className="block">{t('track.stub.none')}</span>}
      <Quantities reading={reading} quantities={handoff.took} />
      <Quantities reading={reading} quantities={handoff.damaged} as="track.part.damaged" />
      <Quantities reading={reading} quantities={handoff.surplus} as="track.part.surplus" />
      <span className="text-open">
        <Quantities reading={reading} quantities={handoff.missing} as="track.part.missing" />
      </span>
      <span className="text-ink-2">
        <Quantities reading={reading} quantities={handoff.left} as="track.part.left" />
      </span>
      {receipt?.reason !== undefined && <span className="block text-ink-2">{t(`reasons.${receipt.reason}`)}</span>}
      {receipt && <Signed reading={reading} event={receipt} />}
    </div>
  )
}

function Via({ reading, handoff }: { reading: Reading; handoff: HandoffView }) {
  const { t } = reading
  const { via, giver } = handoff
  if (via === undefined) return null
  return (
    <span className="block text-ink-2">
      {'value' in via
        ? t.rich('track.stub.via', {
            ...namesIn(reading, { giver }),
            via: () => <ShownText key="via" t={t} shown={via} />,
          })
        : t.rich('track.stub.viaWithheld', namesIn(reading, { giver }))}
    </span>
  )
}

/** The signature itself: when and where, whose key, what it replaced, where it stands. */
function Signed({ reading, event }: { reading: Reading; event: EventView }) {
  return (
    <div className="mt-1.5 text-ink-2 text-xs">
      <p>
        <span className="signed">{reading.t('track.stub.signed')}</span> · <When reading={reading} event={event} />
      </p>
      {reading.beside?.(event)}
      <Corrected reading={reading} event={event} />
      <Marks reading={reading} event={event} />
      <RecordDetails reading={reading} event={event} />
    </div>
  )
}
