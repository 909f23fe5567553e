import { namesIn } from '@/app/(public)/track/[reference]/names.tsx'
import { Quantities } from '@/app/(public)/track/[reference]/quantities.tsx'
import type { Reading } from '@/app/(public)/track/[reference]/reading.ts'
import type { Actor } from '@/lib/auth/actor.ts'
import type { ConsignmentState, Release } from '@/lib/core/custody/state.ts'
import { paths } from '@/lib/paths.ts'
import { actorMay, asOf } from '../../_ui/require-actor.ts'
import { type Kind, type Offers, offersTo, onlySettling } from './next-acts.ts'

type Props = { actor: Actor; state: ConsignmentState; reading: Reading }

/** What this party can do next: what is due first, then the rest, then what it cannot do and why. */
export function NextActs({ actor, state, reading }: Props) {
  const { t } = reading
  const offers = offersTo({ state, party: actor.party.party })
  const why = actor.party.isSuspended
    ? t('refusals.party-suspended')
    : actorMay(actor, 'request-key')
      ? undefined
      : t('consignments.viewer')
  const as = asOf(actor)
  return (
    <section className="sheet panel grid gap-4" aria-labelledby="next">
      <h2 id="next">{t.rich('consignments.next', { party: () => <bdi key="party">{actor.party.name}</bdi> })}</h2>
      {why !== undefined && <p className="text-ink-2">{why}</p>}
      {why === undefined && (
        <Possible
          offers={offers}
          settling={onlySettling({ state, party: actor.party.party })}
          reading={reading}
          as={as}
        />
      )}
      {why === undefined && offers.refused.length > 0 && <Refused refused={offers.refused} reading={reading} />}
    </section>
  )
}

type PossibleProps = {
  offers: Offers
  /** The one thing there is to settle, so that its form need not ask which. */
  settling: string | undefined
  reading: Reading
  as: string | undefined
}

function Possible({ offers, settling, reading, as }: PossibleProps) {
  const { t, view } = reading
  const { toMe, byCode, possible } = offers
  const isPrimary = (kind: Kind) => toMe.length === 0 && kind === possible[0] && DUE.includes(kind)
  const nothing = toMe.length + byCode.length + possible.length === 0
  return (
    <>
      {nothing && <p className="text-ink-2">{t('consignments.nothing')}</p>}
      {toMe.map(release => (
        <ToMe key={release.hash} release={release} reading={reading} as={as} />
      ))}
      {byCode.length > 0 && (
        <p>
          {t('consignments.byCode', { count: byCode.length })} <a href={paths.scan(as)}>{t('consignments.act.scan')}</a>
        </p>
      )}
      {possible.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {possible.map(kind => (
            <li key={kind}>
              <a
                className={`btn ${isPrimary(kind) ? 'primary' : ''}`}
                href={paths.act(view.reference, kind, as, { release: kind === 'settle' ? settling : undefined })}
              >
                {t(`consignments.act.${kind}`)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

// The rest is possible at any time, and nobody waits for it.
const DUE: readonly Kind[] = ['release', 'distribute', 'settle']

/** A release that names this party: take it, or turn it away. */
function ToMe({ release, reading, as }: { release: Release; reading: Reading; as: string | undefined }) {
  const { t, view } = reading
  const answer = { release: release.hash }
  return (
    <div className="notice grid gap-3">
      <div>
        <strong>{t.rich('consignments.toMe', namesIn(reading, { giver: release.giver }))}</strong>
        <Quantities reading={reading} quantities={release.lines} />
      </div>
      <div className="flex flex-wrap gap-2">
        <a className="btn primary" href={paths.act(view.reference, 'receive', as, answer)}>
          {t('consignments.act.receive')}
        </a>
        <a className="btn" href={paths.act(view.reference, 'refuse', as, answer)}>
          {t('consignments.act.refuse')}
        </a>
      </div>
    </div>
  )
}

function Refused({ refused, reading: { t } }: { refused: Offers['refused']; reading: Reading }) {
  return (
    <details>
      <summary className="w-fit py-1 text-ink-2 text-note">{t('consignments.cannot')}</summary>
      <ul className="mt-2 grid gap-2">
        {refused.map(({ kind, refusal }) => (
          <li key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <button type="button" className="btn" disabled aria-describedby={`cannot-${kind}`}>
              {t(`consignments.act.${kind}`)}
            </button>
            <span id={`cannot-${kind}`} className="text-ink-2 text-note">
              {t(`refusals.${refusal}`)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
