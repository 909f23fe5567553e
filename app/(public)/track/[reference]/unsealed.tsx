import { formatReference } from '@/lib/core/custody/reference.ts'
import type { EventView } from '@/lib/core/custody/views.ts'
import { paths } from '@/lib/paths.ts'
import { SealScript } from '../../island.tsx'
import { EventRow } from './history.tsx'
import type { Reading } from './reading.ts'

/** Taken by the log, covered by no signed checkpoint yet: shown apart, never under the verdict. */
export function Unsealed({ reading, events }: { reading: Reading; events: readonly EventView[] }) {
  if (events.length === 0) return null
  return (
    <section className="sheet panel border-dashed" aria-labelledby="unsealed">
      <h2 id="unsealed">{reading.t('track.unsealed')}</h2>
      <p className="mb-3 text-ink-2 text-note">{reading.t('track.unsealedText')}</p>
      <ol>
        {events.map(event => (
          <EventRow key={event.index} reading={reading} event={event} />
        ))}
      </ol>
    </section>
  )
}

/** A consignment so new that nothing of it is sealed: what was recorded, and no seal at all. */
export function BeingSealed({ reading, events }: { reading: Reading; events: readonly EventView[] }) {
  const { t, view } = reading
  return (
    <>
      <section className="sheet panel grid gap-3">
        <p className="font-semibold text-ink-2">
          <bdi dir="ltr" className="code whitespace-nowrap text-lg tracking-wider">
            {formatReference(view.reference)}
          </bdi>
        </p>
        <h1>{t('track.sealing.title')}</h1>
        <p className="max-w-[62ch]">{t('track.sealing.text')}</p>
        <p>
          <a className="btn" href={paths.again(view.reference)} data-keeps-fragment="">
            {t('track.sealing.again')}
          </a>
        </p>
      </section>
      <Unsealed reading={reading} events={events} />
      <SealScript />
    </>
  )
}
