import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { ChooseOne } from '@/app/(workspace)/_act/choose-one.tsx'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { openingsFor } from '@/lib/data/private-openings.ts'
import { correctables } from '@/lib/device/forms/correcting.ts'
import { paths } from '@/lib/paths.ts'
import { CorrectForm } from './correct-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.correct') }
}

export default async function CorrectPage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('correct', given)
  const { state, of, actor, reference, as } = opened
  const party = actor.party.party
  const own = correctables(state, party)
  const chosen = own.find(each => each.actingHash === of) ?? (own.length === 1 ? own[0] : undefined)
  const { when } = await goodsSaid(state)
  if (!chosen) {
    const options = own.map(({ actingHash, acting, recorded }) => ({
      href: paths.act(reference, 'correct', as, { release: actingHash }),
      label: t('act.correct.option', { kind: t(`kinds.${acting.kind}`), when: when(recorded.index) }),
    }))
    return (
      <ActPage opened={opened} title={t('act.do.correct')} lead={t('act.correct.which')}>
        {() => <ChooseOne options={options} />}
      </ActPage>
    )
  }
  const openings = await openingsFor({ reference, party })
  const { acting, recorded } = chosen
  return (
    <ActPage
      opened={opened}
      title={t('act.correct.title')}
      lead={t('act.correct.lead', { kind: t(`kinds.${acting.kind}`), when: when(recorded.index) })}
    >
      {props => <CorrectForm props={props} entry={chosen} shown={openings?.fields.get(recorded.index) ?? {}} />}
    </ActPage>
  )
}
