import { hexEncode, utf8Encode } from '../core/bytes.ts'
import { claimMessage } from '../core/custody/claims.ts'
import type { BodyOf } from '../core/custody/kinds.ts'
import type { KeptKey } from '../data/kept-keys.ts'
import { signNatively } from '../data/sign.ts'
import type { Actor, Scribe, Site } from './scribe.ts'

type PackedLine = BodyOf<'consignment', 'pack'>['lines'][number]
type Answered = BodyOf<'consignment', 'receive'>['lines'][number]

/** Part of a line, sound unless it says otherwise. */
export interface Part {
  readonly line: string
  readonly quantity: string
  readonly condition?: 'sound' | 'damaged'
}

/** One consignment of the story; each act's step is named after it. */
export interface Told {
  readonly scribe: Scribe
  readonly name: string
  readonly id: string
}

const parts = (some: readonly Part[]) => some.map(part => ({ condition: 'sound' as const, ...part }))

/** Founds a consignment. `sealed` may hold an order number, `donor/<line>` names and the like. */
export async function pack(
  scribe: Scribe,
  args: {
    name: string
    by: Actor
    site: Site
    lines: readonly PackedLine[]
    consignee?: Actor
    sealed?: Readonly<Record<string, string>>
    reserved?: { nonce: string; id: string }
  },
): Promise<Told & { packed: string }> {
  const { name, by, site, lines, consignee, sealed } = args
  const step = `${name}/pack`
  const { nonce, id } = args.reserved ?? scribe.reference(step, by.reference)
  const body = { nonce, lines, ...(consignee && { consignee: consignee.reference }) }
  const written = await scribe.write({
    step,
    actor: by,
    about: 'consignment',
    id,
    kind: 'pack',
    body,
    site,
    ...(sealed && { sealed }),
  })
  return { scribe, name, id: written.event.id, packed: written.hash }
}

/** Hands over to a party, with `via` in the care of a carrier without a key, or to whoever holds `claim`. Answers the release's event hash. */
export async function release(
  told: Told,
  args: {
    by: Actor
    to?: Actor
    via?: string
    claim?: KeptKey
    site: Site
    parts: readonly Part[]
    sealed?: Readonly<Record<string, string>>
    step?: string
    after?: string
    at?: number
  },
): Promise<{ hash: string; inEffect: boolean }> {
  const { by, to, via, claim, site, after, at } = args
  const body = {
    to: claim
      ? { claim: hexEncode(claim.publicKey) }
      : { party: (to as Actor).reference, ...(via !== undefined && { via: 'public' as const }) },
    lines: parts(args.parts),
  }
  return told.scribe.write({
    step: `${told.name}/${args.step ?? `release to ${to?.key.use ?? 'whoever scans'} by ${by.key.use}`}`,
    actor: by,
    about: 'consignment',
    id: told.id,
    kind: 'release',
    body,
    site,
    sealed: { ...args.sealed, ...(via !== undefined && { via }) },
    ...(after !== undefined && { after }),
    ...(at !== undefined && { at }),
  })
}

/** Answers a release, line by line. */
export async function receive(
  told: Told,
  args: {
    by: Actor
    release: string
    site: Site
    lines: readonly (Pick<Answered, 'line' | 'received'> & Partial<Answered>)[]
    claim?: KeptKey
    sealed?: Readonly<Record<string, string>>
  },
): Promise<string> {
  const { by, release: answered, site, claim, sealed } = args
  const message = utf8Encode(claimMessage({ release: answered, party: by.reference, key: by.key.key }))
  const signed = claim && { claim: hexEncode(signNatively({ seed: claim.seed, message })) }
  const lines = args.lines.map(line => ({ condition: 'sound' as const, ...line }))
  const { hash } = await told.scribe.write({
    step: `${told.name}/receive ${answered.slice(0, 8)}`,
    actor: by,
    about: 'consignment',
    id: told.id,
    kind: 'receive',
    body: { release: answered, lines, ...signed },
    site,
    ...(sealed && { sealed }),
  })
  return hash
}

/** A whole handoff, with nothing missing: a release and its receipt. */
export async function handOver(
  told: Told,
  args: { from: Actor; to: Actor; at: Site; parts: readonly Part[]; sealed?: Readonly<Record<string, string>> },
): Promise<string> {
  const { from, to, at: site } = args
  const { hash } = await release(told, {
    by: from,
    to,
    site,
    parts: args.parts,
    ...(args.sealed && { sealed: args.sealed }),
  })
  const lines = parts(args.parts).map(({ line, condition, quantity }) => ({ line, condition, received: quantity }))
  return receive(told, { by: to, release: hash, site, lines })
}
