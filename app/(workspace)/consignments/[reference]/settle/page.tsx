import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { ChooseOne } from '@/app/(workspace)/_act/choose-one.tsx'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import { Name, nameOf } from '@/app/(workspace)/_act/name.tsx'
import { type ActPageProps, type OpenedAct, openAct } from '@/app/(workspace)/_act/open-act.ts'
import type { ConsignmentEvent } from '@/lib/core/custody/event.ts'
import type { Entry, Release } from '@/lib/core/custody/state.ts'
import { mayCloseStrays, openDifferences, openStrays } from '@/lib/device/forms/settling.ts'
import { paths } from '@/lib/paths.ts'
import { SettleForm } from './settle-form.tsx'
import { StrayForm } from './stray-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.settle') }
}

export default async function SettlePage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('settle', given)
  const { state, of, actor } = opened
  const party = actor.party.party
  const differences = openDifferences(state, party)
  const strays = mayCloseStrays(state, party) ? openStrays(state) : []
  const isOne = differences.length + strays.length === 1
  const handoff = differences.find(each => each.hash === of) ?? (isOne && of === undefined ? differences[0] : undefined)
  const stray = strays.find(each => each.actingHash === of) ?? (isOne && of === undefined ? strays[0] : undefined)
  if (handoff) return <Difference opened={opened} handoff={handoff} />
  if (stray) return <Stray opened={opened} stray={stray} />
  const options = await optionsOf(opened, differences, strays)
  // An address that names one which is settled by now: the others, or why there is none.
  const refusal = options.length === 0 ? (of === undefined ? 'not-settler' : 'handoff-unknown') : undefined
  return (
    <ActPage opened={opened} title={t('act.do.settle')} refusal={refusal}>
      {() => <ChooseOne options={options} />}
    </ActPage>
  )
}

async function optionsOf(
  { state, parties, reference, as }: OpenedAct,
  differences: readonly Release[],
  strays: readonly Entry<ConsignmentEvent>[],
) {
  const t = await getTranslations()
  const { goods, when } = await goodsSaid(state)
  const hrefOf = (hash: string) => paths.act(reference, 'settle', as, { release: hash })
  return [
    ...differences.map(({ hash, missing, giver, taker, index }) => ({
      href: hrefOf(hash),
      label: t('act.settle.option', {
        goods: goods(missing),
        giver: nameOf(parties, giver),
        taker: nameOf(parties, taker ?? giver),
        when: when(index),
      }),
    })),
    ...strays.map(({ actingHash, acting, recorded, notInEffect }) => ({
      href: hrefOf(actingHash),
      label: t('act.settle.strayOption', {
        kind: t(`kinds.${acting.kind}`),
        party: nameOf(parties, acting.by),
        when: when(recorded.index),
        reason: t(`refusals.${notInEffect ?? 'behind-head'}`),
      }),
    })),
  ]
}

async function Difference({ opened, handoff }: { opened: OpenedAct; handoff: Release }) {
  const t = await getTranslations()
  const { state, parties } = opened
  const { goods, when } = await goodsSaid(state)
  const { giver, taker } = handoff
  const names = {
    giver: () => <Name key="giver" parties={parties} reference={giver} />,
    taker: () => <Name key="taker" parties={parties} reference={taker ?? giver} />,
  }
  return (
    <ActPage
      opened={opened}
      title={t('act.settle.title', { goods: goods(handoff.missing) })}
      lead={t.rich('act.settle.lead', { ...names, when: when(handoff.index) })}
    >
      {props => <SettleForm props={props} handoff={handoff} />}
    </ActPage>
  )
}

async function Stray({ opened, stray }: { opened: OpenedAct; stray: Entry<ConsignmentEvent> }) {
  const t = await getTranslations()
  const { state, parties } = opened
  const { when } = await goodsSaid(state)
  const { acting, actingHash, recorded, notInEffect } = stray
  const party = () => <Name key="party" parties={parties} reference={acting.by} />
  return (
    <ActPage
      opened={opened}
      title={t('act.stray.title')}
      lead={t.rich('act.stray.lead', { kind: t(`kinds.${acting.kind}`), party, when: when(recorded.index) })}
    >
      {props => <StrayForm props={props} event={actingHash} reason={t(`refusals.${notInEffect ?? 'behind-head'}`)} />}
    </ActPage>
  )
}
