import type { HandoffView } from '@/lib/core/custody/views.ts'
import { type Leg, type Stop, type Way, wayOf } from '@/lib/core/custody/way.ts'
import { MARK_RADIUS } from '@/lib/format/leg-map.ts'
import { formatCountry } from '@/lib/format/number.ts'
import { clockOf, formatDay } from '@/lib/format/time.ts'
import { mapOf } from './map-of.ts'
import { namesIn, PartyList, ShownText } from './names.tsx'
import type { Reading } from './reading.ts'

/** Where it was signed for, as a picture and as the same facts in words. Nothing where no record names a place. */
export async function WayMap({ reading }: { reading: Reading }) {
  const { t, view } = reading
  const way = wayOf(view)
  if (way.stops.length === 0) return null
  const map = await mapOf(way)
  return (
    <section className="sheet panel" aria-labelledby="way">
      <h2 id="way" className="mb-3">
        {t(view.mode === 'reported' ? 'track.map.titleReported' : 'track.map.title')}
      </h2>
      <div className="way">
        {map && <MapPicture way={way} map={map} label={pictureLabel(reading, way)} />}
        <div className="min-w-0">
          <ol className="grid gap-3">
            {way.stops.map((stop, place) => (
              <StopItem key={stopKey(stop)} reading={reading} stop={stop} number={place + 1} />
            ))}
          </ol>
          {way.legs.length > 0 && (
            <ul className="mt-3 grid gap-1 text-ink-2 text-note">
              {way.legs.map(leg => (
                <LegItem key={`${leg.from} ${leg.to}`} reading={reading} leg={leg} />
              ))}
            </ul>
          )}
        </div>
      </div>
      <p className="mt-3 text-[0.8125rem] text-ink-2">
        {t(view.mode === 'reported' ? 'track.map.noteReported' : 'track.map.note')}
        {way.unplaced > 0 && ` ${t('track.map.unplaced', { count: way.unplaced })}`}
      </p>
    </section>
  )
}

const stopKey = ({ country, lat, lon, isReported }: Stop) => `${country} ${lat} ${lon} ${isReported}`

/** The places in a row, for who does not see the picture; the list beside it says the rest. */
function pictureLabel(reading: Reading, way: Way): string {
  const places = way.stops.map((stop, place) => `${place + 1} ${formatCountry(reading.locale, stop.country)}`)
  return reading.t('track.map.label', { places: places.join(', ') })
}

function MapPicture({
  way,
  map,
  label,
}: {
  way: Way
  map: NonNullable<Awaited<ReturnType<typeof mapOf>>>
  label: string
}) {
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${map.width} ${map.height}`} className="way-map" direction="ltr">
      <rect width={map.width} height={map.height} className="fill-fold" />
      <g transform="scale(.5)">
        <path d={map.land} className="fill-sheet stroke-edge" strokeWidth="1" />
        <path d={map.borders} fill="none" className="stroke-rule" strokeWidth="1.2" />
      </g>
      {map.legs.map((d, place) => (
        <path
          key={d}
          d={d}
          fill="none"
          strokeWidth="2.2"
          strokeLinecap="round"
          className={way.legs[place]?.isOpen ? 'stroke-open' : 'stroke-seal'}
          {...(way.legs[place]?.isOpen && { strokeDasharray: '2 5' })}
        />
      ))}
      {map.spots.map((spot, place) => {
        const isVague = way.stops[place]?.lat === undefined
        return (
          <g key={`${spot.markX} ${spot.markY}`}>
            <path d={`M${spot.x} ${spot.y}L${spot.markX} ${spot.markY}`} className="stroke-ink" strokeWidth="1" />
            <circle cx={spot.x} cy={spot.y} r="2.2" className="fill-ink" />
            <circle
              cx={spot.markX}
              cy={spot.markY}
              r={MARK_RADIUS}
              strokeWidth="1.6"
              className={isVague ? 'fill-sheet stroke-ink-2' : 'fill-ink stroke-sheet'}
              {...(isVague && { strokeDasharray: '3 2.5' })}
            />
            <text
              x={spot.markX}
              y={spot.markY + 3.9}
              textAnchor="middle"
              fontSize="11"
              fontWeight="650"
              className={isVague ? 'fill-ink' : 'fill-sheet'}
            >
              {place + 1}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function StopItem({ reading, stop, number }: { reading: Reading; stop: Stop; number: number }) {
  const { t, locale } = reading
  const country = formatCountry(locale, stop.country)
  return (
    <li className="grid grid-cols-[1.5rem_1fr] gap-2 text-note">
      <span aria-hidden="true" className="way-number">
        {number}
      </span>
      <div className="min-w-0">
        <h3>
          {stop.name && 'value' in stop.name ? (
            <>
              <ShownText t={t} shown={stop.name} /> · {country}
            </>
          ) : (
            country
          )}
        </h3>
        {stop.isReported && <p className="text-ink-2">{t('track.map.reportedTo')}</p>}
        {!stop.isReported && stop.lat === undefined && <p className="text-ink-2">{t('track.map.countryOnly')}</p>}
        <ul className="text-ink-2">
          {stop.records.map(index => (
            <StopRecord key={index} reading={reading} index={index} records={stop.records} />
          ))}
        </ul>
      </div>
    </li>
  )
}

/** What was signed at a place, once: a release whose receipt was signed at the same place goes without saying. */
function StopRecord({ reading, index, records }: { reading: Reading; index: number; records: readonly number[] }) {
  const { t, view, locale } = reading
  const event = reading.event(index)
  const released = view.handoffs.find(handoff => handoff.releaseIndex === index)
  const handoff = released ?? view.handoffs.find(each => each.receiptIndex === index)
  if (!event || (released?.receiptIndex !== undefined && records.includes(released.receiptIndex))) return null
  const acts = event.restates ?? event.kind
  return (
    <li>
      <a href={`#record-${handoff?.releaseIndex ?? index}`}>
        {handoff ? (
          <HandoffSaid reading={reading} handoff={handoff} isRelease={released !== undefined} />
        ) : (
          <>
            {t(`kinds.${t.has(`kinds.${acts}`) ? acts : 'newer'}`)}{' '}
            {t.rich('track.by', namesIn(reading, { party: event.by }))}
          </>
        )}
      </a>
      {' · '}
      {formatDay(locale, clockOf(event.at))}
    </li>
  )
}

function HandoffSaid({ reading, handoff, isRelease }: { reading: Reading; handoff: HandoffView; isRelease: boolean }) {
  const { giver, taker, status, reads } = handoff
  if (isRelease && status === 'received') return reading.t.rich('track.map.left', namesIn(reading, { giver }))
  if (status === 'open' && taker === undefined) return reading.t('track.handoff.openCode')
  const title = status === 'received' ? (reads ?? 'received') : status
  return reading.t.rich(`track.handoff.${title}`, namesIn(reading, { giver, taker }))
}

function LegItem({ reading, leg }: { reading: Reading; leg: Leg }) {
  const said = leg.isOpen ? 'track.map.legOpen' : 'track.map.leg'
  return (
    <li>
      {reading.t.rich(said, {
        from: String(leg.from + 1),
        to: String(leg.to + 1),
        holders: () => <PartyList key="holders" reading={reading} references={leg.holders} />,
      })}
    </li>
  )
}
