import { type DraftContent, packingOf } from '../custody/draft.ts'
import { type Event, type EventOf, MAX_NOTE_BYTES } from '../custody/event.ts'
import { signedSize } from './signed-event.ts'

type Place = { readonly origin: string; readonly reference: string; readonly party: string; readonly after: string }

/**
 * How many of the lines of `draft` that can be signed fit into one `pack` of at most 16 KiB: all of them, or as many from the first on. Zero
 * where nothing can be signed. `nonce`: of the founding event; `firstLine`: id of the first line.
 */
export function linesThatFit(args: Place & { draft: DraftContent; nonce?: string; firstLine?: number }): number {
  const { draft, firstLine = 1 } = args
  const sizeOf = (most: number) => signedSize(packEvent({ ...args, most, firstLine }))
  let fit = packingOf(draft, { firstLine }).packing.body.lines.length
  if (fit === 0 || sizeOf(fit) <= MAX_NOTE_BYTES) return fit
  let tooMany = fit
  fit = 0
  while (tooMany - fit > 1) {
    const middle = Math.floor((fit + tooMany) / 2)
    if (sizeOf(middle) <= MAX_NOTE_BYTES) fit = middle
    else tooMany = middle
  }
  return fit
}

// Key, time and commitments have one length each, whatever they are.
const KEY = '0'.repeat(32)
const COMMITMENT = '0'.repeat(64)

function packEvent(
  args: Place & { draft: DraftContent; nonce?: string; firstLine: number; most: number },
): EventOf<'consignment', 'pack'> {
  const { packing } = packingOf(args.draft, { firstLine: args.firstLine, most: args.most })
  const sealed = Object.fromEntries(Object.keys(packing.values).map(field => [field, COMMITMENT]))
  const event: Event = {
    origin: args.origin,
    about: 'consignment',
    id: args.reference,
    subject: `consignment/${args.reference}`,
    after: args.after,
    kind: 'pack',
    by: args.party,
    key: KEY,
    at: '2026-01-01T00:00:00+00:00',
    body: { ...(args.nonce !== undefined && { nonce: args.nonce }), ...packing.body },
    ...(packing.place && { place: packing.place }),
    ...(Object.keys(sealed).length > 0 && { sealed }),
  }
  return event
}
