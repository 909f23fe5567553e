import type { ReactNode } from 'react'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { type SpineStep, spineOf } from '@/lib/core/custody/spine.ts'
import type { HandoffView } from '@/lib/core/custody/views.ts'
import { clockOf, formatDate, formatDay } from '@/lib/format/time.ts'
import { namesIn, PartyList, ShownText } from './names.tsx'
import { broughtIn, holdersOf, openDifferences, type Reading, unsettledEvents } from './reading.ts'

/** What it is, where it comes from and goes to, who has it and what comes next: the first question of whoever scans a label. */
export function Headline({ reading }: { reading: Reading }) {
  const { view, t } = reading
  const [first, ...more] = view.lines
  return (
    <div>
      <p className="font-semibold text-ink-2">
        <span className="sr-only">{t('track.about')} </span>
        <bdi dir="ltr" className="code whitespace-nowrap text-lg tracking-wider">
          {formatReference(view.reference)}
        </bdi>
      </p>
      <h1 className="mt-1">
        <bdi>{first?.item}</bdi>
        {first && <span className="block text-ink-2">{reading.count(first.id, broughtIn(first))}</span>}
      </h1>
      {more.length > 0 && <p className="text-ink-2">{t('track.lines', { count: more.length })}</p>}
      <p className="mt-2 text-ink-2">
        {view.mode === 'live' && <Ends reading={reading} />}{' '}
        <strong className="text-ink">
          <Now reading={reading} />
        </strong>
      </p>
      <Next reading={reading} />
    </div>
  )
}

function Ends({ reading }: { reading: Reading }) {
  const { view, t } = reading
  if (view.consignee === undefined) return t.rich('track.from', namesIn(reading, { from: view.founder }))
  return t.rich('track.fromTo', namesIn(reading, { from: view.founder, to: view.consignee }))
}

function Now({ reading }: { reading: Reading }) {
  const { view, t } = reading
  const holders = holdersOf(view)
  const [holder] = holders
  if (view.stage === 'reported') return t.rich('track.now.reported', namesIn(reading, { holder: view.founder }))
  if (holder === undefined) return t('track.now.nobody')
  if (view.stage === 'delivered') return t.rich('track.now.delivered', namesIn(reading, { holder }))
  if (view.stage === 'returned') return t.rich('track.now.returned', namesIn(reading, { holder }))
  if (holders.length === 1) return t.rich('track.now.with', namesIn(reading, { holder }))
  return t.rich('track.now.parts', {
    holders: () => <PartyList key="holders" reading={reading} references={holders} />,
  })
}

function Next({ reading }: { reading: Reading }) {
  const { view, t } = reading
  if (view.mode === 'reported') return null
  const open = view.handoffs.filter(handoff => handoff.status === 'open')
  const differences = openDifferences(view).length + unsettledEvents(view).length
  const isUnderWay = open.length === 0 && (view.stage === 'packed' || view.stage === 'on-the-way')
  const isQuiet = open.length === 0 && !isUnderWay && differences === 0
  return (
    <ul className="mt-1">
      {open.map(handoff => (
        <NextItem key={handoff.release} reading={reading}>
          <Awaited reading={reading} handoff={handoff} />
        </NextItem>
      ))}
      {isUnderWay && (
        <NextItem reading={reading}>
          {view.consignee === undefined
            ? t('track.next.undecided')
            : t.rich('track.next.handOver', namesIn(reading, { consignee: view.consignee }))}
        </NextItem>
      )}
      {differences > 0 && <NextItem reading={reading}>{t('track.next.settle', { count: differences })}</NextItem>}
      {isQuiet && <NextItem reading={reading}>{t('track.next.nothing')}</NextItem>}
    </ul>
  )
}

function NextItem({ reading, children }: { reading: Reading; children: ReactNode }) {
  return (
    <li>
      <span className="text-ink-2">{reading.t('track.next.label')}</span> {children}
    </li>
  )
}

function Awaited({ reading, handoff }: { reading: Reading; handoff: HandoffView }) {
  const { t } = reading
  const { giver, taker, via } = handoff
  if (taker === undefined) return t.rich('track.next.code', namesIn(reading, { giver }))
  if (via === undefined) return t.rich('track.next.confirm', namesIn(reading, { taker }))
  const named = { ...namesIn(reading, { giver, taker }), via: () => <ShownText key="via" t={t} shown={via} /> }
  return t.rich('track.next.via', named)
}

/** The five steps, for the eye: each line says how far it is by its drawing, and the words beside it say the same. */
export function Steps({ reading }: { reading: Reading }) {
  const { t, view } = reading
  return (
    <ol aria-label={t('track.spine.title')} className="spine">
      {spineOf(view).map(step => (
        <li key={step.name} className={`spine-step ${step.state}`}>
          <span className="block font-semibold">{t(`track.spine.step.${step.name}`)}</span>
          <span className="block text-ink-2 text-xs">{stepSaid(reading, step)}</span>
        </li>
      ))}
    </ol>
  )
}

/** When, and what else is to be said of a step: `10 Nov 2026 · passed on twice`. */
function stepSaid({ t, locale, count }: Reading, step: SpineStep): string {
  const { state, word, at, share } = step
  const day = at === undefined ? undefined : state === 'told' ? formatDate(locale, at) : formatDay(locale, clockOf(at))
  const when = day !== undefined && (state === 'now' ? t('track.spine.since', { when: day }) : day)
  const isShare = share !== undefined && (word === 'in-part' || word === 'not-all')
  const said = isShare
    ? t(`track.spine.share.${word}`, { got: count(share.line, share.got), all: count(share.line, share.all) })
    : word !== undefined && t(`track.spine.says.${word}`, { count: step.count ?? 0 })
  const parts = word === 'packed' ? [said, when] : [when, said]
  return parts.filter(Boolean).join(' · ')
}
