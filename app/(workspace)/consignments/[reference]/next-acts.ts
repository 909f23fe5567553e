import { type ActKind, mayAct } from '@/lib/core/custody/allowed.ts'
import type { Refusal } from '@/lib/core/custody/refusals.ts'
import type { ConsignmentState, Release } from '@/lib/core/custody/state.ts'
import { isStray } from '@/lib/data/parts.ts'

/** Kinds of act that a member signs from the page of a consignment, in the order in which they are offered. */
export const KINDS = [
  'receive',
  'release',
  'distribute',
  'pack',
  'settle',
  'withdraw',
  'refuse',
  'adjust',
  'write-off',
  'redirect',
  'correct',
] as const satisfies readonly ActKind[]
export type Kind = (typeof KINDS)[number]

/** What a party may do with a consignment now, and why not the rest. */
export type Offers = {
  /** Releases that name this party: each is answered alone. */
  readonly toMe: readonly Release[]
  /** Releases to whoever shows their code, by somebody else. */
  readonly byCode: readonly Release[]
  /** In the order of {@link KINDS}; those that answer a release stand with it. The first is what is due. */
  readonly possible: readonly Kind[]
  readonly refused: readonly { readonly kind: Kind; readonly refusal: Refusal }[]
}

/** Event hash of the only thing this party may settle; undefined where there is none or a choice. */
export function onlySettling({ state, party }: { state: ConsignmentState; party: string }): string | undefined {
  const isConsignor = state.founder === party
  const isConcerned =
    isConsignor || state.consignee === party || state.holdings.some(holding => holding.party === party)
  const missing = state.releases.filter(each => each.missing.length > 0 && (each.giver === party || isConsignor))
  const strays = isConcerned ? state.chain.filter(isStray) : []
  const hashes = [...missing.map(each => each.hash), ...strays.map(each => each.actingHash)]
  return hashes.length === 1 ? hashes[0] : undefined
}

/** The rules' own answer for every kind (lib/core/custody/allowed.ts). */
export function offersTo({ state, party }: { state: ConsignmentState; party: string }): Offers {
  const open = state.releases.filter(release => release.status === 'open')
  const toMe = open.filter(({ to }) => 'party' in to && to.party === party)
  const byCode = open.filter(({ to, giver }) => 'claim' in to && giver !== party)
  const possible: Kind[] = []
  const refused: { kind: Kind; refusal: Refusal }[] = []
  for (const kind of KINDS) {
    const verdict = mayAct({ state, kind, party })
    const isAnswer = kind === 'receive' || kind === 'refuse'
    if (!verdict.ok) refused.push({ kind, refusal: verdict.code })
    else if (!isAnswer) possible.push(kind)
  }
  // Who is to have the goods hands them out; giving them on is the exception.
  if (possible.includes('distribute')) possible.sort((a, b) => Number(b === 'distribute') - Number(a === 'distribute'))
  return { toMe, byCode, possible, refused }
}
