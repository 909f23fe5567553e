import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { AnswerChoice } from '@/app/(workspace)/_act/answer-choice.tsx'
import { answerOf } from '@/app/(workspace)/_act/answer-of.ts'
import { goodsSaid } from '@/app/(workspace)/_act/goods-said.ts'
import { Name } from '@/app/(workspace)/_act/name.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { paths } from '@/lib/paths.ts'
import { RefuseForm } from './refuse-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.refuse') }
}

export default async function RefusePage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('refuse', given)
  const { state, parties } = opened
  const answer = answerOf(opened)
  if (answer.kind === 'choose') return <AnswerChoice opened={opened} releases={answer.releases} />
  const { release } = answer
  // The address says what is answered, so that the form is still about it when it has been answered meanwhile.
  if (release && opened.of === undefined)
    redirect(paths.act(opened.reference, 'refuse', opened.as, { release: release.hash }))
  const { goods } = await goodsSaid(state)
  const giver = () => release && <Name key="giver" parties={parties} reference={release.giver} />
  return (
    <ActPage
      opened={opened}
      title={t('act.refuse.title')}
      lead={release && t.rich('act.refuse.lead', { goods: goods(release.lines), giver })}
      refusal={answer.refusal}
    >
      {props => release && <RefuseForm props={props} release={release} goods={goods(release.lines)} />}
    </ActPage>
  )
}
