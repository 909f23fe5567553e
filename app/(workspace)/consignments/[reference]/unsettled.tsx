import { namesIn } from '@/app/(public)/track/[reference]/names.tsx'
import { openDifferences, type Reading } from '@/app/(public)/track/[reference]/reading.ts'
import { mayAct } from '@/lib/core/custody/allowed.ts'
import type { ConsignmentState } from '@/lib/core/custody/state.ts'
import { isStray } from '@/lib/data/parts.ts'
import { paths } from '@/lib/paths.ts'

type Props = { reading: Reading; state: ConsignmentState; party: string; as: string | undefined }

/** What does not fit and nobody has settled, each with the way to settle it for those who may. */
export function Unsettled({ reading, state, party, as }: Props) {
  const { t, view } = reading
  const missing = openDifferences(view)
  const strays = state.chain.filter(isStray)
  if (missing.length + strays.length === 0) return null
  const may = mayAct({ state, kind: 'settle', party })
  const isConsignor = state.founder === party
  const settle = (hash: string) => (
    <a className="btn" href={paths.act(view.reference, 'settle', as, { release: hash })}>
      {t('consignments.act.settle')}
    </a>
  )
  const mayClose = isConsignor || state.consignee === party || state.holdings.some(holding => holding.party === party)
  return (
    <section className="notice" aria-labelledby="differences">
      <h2 id="differences" className="text-open">
        {t('track.differences')}
      </h2>
      <ul>
        {missing.map(({ handoff, missing: { line, condition, quantity } }) => (
          <li
            key={`${handoff.release} ${line} ${condition}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2"
          >
            <span>
              <a href={`#record-${handoff.releaseIndex}`}>
                {t.rich('track.missingAt', {
                  ...namesIn(reading, { giver: handoff.giver, taker: handoff.taker }),
                  quantity: reading.count(line, quantity),
                })}
              </a>{' '}
              <bdi className="text-ink-2">{reading.line(line)?.item}</bdi>
            </span>
            {(handoff.giver === party || isConsignor) && settle(handoff.release)}
          </li>
        ))}
        {strays.map(({ recorded, acting, actingHash, notInEffect }) => (
          <li key={recorded.index} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <span>
              <a href={`#record-${recorded.index}`}>
                {t(`kinds.${acting.kind}`)} {t.rich('track.by', namesIn(reading, { party: acting.by }))}
              </a>
              : {t('track.notInEffect', { reason: notInEffect ? t(`refusals.${notInEffect}`) : '' })}
            </span>
            {mayClose && settle(actingHash)}
          </li>
        ))}
      </ul>
      {!may.ok && <p className="text-ink-2 text-note">{t(`refusals.${may.code}`)}</p>}
    </section>
  )
}
