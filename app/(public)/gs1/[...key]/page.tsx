import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { parseGs1Path } from '@/lib/core/custody/gs1.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'
import { consignmentCards } from '@/lib/data/consignments.ts'
import { consignmentsUnder } from '@/lib/data/gs1.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { unknownReference } from '../../unknown.ts'
import { KeepFragment } from './keep-fragment.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('papers.gs1.title'), robots: { index: false } }
}

/** Several consignments whose labels carry one GS1 key: anyone who scanned it chooses. */
export default async function Gs1Page() {
  const asked = (await headers()).get('x-path') ?? ''
  const read = parseGs1Path(asked.replace(/^\/gs1/, ''))
  const found = read.ok ? await consignmentsUnder(read.value.path) : []
  const [first] = found
  if (!read.ok) notFound()
  if (first === undefined) return unknownReference()
  if (found.length === 1) redirect(paths.track(first))
  const [t, locale, cards] = await Promise.all([getTranslations(), getLocale(), consignmentCards(found)])
  const recorded = new Map(cards.map(card => [card.reference, card]))
  return (
    <section className="sheet panel grid max-w-[46rem] gap-4">
      <div>
        <h1>{t('papers.gs1.several', { count: found.length })}</h1>
        <p className="text-ink-2">
          <bdi dir="ltr" className="code break-all">
            {read.value.path}
          </bdi>
        </p>
      </div>
      <p>{t('papers.gs1.text')}</p>
      <ol className="grid" data-gs1="">
        {found.map(reference => {
          const card = recorded.get(reference)
          return (
            <li key={reference} className="grid gap-0.5 border-rule border-b py-3">
              <a href={paths.track(reference)} className="flex min-h-tap items-center font-semibold">
                <bdi dir="ltr" className="code whitespace-nowrap">
                  {formatReference(reference)}
                </bdi>
              </a>
              {card ? (
                <>
                  <p>
                    {t('draft.goods', {
                      quantity: t(`units.${card.unit}`, { count: card.quantity }),
                      item: card.title,
                    })}
                  </p>
                  <p className="text-ink-2 text-note">
                    <Name party={card.founder} /> ·{' '}
                    {formatDateTime(locale, { milliseconds: card.recordedAt, offset: 0 })} UTC
                  </p>
                </>
              ) : (
                <p className="text-ink-2">{t('papers.gs1.unsigned')}</p>
              )}
            </li>
          )
        })}
      </ol>
      <KeepFragment within="[data-gs1]" />
      <p className="text-ink-2 text-note">{t('papers.gs1.says')}</p>
    </section>
  )
}

async function Name({ party }: { party: PartyView }) {
  const t = await getTranslations()
  return 'value' in party.name ? <bdi>{party.name.value}</bdi> : t(`party.${party.name.absent}`)
}
