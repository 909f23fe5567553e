import { getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'
import { asOf } from '../../_ui/require-actor.ts'

/** A reference with nothing recorded: what is wrong with it, and what to check. */
export async function Unknown({ actor, typed }: { actor: Actor; typed: string }) {
  const t = await getTranslations()
  const read = parseReference(typed)
  const as = asOf(actor)
  const [title, text] = read.ok
    ? [t('track.missing.title'), t('consignments.unknown')]
    : read.code === 'reference-check'
      ? [t('track.missing.checkTitle'), t('track.missing.checkText')]
      : [t('track.missing.malformedTitle'), t('track.missing.malformedText')]
  return (
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
  )
}
