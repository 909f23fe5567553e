import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClientWords } from '@/app/(workspace)/_ui/client-words.tsx'
import { deskOf } from '@/app/(workspace)/_ui/desk.ts'
import { WorkspaceFrame } from '@/app/(workspace)/_ui/frame.tsx'
import { PageHead } from '@/app/(workspace)/_ui/page-head.tsx'
import { actorMay, asOf, requireActor, type SearchParams } from '@/app/(workspace)/_ui/require-actor.ts'
import { SIGN_WORDS } from '@/app/(workspace)/_ui/sign-words.ts'
import { WhenReady } from '@/app/(workspace)/_ui/when-ready.tsx'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { type ImportRow, importedRows } from '@/lib/data/imports.ts'
import { partyDirectory } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'
import { SignAll } from './sign-all.tsx'

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('importing.made.title') }
}

const MOST_SHOWN = 200

/** What one import made: labels for all of it, and one signature after the other. */
export default async function ImportedPage({ params, searchParams }: Props) {
  const { id } = await params
  const actor = await requireActor(searchParams, paths.imported(encodeURIComponent(id)))
  const [t, as, party] = [await getTranslations(), asOf(actor), actor.party.party]
  const rows = await importedRows({ party, importId: id })
  if (rows.length === 0 || !actorMay(actor, 'draft')) notFound()
  const open = rows.filter(({ standing }) => standing === 'draft')
  const recorded = rows.filter(({ standing }) => standing === 'recorded').length
  const [desk, parties] = await Promise.all([deskOf(actor), partyDirectory()])
  return (
    <WorkspaceFrame actor={actor} room="consignments">
      <PageHead
        back={{ href: paths.consignments(as), label: t('workspace.consignments') }}
        title={t('importing.made.title')}
        lead={t('importing.made.lead', { all: rows.length, recorded, open: open.length })}
      >
        <a className="btn primary" href={paths.manyLabels(as, { import: id })}>
          {t('importing.made.labels')}
        </a>
        <a className="btn" href={paths.importing(as)}>
          {t('importing.other')}
        </a>
      </PageHead>
      {desk && open.length > 0 && (
        <ClientWords branches={['importing', ...SIGN_WORDS]}>
          <WhenReady>
            <SignAll
              desk={desk}
              references={open.map(({ reference }) => reference)}
              parties={parties.map(({ reference, isSuspended }) => ({ reference, isSuspended }))}
              as={as}
            />
          </WhenReady>
        </ClientWords>
      )}
      <Rows rows={rows} as={as} />
    </WorkspaceFrame>
  )
}

async function Rows({ rows, as }: { rows: readonly ImportRow[]; as: string | undefined }) {
  const t = await getTranslations()
  // What waits comes first: the rest is done.
  const sorted = [...rows].sort((a, b) => Number(a.standing !== 'draft') - Number(b.standing !== 'draft'))
  return (
    <section className="sheet panel overflow-x-auto" aria-labelledby="made">
      <h2 id="made">{t('importing.made.list')}</h2>
      <ul>
        {sorted.slice(0, MOST_SHOWN).map(({ reference, name, content, standing }) => (
          <li
            key={reference}
            className="grid items-center gap-x-4 border-rule border-t py-2 min-[54rem]:grid-cols-[10rem_1fr_8rem_9rem]"
          >
            <a href={paths.consignment(reference, as)} className="flex min-h-tap items-center">
              <bdi dir="ltr" className="code whitespace-nowrap">
                {formatReference(reference)}
              </bdi>
            </a>
            <span>
              {name !== '' && <bdi className="font-semibold">{name}</bdi>}{' '}
              <bdi>{content.lines.find(({ item }) => item !== '')?.item}</bdi>{' '}
              {content.lines.length > 1 && (
                <span className="text-ink-2">
                  {t('importing.preview.andLines', { lines: content.lines.length - 1 })}
                </span>
              )}
            </span>
            <span className="text-ink-2 text-note">{t(`importing.standing.${standing}`)}</span>
            {standing !== 'withdrawn' && (
              <a href={paths.labels(reference, as)} className="text-note">
                {t('draft.printLabel')} <span className="sr-only">{formatReference(reference)}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      {rows.length > MOST_SHOWN && (
        <p className="mt-2 text-note">{t('importing.more', { count: rows.length - MOST_SHOWN })}</p>
      )}
    </section>
  )
}
