import { type DraftContent, packingOf } from '../../core/custody/draft.ts'
import type { ConsignmentState } from '../../core/custody/state.ts'
import { linesThatFit } from '../../core/evidence/fitting.ts'
import { checkAct, type Nameable } from '../check.ts'
import type { Act, DeskProps } from '../desk.ts'

/** A draft, and where its lines go: `nonce` for the packing that founds the consignment, else its `state` and head. */
export type ToPack = {
  readonly desk: DeskProps
  readonly reference: string
  readonly content: DraftContent
  readonly parties: readonly Nameable[]
  readonly nonce?: string
  readonly state?: ConsignmentState
  readonly after: string
}

/** What would be signed of a draft: as many of its lines as one record holds, and why the log would not take it. */
export function packAct({ desk, reference, content, parties, nonce, state, after }: ToPack) {
  const firstLine = 1 + Math.max(0, ...(state?.lines.map(line => Number(line.id)) ?? []))
  const { packing, unsignable } = packingOf(content, { firstLine })
  const all = packing.body.lines.length
  const where = { origin: desk.origin, reference, party: desk.party, after, draft: content, firstLine }
  const fit = unsignable.length > 0 ? all : linesThatFit({ ...where, ...(nonce !== undefined && { nonce }) })
  const signed = fit < all ? packingOf(content, { firstLine, most: fit }).packing : packing
  const { consignee, lines } = signed.body
  const act: Act<'consignment', 'pack'> = {
    about: 'consignment',
    id: reference,
    kind: 'pack',
    after,
    body: {
      lines,
      ...(nonce !== undefined && { nonce }),
      ...(nonce !== undefined && consignee !== undefined && { consignee }),
    },
    ...(Object.keys(signed.values).length > 0 && { values: signed.values }),
    ...(signed.place && { place: signed.place }),
  }
  const refusal = unsignable[0]?.code ?? checkAct({ state, parties, act, party: desk.party })
  const toMend = [...new Set(unsignable.flatMap(({ line }) => (line === undefined ? [] : [line + 1])))]
  return { act, refusal, fit, all, isUnsignable: unsignable.length > 0, toMend }
}

/** What a packing left over, to be signed upon it: lines with ids from `firstLine` on. `after`: event hash of the packing before. */
export function packOnward(args: Omit<ToPack, 'nonce' | 'state' | 'parties'> & { firstLine: number }): {
  readonly act: Act<'consignment', 'pack'>
  readonly fit: number
} {
  const { desk, reference, content, after, firstLine } = args
  const where = { origin: desk.origin, reference, party: desk.party, after, draft: content, firstLine }
  const fit = linesThatFit(where)
  const { packing } = packingOf(content, { firstLine, most: fit })
  const values = Object.keys(packing.values).length > 0 ? { values: packing.values } : {}
  return {
    act: { about: 'consignment', id: reference, kind: 'pack', after, body: { lines: packing.body.lines }, ...values },
    fit,
  }
}
