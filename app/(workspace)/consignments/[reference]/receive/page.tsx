import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { AnswerChoice } from '@/app/(workspace)/_act/answer-choice.tsx'
import { answerOf } from '@/app/(workspace)/_act/answer-of.ts'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import { Name } from '@/app/(workspace)/_act/name.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { openingsFor } from '@/lib/data/private-openings.ts'
import { paths } from '@/lib/paths.ts'
import { ReceiveForm } from './receive-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.receive') }
}

export default async function ReceivePage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('receive', given)
  const { state, parties, actor, reference } = opened
  const answer = answerOf(opened)
  if (answer.kind === 'choose') return <AnswerChoice opened={opened} releases={answer.releases} />
  const { release } = answer
  // The address says what is answered, so that the form is still about it when it has been answered meanwhile.
  if (release && opened.of === undefined)
    redirect(paths.act(opened.reference, 'receive', opened.as, { release: release.hash }))
  if (!release) {
    return (
      <ActPage opened={opened} title={t('act.do.receive')} refusal={answer.refusal}>
        {() => null}
      </ActPage>
    )
  }
  const { when } = await goodsSaid(state)
  const openings = await openingsFor({ reference, party: actor.party.party })
  const via = openings?.fields.get(release.index)?.via
  const giver = () => <Name key="giver" parties={parties} reference={release.giver} />
  return (
    <ActPage
      opened={opened}
      title={t.rich('act.receive.title', { giver })}
      lead={
        <>
          {t.rich('act.receive.lead', { when: when(release.index), giver })}
          {via !== undefined && <> {t.rich('act.receive.via', { via: () => <bdi key="via">{via}</bdi> })}</>}
        </>
      }
      refusal={answer.refusal}
    >
      {props => <ReceiveForm props={props} release={release} />}
    </ActPage>
  )
}
