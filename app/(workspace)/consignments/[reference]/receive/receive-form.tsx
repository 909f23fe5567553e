'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { ClaimSays } from '@/app/(workspace)/_act/claim-says.tsx'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useClaim } from '@/app/(workspace)/_act/use-claim.ts'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import type { Release } from '@/lib/core/custody/state.ts'
import type { Act } from '@/lib/device/desk.ts'
import { partKey } from '@/lib/device/forms/goods.ts'
import { EMPTY_RECEIPT, type Receipt, readReceipt, signedFor, tallies } from '@/lib/device/forms/receipt.ts'
import { paths } from '@/lib/paths.ts'
import { OtherGoods } from './other-goods.tsx'
import { PartCard } from './part-card.tsx'

type Values = { readonly receipt: Receipt; readonly more: More }

export function ReceiveForm({ props, release }: { props: ActProps; release: Release }) {
  const { desk, reference, state, head, as } = props
  const { t, total } = useWords()
  const claim = useClaim(desk, release)
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'receive',
    of: release.hash,
    initial: { receipt: EMPTY_RECEIPT, more: NOTHING_MORE },
  })
  const { receipt, more } = typed
  const sums = tallies(release, receipt)
  const body = readReceipt({ state, release, receipt })
  const act: Act<'consignment', 'receive'> | undefined = body && {
    about: 'consignment',
    id: reference,
    kind: 'receive',
    body: { ...body, ...claim.placeholder },
    after: head,
    ...readMore('receive', more),
  }
  const { taken, damaged } = body ? signedFor(body) : { taken: [], damaged: [] }
  const said = { goods: total(state.lines, taken), damaged: total(state.lines, damaged) }
  const label =
    body === undefined
      ? t('act.receive.signWhen')
      : taken.length === 0
        ? t('act.receive.signNone')
        : t(damaged.length > 0 ? 'act.receive.signDamaged' : 'act.receive.sign', said)
  const first = sums.find(sum => sum.problem !== undefined)
  const wrongLine = first && state.lines.find(line => line.id === first.released.line)?.item
  const isClaimed = claim.state === 'none' || claim.state === 'fits'
  const problem = !isClaimed
    ? t(`act.claim.${claim.state}`)
    : first
      ? t(`act.receive.problem.${first.problem ?? 'reason'}`, { item: wrongLine ?? '', count: Math.abs(first.open) })
      : t('act.receive.problem.others')
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <ClaimSays state={claim.state} />
      {sums.map(sum => {
        const key = partKey(sum.released)
        const line = state.lines.find(each => each.id === sum.released.line)
        return (
          line && (
            <PartCard
              key={key}
              line={line}
              sum={sum}
              counted={receipt.parts[key]}
              isShort={sums.length > 3}
              onType={counted => type({ receipt: { ...receipt, parts: { ...receipt.parts, [key]: counted } } })}
            />
          )
        )
      })}
      <OtherGoods
        state={state}
        release={release}
        others={receipt.others}
        onType={others => type({ receipt: { ...receipt, others } })}
      />
      <MoreFields kind="receive" more={more} onType={next => type({ more: next })} />
      <p className="text-note">
        <a href={paths.act(reference, 'refuse', as, { release: release.hash })}>{t('act.receive.refuseInstead')}</a>
      </p>
      <SignFoot
        props={props}
        label={label}
        act={isClaimed ? act : undefined}
        problem={problem}
        complete={claim.complete}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
