import { formatReference } from '@/lib/core/custody/reference.ts'
import type { EventView, HandoffView } from '@/lib/core/custody/views.ts'
import { paths } from '@/lib/paths.ts'
import { Filled, NewMark } from '../../island.tsx'
import { Stubs } from './handoff-stubs.tsx'
import { Code, namesIn, Party } from './names.tsx'
import { Quantities } from './quantities.tsx'
import { type Reading, shownInHandoffs } from './reading.ts'
import { Corrected, Marks, RecordDetails, When } from './signature.tsx'

/** Every record in log order; a handoff's two records stand together as one ticket, where the giver signed. */
export function History({ reading }: { reading: Reading }) {
  const { view, t } = reading
  const inHandoffs = shownInHandoffs(view)
  const handoffs = new Map(view.handoffs.map(handoff => [handoff.releaseIndex, handoff]))
  const rows = view.events.filter(event => handoffs.has(event.index) || !inHandoffs.has(event.index))
  return (
    <section className="sheet panel" aria-labelledby="held">
      <h2 id="held">{t(view.mode === 'reported' ? 'track.signedHistory' : 'track.held')}</h2>
      <p className="mb-3 text-ink-2 text-note">
        <Filled id="count" text={t('track.events', { count: view.events.length })} /> {t('track.eventsOrder')}
      </p>
      <ol>
        {rows.map(event => {
          const handoff = handoffs.get(event.index)
          return handoff ? (
            <Handoff key={event.index} reading={reading} event={event} handoff={handoff} />
          ) : (
            <EventRow key={event.index} reading={reading} event={event} />
          )
        })}
      </ol>
    </section>
  )
}

function Handoff({ reading, event, handoff }: { reading: Reading; event: EventView; handoff: HandoffView }) {
  const isOpen = handoff.status === 'open'
  const dot = isOpen ? 'open' : handoff.status === 'received' ? '' : 'minor'
  return (
    <li className="leg" id={`record-${event.index}`}>
      <div className="rail">
        <div className={`dot ${dot}`} />
      </div>
      <div className="min-w-0 pb-6">
        <h3>
          <span data-title="">
            <HandoffTitle reading={reading} handoff={handoff} />
          </span>
          <NewMark index={handoff.releaseIndex} />
          {handoff.receiptIndex !== undefined && <NewMark index={handoff.receiptIndex} />}
        </h3>
        {isOpen && <p className="text-note text-open">{reading.t('track.handoff.claimed')}</p>}
        <Stubs reading={reading} handoff={handoff} />
      </div>
    </li>
  )
}

function HandoffTitle({ reading, handoff }: { reading: Reading; handoff: HandoffView }) {
  const { giver, taker, status, reads } = handoff
  if (status === 'open' && taker === undefined) return reading.t('track.handoff.openCode')
  const title = status === 'received' ? (reads ?? 'received') : status
  return reading.t.rich(`track.handoff.${title}`, namesIn(reading, { giver, taker }))
}

/** A record that is no handoff: packing, counting, settling, correcting, and what was signed but is not in effect. */
export function EventRow({ reading, event }: { reading: Reading; event: EventView }) {
  const { t } = reading
  const acts = event.restates ?? event.kind
  const kind = t.has(`kinds.${acts}`) ? acts : 'newer'
  const isVoid = event.notInEffect !== undefined
  const dot = isVoid ? 'void' : kind === 'pack' ? '' : 'minor'
  return (
    <li className="leg" id={`record-${event.index}`}>
      <div className="rail">
        <div className={`dot ${dot}`} />
      </div>
      <div className="min-w-0 pb-6">
        <h3>
          <span data-title="">
            {t(`kinds.${kind}`)}{' '}
            <span className="font-normal">{t.rich('track.by', namesIn(reading, { party: event.by }))}</span>
          </span>
          <NewMark index={event.index} />
        </h3>
        {event.notInEffect !== undefined && (
          <p className="text-note text-open">
            {t('track.notInEffect', { reason: t(`refusals.${event.notInEffect}`) })}
            {event.settledBy !== undefined && ` (${t('track.settledBy', { index: event.settledBy })})`}
          </p>
        )}
        <p className="text-ink-2 text-note">
          <When reading={reading} event={event} />
        </p>
        <Particulars reading={reading} event={event} />
        {reading.beside?.(event)}
        <Corrected reading={reading} event={event} />
        <Marks reading={reading} event={event} />
        <RecordDetails reading={reading} event={event} />
      </div>
    </li>
  )
}

/** What the record says beside its kind: how much, why, to whom, about which other record. */
function Particulars({ reading, event }: { reading: Reading; event: EventView }) {
  const { t } = reading
  const { quantities, reason, party, consignment, about } = event
  if (!quantities && reason === undefined && party === undefined && consignment === undefined && about === undefined)
    return null
  return (
    <div className="text-note">
      {quantities && <Quantities reading={reading} quantities={quantities} />}
      {party !== undefined && (
        <p>
          <Party reading={reading} reference={party} />
        </p>
      )}
      {consignment !== undefined && (
        <p>
          <a href={paths.track(consignment)}>
            <Code>{formatReference(consignment)}</Code>
          </a>
        </p>
      )}
      {reason !== undefined && <p className="text-ink-2">{t(`reasons.${reason}`)}</p>}
      {about !== undefined && (
        <p>
          <a href={`#record-${about}`}>{t('track.aboutRecord', { index: about })}</a>
        </p>
      )}
    </div>
  )
}
