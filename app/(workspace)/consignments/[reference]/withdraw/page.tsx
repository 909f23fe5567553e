import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { AnswerChoice } from '@/app/(workspace)/_act/answer-choice.tsx'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import { Name } from '@/app/(workspace)/_act/name.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { paths } from '@/lib/paths.ts'
import { WithdrawForm } from './withdraw-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.withdraw') }
}

export default async function WithdrawPage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('withdraw', given)
  const { state, parties, of, actor } = opened
  const party = actor.party.party
  const open = state.releases.filter(each => each.status === 'open' && each.giver === party)
  if (of === undefined && open.length > 1) return <AnswerChoice opened={opened} releases={open} />
  const [only] = open
  if (of === undefined && only) redirect(paths.act(opened.reference, 'withdraw', opened.as, { release: only.hash }))
  const release = state.releases.findLast(each => each.hash === of)
  const { goods, when } = await goodsSaid(state)
  const refusal = !release
    ? 'release-unknown'
    : release.giver !== party
      ? 'not-giver'
      : release.status === 'open'
        ? undefined
        : 'release-closed'
  const taker = () =>
    release && 'party' in release.to ? (
      <Name key="taker" parties={parties} reference={release.to.party} />
    ) : (
      t('act.choice.whoever')
    )
  return (
    <ActPage
      opened={opened}
      title={t('act.withdraw.title')}
      lead={release && t.rich('act.withdraw.lead', { goods: goods(release.lines), taker, when: when(release.index) })}
      refusal={refusal}
    >
      {props => release && <WithdrawForm props={props} release={release} goods={goods(release.lines)} />}
    </ActPage>
  )
}
