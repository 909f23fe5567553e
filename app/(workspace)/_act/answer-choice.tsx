import { getTranslations } from 'next-intl/server'
import type { Release } from '@/lib/core/custody/state.ts'
import { paths } from '@/lib/paths.ts'
import { ActPage } from './act-page.tsx'
import { ChooseOne } from './choose-one.tsx'
import { goodsSaid } from './goods-said.ts'
import { nameOf } from './name.tsx'
import type { OpenedAct } from './open-act.ts'

/** Several handovers wait: which one? */
export async function AnswerChoice({ opened, releases }: { opened: OpenedAct; releases: readonly Release[] }) {
  const { kind, state, parties, reference, as } = opened
  const t = await getTranslations()
  const { goods, when } = await goodsSaid(state)
  const options = releases.map(({ hash, lines, giver, index, to }) => ({
    href: paths.act(reference, kind, as, { release: hash }),
    label:
      kind === 'withdraw'
        ? t('act.choice.given', {
            goods: goods(lines),
            party: 'party' in to ? nameOf(parties, to.party) : t('act.choice.whoever'),
            when: when(index),
          })
        : t('act.choice.from', { goods: goods(lines), party: nameOf(parties, giver), when: when(index) }),
  }))
  return (
    <ActPage opened={opened} title={t(`act.do.${kind}`)}>
      {() => <ChooseOne options={options} />}
    </ActPage>
  )
}
