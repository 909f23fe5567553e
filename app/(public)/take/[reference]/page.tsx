import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClientWords } from '@/app/(workspace)/_ui/client-words.tsx'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'
import { Continue } from './continue.tsx'

type Props = { params: Promise<{ reference: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.take.title'), robots: { index: false } }
}

/** What any phone's camera opens from the code of an open release: what it is, and for members the way on. */
export default async function TakePage({ params }: Props) {
  const parsed = parseReference(decodeURIComponent((await params).reference))
  if (!parsed.ok) notFound()
  const reference = parsed.value
  const t = await getTranslations()
  return (
    <section className="sheet panel mx-auto grid w-full max-w-[40rem] gap-4">
      <div>
        <p className="text-ink-2 text-note">
          <bdi dir="ltr" className="code">
            {formatReference(reference)}
          </bdi>
        </p>
        <h1>{t('act.take.title')}</h1>
      </div>
      <p>{t('act.take.text')}</p>
      <noscript>
        <p className="notice">{t('act.needsScripts')}</p>
      </noscript>
      <ClientWords branches={['act']}>
        <Continue reference={reference} />
      </ClientWords>
      <p className="text-note">
        <a href={paths.track(reference)}>{t('act.take.track')}</a>
      </p>
    </section>
  )
}
