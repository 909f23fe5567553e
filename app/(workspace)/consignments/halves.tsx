import type { getTranslations } from 'next-intl/server'
import type { ListingRow } from '@/lib/data/listing-rows.ts'
import { PartySaid } from '../_shown/party-name.tsx'

type Handoff = NonNullable<ListingRow['handoff']>
type Words = Awaited<ReturnType<typeof getTranslations>>

// Which halves are signed: the giver's is, unless they took it back.
const TAKERS: Readonly<Record<Handoff['status'], string>> = {
  open: 'half blank',
  received: 'half',
  refused: 'half void',
  withdrawn: 'half none',
}

/** A handoff in a cell: its two stubs as two half-marks, and the taker's name in full; the state is said in words too. */
export function Halves({ handoff: { status, taker }, t }: { handoff: Handoff; t: Words }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="halves" aria-hidden="true">
        <span className={status === 'withdrawn' ? 'half void' : 'half'} />
        <span className={TAKERS[status]} />
      </span>
      <span className="sr-only">{t(`consignments.handoff.${status}`)}</span>
      <span className={status === 'open' ? 'listing-name text-open' : 'listing-name text-ink-2'}>
        {taker ? <PartySaid party={taker} t={t} /> : t('consignments.handoff.code')}
      </span>
    </span>
  )
}
