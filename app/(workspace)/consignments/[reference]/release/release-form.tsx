'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { GoodsCounts } from '@/app/(workspace)/_act/goods-counts.tsx'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { nameOf } from '@/app/(workspace)/_act/name.tsx'
import { PartyPicker } from '@/app/(workspace)/_act/party-picker.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { countsOf, useWords } from '@/app/(workspace)/_act/use-words.ts'
import { Choice } from '@/app/(workspace)/_ui/choice.tsx'
import { Field } from '@/app/(workspace)/_ui/field.tsx'
import { makeClaim } from '@/lib/device/claim.ts'
import type { Act, Sent } from '@/lib/device/desk.ts'
import { allThatIsSound, type Counts, heldGoods, readGoods } from '@/lib/device/forms/goods.ts'
import { paths } from '@/lib/paths.ts'

const WAYS = ['party', 'via', 'open'] as const
type Way = (typeof WAYS)[number]
type Values = {
  readonly way: Way
  readonly party?: string
  readonly via: string
  readonly named: 'public' | 'withheld'
  readonly counts: Counts
  readonly more: More
}
const EMPTY: Values = { way: 'party', via: '', named: 'public', counts: {}, more: NOTHING_MORE }
/** Stands for the key that is made at the tap. */
const NO_CLAIM = '0'.repeat(64)

export function ReleaseForm(props: ActProps) {
  const { desk, reference, state, head, parties, as } = props
  const { t, total } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, { kind: 'release', initial: EMPTY })
  const { way, party, via, named, counts, more } = typed
  const goods = heldGoods(state, desk.party)
  const { lines, unread } = readGoods({ goods, counts, unlessTyped: allThatIsSound })
  const carrier = via.normalize('NFC').trim()

  const said = { goods: total(state.lines, countsOf(lines)), party: party ? nameOf(parties, party) : '', via: carrier }
  const isGoods = lines.length > 0
  const isNamed = way === 'open' || party !== undefined
  const problem = !isNamed
    ? t('act.problem.party')
    : way === 'via' && carrier === ''
      ? t('act.problem.via')
      : unread.length > 0
        ? t('act.problem.count')
        : undefined
  const label = !isGoods
    ? t('act.release.signNothing')
    : problem !== undefined
      ? t('act.release.signGoods', said)
      : t(`act.release.sign.${way}`, said)

  const extra = readMore('release', more)
  const values = { ...extra.values, ...(way === 'via' && { via: carrier }) }
  const to = way === 'open' ? { claim: NO_CLAIM } : { party: party ?? '', ...(way === 'via' && { via: named }) }
  const act: Act<'consignment', 'release'> = {
    about: 'consignment',
    id: reference,
    kind: 'release',
    body: { to, lines },
    after: head,
    ...extra,
    ...(Object.keys(values).length > 0 && { values }),
  }
  const complete = async (known: Act<'consignment'>) => {
    if (known.kind !== 'release' || way !== 'open') return known
    const claim = await makeClaim()
    return claim === undefined ? undefined : { ...known, body: { ...known.body, to: { claim } } }
  }
  const sent = ({ outcome }: Sent) => {
    if (outcome === 'recorded' || outcome === 'kept') forget()
  }

  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <GoodsCounts goods={goods} counts={counts} unlessTyped={allThatIsSound} onType={next => type({ counts: next })} />
      <Choice
        name="way"
        legend={t('act.release.way')}
        options={WAYS.map(each => ({ value: each, label: t(`act.release.ways.${each}`) }))}
        value={way}
        onChoose={next => type({ way: next })}
      />
      <p className="text-ink-2 text-note">{t(`act.release.wayHint.${way}`)}</p>
      {way !== 'open' && (
        <PartyPicker
          legend={t(way === 'via' ? 'act.release.toVia' : 'act.release.to')}
          parties={parties}
          state={state}
          except={[desk.party]}
          value={party}
          onChoose={next => type({ party: next })}
        />
      )}
      {way === 'via' && (
        <>
          <Field id="via" label={t('act.release.via')} hint={t('act.release.viaHint')}>
            <input
              id="via"
              className="input"
              maxLength={500}
              autoComplete="off"
              aria-describedby="via-hint"
              value={via}
              onChange={event => type({ via: event.currentTarget.value })}
            />
          </Field>
          <Choice
            name="named"
            legend={t('act.release.viaNamed')}
            options={(['public', 'withheld'] as const).map(each => ({ value: each, label: t(`act.named.${each}`) }))}
            value={named}
            onChoose={next => type({ named: next })}
          />
        </>
      )}
      <MoreFields kind="release" more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={label}
        act={problem === undefined ? act : undefined}
        problem={problem}
        complete={complete}
        onSent={sent}
        {...(way === 'open' && { next: hash => paths.waybill(reference, hash, as) })}
      />
    </>
  )
}
