import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { logSummary } from '@/lib/data/log.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { WorkspaceFrame } from '../_ui/frame.tsx'
import { asOf, queryOf, requireActor, type SearchParams } from '../_ui/require-actor.ts'
import { Scanner } from './scanner.tsx'

type PageProps = { searchParams: SearchParams }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations()
  return { title: t('scan.title') }
}

/** The first screen of whoever stands beside the goods: the camera, and the same by typing. */
export default async function ScanPage({ searchParams }: PageProps) {
  const actor = await requireActor(searchParams, paths.scan())
  const as = asOf(actor)
  // The typed form, where there is no script.
  const typed = (await queryOf(searchParams, 'reference'))?.trim()
  if (typed) {
    const reference = parseReference(typed)
    redirect(reference.ok ? paths.scanned(reference.value, as) : paths.scan(as, { wrong: typed.slice(0, 60) }))
  }
  const [t, log, answer] = await Promise.all([getTranslations(), logSummary(), answerOf(searchParams)])
  return (
    <WorkspaceFrame actor={actor} room="scan">
      <div className="grid w-full max-w-[640px] gap-3">
        <h1>{t('scan.title')}</h1>
        <noscript>
          <p className="text-ink-2 text-note">{t('scan.noScript')}</p>
        </noscript>
        <ClientWords branches={['scan']}>
          <Scanner as={as} fingerprint={log?.fingerprint ?? ''} answered={answer?.reference}>
            {answer && <Said answer={answer} as={as} />}
          </Scanner>
        </ClientWords>
      </div>
    </WorkspaceFrame>
  )
}

type Answer = { readonly what: 'unknown' | 'onlyLabel' | 'unknownRelease' | 'wrong'; readonly reference: string }

/** What became of the code before, where it led to no consignment: said in the address, so that it is still there after a reload. */
async function answerOf(searchParams: SearchParams): Promise<Answer | undefined> {
  const wrong = await queryOf(searchParams, 'wrong')
  if (wrong !== undefined) return { what: 'wrong', reference: wrong.slice(0, 60) }
  for (const what of ['unknown', 'onlyLabel', 'unknownRelease'] as const) {
    const reference = parseReference((await queryOf(searchParams, what)) ?? '')
    if (reference.ok) return { what, reference: reference.value }
  }
  return undefined
}

async function Said({ answer: { what, reference }, as }: { answer: Answer; as: string | undefined }) {
  const t = await getTranslations()
  const code = () => (
    <bdi key="reference" dir="ltr" className={what === 'wrong' ? 'code' : 'code whitespace-nowrap'}>
      {what === 'wrong' ? reference : formatReference(reference)}
    </bdi>
  )
  return (
    <section className="notice" role="status">
      <strong className="block">{t.rich(`scan.answer.${what}.title`, { reference: code })}</strong>
      <p>{t.rich(`scan.answer.${what}.text`, { reference: code })}</p>
      <p className="mt-1 flex flex-wrap gap-x-5">
        <a href={paths.scan(as)} className="inline-flex min-h-tap items-center">
          {t('scan.again')}
        </a>
        {(what === 'unknownRelease' || what === 'onlyLabel') && (
          <a
            href={what === 'onlyLabel' ? paths.track(reference) : paths.consignment(reference, as)}
            className="inline-flex min-h-tap items-center"
          >
            {t(what === 'onlyLabel' ? 'scan.toPublicPage' : 'scan.toConsignment')}
          </a>
        )}
      </p>
    </section>
  )
}
