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
  const [t, log] = await Promise.all([getTranslations(), logSummary()])
  return (
    <WorkspaceFrame actor={actor} room="scan">
      <div className="grid w-full max-w-[640px] gap-3">
        <h1>{t('scan.title')}</h1>
        <Answer searchParams={searchParams} as={as} />
        <ClientWords branches={['scan']}>
          <Scanner as={as} fingerprint={log?.fingerprint ?? ''} />
        </ClientWords>
        <noscript>
          <p className="text-ink-2 text-note">{t('scan.noScript')}</p>
        </noscript>
      </div>
    </WorkspaceFrame>
  )
}

/** What became of the code before, where it led to no consignment: said in the address, so that it is still there after a reload. */
async function Answer({ searchParams, as }: PageProps & { as: string | undefined }) {
  const t = await getTranslations()
  const [unknown, onlyLabel, unknownRelease, wrong] = await Promise.all(
    ['unknown', 'onlyLabel', 'unknownRelease', 'wrong'].map(name => queryOf(searchParams, name)),
  )
  const typed = unknown ?? onlyLabel ?? unknownRelease
  if (wrong !== undefined)
    return (
      <section className="notice" role="status">
        <strong className="block">{t('scan.wrongTitle')}</strong>
        <p>{t.rich('scan.wrong', { text: () => <Said key="text" text={wrong.slice(0, 60)} /> })}</p>
      </section>
    )
  const reference = typed === undefined ? undefined : parseReference(typed)
  if (!reference?.ok) return null
  const code = () => (
    <bdi key="reference" dir="ltr" className="code whitespace-nowrap">
      {formatReference(reference.value)}
    </bdi>
  )
  const [title, text] =
    unknown !== undefined
      ? [t.rich('scan.unrecordedTitle', { reference: code }), t('scan.unrecorded')]
      : onlyLabel !== undefined
        ? [t.rich('scan.onlyLabelTitle', { reference: code }), t('scan.onlyLabel')]
        : [t('scan.unknownReleaseTitle'), t('scan.unknownRelease')]
  return (
    <section className="notice" role="status">
      <strong className="block">{title}</strong>
      <p>{text}</p>
      {unknownRelease !== undefined && (
        <p className="mt-1">
          <a href={paths.consignment(reference.value, as)}>{t('scan.toConsignment')}</a>
        </p>
      )}
      {onlyLabel !== undefined && (
        <p className="mt-1">
          <a href={paths.track(reference.value)}>{t('scan.toPublicPage')}</a>
        </p>
      )}
    </section>
  )
}

function Said({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className="code">
      {text}
    </bdi>
  )
}
