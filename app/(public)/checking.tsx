import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { checksMarkup } from '@/lib/device/check-list.ts'
import { verdictMarkup } from '@/lib/device/verdict.ts'
import { Redrawn, sealWords } from './island.tsx'

/** The seal as a server may draw it: nobody has checked anything yet. */
export async function UncheckedVerdict() {
  const t = await getTranslations()
  const markup = verdictMarkup({ state: 'unknown', title: t('seal.unknown.title'), lines: [t('seal.unknown.text')] })
  return <Redrawn id="verdict" markup={markup} live />
}

/** Every check in plain words, before it is run: what it proves and what it does not. */
export async function CheckPanel({
  title,
  lead,
  names,
  children,
}: {
  title: string
  /** One sentence before the list. */
  lead?: string
  names: readonly string[]
  children?: ReactNode
}) {
  const waiting = names.map(name => ({ name }))
  return (
    <section className="sheet panel" aria-labelledby="checks-title">
      <h2 id="checks-title" className="mb-1">
        {title}
      </h2>
      {lead !== undefined && <p className="mb-2 text-ink-2 text-note">{lead}</p>}
      <Redrawn id="checks" markup={checksMarkup(await sealWords(), waiting)} />
      {children}
    </section>
  )
}
