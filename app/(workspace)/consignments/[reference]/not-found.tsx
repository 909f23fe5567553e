import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'
import { WorkspaceFrame } from '../../_ui/frame.tsx'
import { asOf, requireActor } from '../../_ui/require-actor.ts'

/** A reference with nothing recorded: what is wrong with it, and what to check. Next tells this page nothing of the address: it asks the headers. */
export default async function NoConsignment() {
  const [t, asked] = [await getTranslations(), await headers()]
  const typed = typedIn(asked.get('x-path'))
  const query = Object.fromEntries(new URLSearchParams(asked.get('x-query') ?? ''))
  const actor = await requireActor(Promise.resolve(query), paths.consignment(typed))
  const read = parseReference(typed)
  const as = asOf(actor)
  const [title, text] = read.ok
    ? [t('track.missing.title'), t('consignments.unknown')]
    : read.code === 'reference-check'
      ? [t('track.missing.checkTitle'), t('track.missing.checkText')]
      : [t('track.missing.malformedTitle'), t('track.missing.malformedText')]
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <section className="sheet panel grid max-w-[42rem] justify-items-start gap-4">
        <h1>{title}</h1>
        <p>
          <span className="text-ink-2">{t('track.missing.typed')}</span>{' '}
          <bdi dir="ltr" className="code text-lg">
            {read.ok ? formatReference(read.value) : typed.slice(0, 60)}
          </bdi>
        </p>
        <p>{text}</p>
        <div className="flex flex-wrap gap-2">
          <a className="btn" href={paths.scan(as)}>
            {t('consignments.act.scan')}
          </a>
          <a className="btn quiet" href={paths.consignments(as)}>
            {t('consignments.toList')}
          </a>
        </div>
      </section>
    </WorkspaceFrame>
  )
}

/** The part of the path that was to be a reference, as typed. */
function typedIn(path: string | null): string {
  const typed = /^\/consignments\/([^/]*)/.exec(path ?? '')?.[1] ?? ''
  try {
    return decodeURIComponent(typed)
  } catch {
    return typed
  }
}
