import { getTranslations } from 'next-intl/server'
import type { ListingRow } from '@/lib/data/listing.ts'
import { PartyName } from '../_shown/party-name.tsx'

type Handoff = NonNullable<ListingRow['handoff']>

// Which halves are signed: the giver's is, unless they took it back.
const TAKERS: Readonly<Record<Handoff['status'], string>> = {
  open: 'half blank',
  received: 'half',
  refused: 'half void',
  withdrawn: 'half none',
}

/** A handoff in a cell: its two stubs as two half-marks, and the taker's name; the state is said in words too. */
export async function Halves({ handoff: { status, taker } }: { handoff: Handoff }) {
  const t = await getTranslations()
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="halves" aria-hidden="true">
        <span className={status === 'withdrawn' ? 'half void' : 'half'} />
        <span className={TAKERS[status]} />
      </span>
      <span className="sr-only">{t(`consignments.handoff.${status}`)}</span>
      {/* Cut off where the name's own writing ends, not where the page's does. */}
      <span dir="auto" className={`min-[62rem]:truncate ${status === 'open' ? 'text-open' : 'text-ink-2'}`}>
        {taker ? <PartyName party={taker} /> : t('consignments.handoff.code')}
      </span>
    </span>
  )
}
