import { hexEncode, utf8Decode, utf8Encode } from '../../core/bytes.ts'
import type { Opening, Openings } from '../../core/custody/sealed.ts'
import type { ConsignmentView } from '../../core/custody/views.ts'
import { type Evidence, formatEvidence } from '../../core/evidence/bundle.ts'
import { readHead } from '../../core/evidence/log-checks.ts'
import { formatJson, type Json } from '../../core/json.ts'
import { signCheckpoint } from '../../core/ledger/checkpoint.ts'
import { publicKeyOf } from '../../core/ledger/ed25519.ts'
import { leafHash } from '../../core/ledger/merkle.ts'
import { formatVkey, noteKey, TYPE_ED25519 } from '../../core/ledger/vkey.ts'
import { indexedAnew } from './index-anew.ts'
import { putTogether, replaced, signatureShown, signedAnew, type Taken, takeApart, textAt } from './records.ts'
import { narrowProof, rootOfShown } from './tree.ts'

/** What a visitor may try, in the order offered. */
export const OFFERS = [
  'quantity',
  'taker',
  'date',
  'name',
  'byte',
  'signature',
  'drop-middle',
  'drop-last',
  'swap',
  'checkpoint',
  'own-log',
  'page',
] as const
export type Offer = (typeof OFFERS)[number]

/** What lies on the bench: the evidence as it came, the view that the page was rendered from, and where in the file this consignment's records are. */
export interface Bench {
  readonly evidence: Evidence
  readonly view: ConsignmentView
  /** This consignment's own records, in log order. */
  readonly own: readonly Taken[]
}

/** What the visitor filled in; each offer reads its own. */
export interface Wish {
  /** Leaf index. */
  readonly record?: number
  readonly value?: string
  /** Byte of the record, from 1. */
  readonly place?: number
}

/** A copy that was tampered with: the file as a server would send it, and what was done to it. */
export interface Tampered {
  readonly file: Uint8Array
  /** What the page beside it says; absent where it says the same as the file, whatever that is. */
  readonly pageView?: string
  readonly record?: number
  readonly was: string
  readonly is: string
}

/** Lays out a file; undefined for a consignment of which it holds no record that can be taken apart. */
export function layOut(evidence: Evidence, view: ConsignmentView): Bench | undefined {
  const own = evidence.leaves.flatMap(leaf => {
    const taken = takeApart(leaf)
    return taken && textAt(taken.event, ['subject']) === evidence.subject ? [taken] : []
  })
  return own.length === 0 ? undefined : { evidence, view, own }
}

/** Where a record's quantity, taker or the name behind an opening stands; the offers that need one are made only where there is one. */
const QUANTITIES = [
  ['body', 'lines', 0, 'quantity'],
  ['body', 'lines', 0, 'received'],
] as const
const TAKER = ['body', 'to', 'party'] as const

export const quantityIn = ({ event }: Taken) => QUANTITIES.find(path => textAt(event, path) !== undefined)
export const takerIn = ({ event }: Taken) => textAt(event, TAKER)

/** Public names in the file: by leaf index, of the field `name`. */
export function namesIn({ evidence }: Bench): ReadonlyMap<number, string> {
  const named = [...evidence.openings].flatMap(([index, fields]) =>
    fields.name ? [[index, fields.name.value] as const] : [],
  )
  return new Map(named)
}

/** True where the offer can be made: a consignment of two records has none in the middle. */
export function isOffered(bench: Bench, offer: Offer): boolean {
  const { own, view } = bench
  switch (offer) {
    case 'quantity':
    case 'signature':
    case 'own-log':
      return own.some(quantityIn)
    case 'taker':
      return own.some(takerIn) && view.parties.length > 1
    case 'name':
      return namesIn(bench).size > 0
    case 'drop-middle':
      return own.length > 2
    case 'drop-last':
    case 'swap':
      return own.length > 1
    case 'page':
      return view.lines.length > 0
    case 'date':
    case 'byte':
    case 'checkpoint':
      return true
  }
}

/**
 * Does it, to a copy. `seed`: 32 random bytes, the cheat's own key. Undefined where `wish` cannot be carried out: no such record, or nothing
 * would be another than before.
 */
export function tamper(args: { bench: Bench; offer: Offer; wish: Wish; seed: Uint8Array }): Tampered | undefined {
  const { bench, offer, wish, seed } = args
  const { evidence, own } = bench
  const chosen = own.find(taken => taken.index === wish.record)
  switch (offer) {
    case 'quantity':
      return changed(bench, chosen, chosen && quantityIn(chosen), wish.value)
    case 'taker':
      return changed(bench, chosen, TAKER, wish.value)
    case 'date':
      return changed(bench, chosen, ['at'], wish.value)
    case 'name':
      return renamed(bench, wish)
    case 'byte':
      return flipped(bench, wish)
    case 'signature': {
      const forged = chosen && signedAnew(withQuantity(chosen, wish.value), seed)
      if (!chosen || !forged) return undefined
      return {
        ...filed(bench, replacing(evidence, [forged])),
        record: chosen.index,
        was: signatureShown(chosen),
        is: signatureShown(forged),
      }
    }
    case 'drop-middle':
      return dropped(bench, chosen)
    case 'drop-last': {
      const gone = dropped(bench, own.at(-1))
      // Who hides a record does not forget to hide it on the page.
      return (
        gone && {
          file: gone.file,
          was: gone.was,
          is: gone.is,
          ...(gone.record !== undefined && { record: gone.record }),
        }
      )
    }
    case 'swap':
      return swapped(bench, chosen)
    case 'checkpoint':
      return resealed(bench, evidence, seed)
    case 'own-log':
      return ownLog(bench, chosen, wish.value, seed)
    case 'page':
      return otherPage(bench, wish.value)
  }
}

const fileOf = (evidence: Evidence) => utf8Encode(formatEvidence(evidence))

/** A tampered file beside the page as it was rendered. */
const filed = ({ view }: Bench, evidence: Evidence) => ({
  file: fileOf(evidence),
  pageView: formatJson(view as unknown as Json),
})

function replacing(evidence: Evidence, records: readonly Taken[]): Evidence {
  const byIndex = new Map(records.map(record => [record.index, putTogether(record)]))
  return { ...evidence, leaves: evidence.leaves.map(leaf => byIndex.get(leaf.index) ?? leaf) }
}

function changed(
  bench: Bench,
  chosen: Taken | undefined,
  path: readonly (string | number)[] | undefined,
  value: string | undefined,
): Tampered | undefined {
  const was = chosen && path && textAt(chosen.event, path)
  if (!chosen || !path || was === undefined || value === undefined || value === '' || value === was) return undefined
  const record = { ...chosen, event: replaced(chosen.event, path, value) as Taken['event'] }
  return { ...filed(bench, replacing(bench.evidence, [record])), record: chosen.index, was, is: value }
}

function withQuantity(taken: Taken, value: string | undefined): Taken {
  const path = quantityIn(taken)
  return path && value ? { ...taken, event: replaced(taken.event, path, value) as Taken['event'] } : taken
}

function renamed(bench: Bench, { record = -1, value = '' }: Wish): Tampered | undefined {
  const { evidence } = bench
  const fields = evidence.openings.get(record)
  const opening = fields?.name
  if (!fields || !opening || value === '' || value === opening.value) return undefined
  const forged: Opening = { ...opening, value }
  const openings = new Map<number, Openings>([...evidence.openings, [record, { ...fields, name: forged }]])
  return { ...filed(bench, { ...evidence, openings }), record, was: opening.value, is: value }
}

function flipped(bench: Bench, { record = -1, place = 0 }: Wish): Tampered | undefined {
  const { evidence } = bench
  const leaf = evidence.leaves.find(each => each.index === record)
  const byte = leaf?.bytes[place - 1]
  if (!leaf || byte === undefined) return undefined
  const bytes = leaf.bytes.slice()
  bytes[place - 1] = byte ^ 1
  const leaves = evidence.leaves.map(each => (each === leaf ? { index: each.index, bytes } : each))
  const near = (text: Uint8Array) => aroundByte(text, place - 1)
  return { ...filed(bench, { ...evidence, leaves }), record, was: near(leaf.bytes), is: near(bytes) }
}

/** A byte with what stands around it, as text where it is some. */
function aroundByte(bytes: Uint8Array, at: number): string {
  const part = bytes.subarray(Math.max(0, at - 8), at + 9)
  return (utf8Decode(part) ?? hexEncode(part)).replaceAll('\n', '⏎')
}

function dropped(bench: Bench, chosen: Taken | undefined): Tampered | undefined {
  const { evidence } = bench
  const size = readHead(evidence.checkpoint)?.size
  if (!chosen || size === undefined || bench.own.length < 2) return undefined
  const kept = evidence.leaves.filter(leaf => leaf.index !== chosen.index)
  const proof = narrowProof({ tree: { size, leaves: evidence.leaves, proof: evidence.proof }, kept })
  const openings = new Map([...evidence.openings].filter(([index]) => index !== chosen.index))
  const count = bench.own.length
  return {
    ...filed(bench, { ...evidence, leaves: kept, proof, openings }),
    record: chosen.index,
    was: String(count),
    is: String(count - 1),
  }
}

/** The record and the one after it (the one before it, for the last) in each other's place. */
function swapped(bench: Bench, chosen: Taken | undefined): Tampered | undefined {
  const at = chosen ? bench.own.indexOf(chosen) : -1
  const other = bench.own[at + 1] ?? bench.own[at - 1]
  if (!chosen || !other) return undefined
  const [here, there] = [putTogether(chosen).bytes, putTogether(other).bytes]
  const leaves = bench.evidence.leaves.map(leaf =>
    leaf.index === chosen.index
      ? { index: leaf.index, bytes: there }
      : leaf.index === other.index
        ? { index: leaf.index, bytes: here }
        : leaf,
  )
  const pair = [chosen.index, other.index].sort((a, b) => a - b)
  return { ...filed(bench, { ...bench.evidence, leaves }), was: pair.join(', '), is: pair.toReversed().join(', ') }
}

/** The list of `evidence` signed with a key of one's own, under the log's name. */
function resealed(bench: Bench, evidence: Evidence, seed: Uint8Array): Tampered | undefined {
  const head = readHead(evidence.checkpoint)
  if (!head) return undefined
  const { origin, size } = head
  const rootHash = rootOfShown({ size, leaves: evidence.leaves, proof: evidence.proof })
  const note = signCheckpoint({ checkpoint: { origin, size: BigInt(size), rootHash }, seed, name: origin })
  const vkey = formatVkey(noteKey({ name: origin, type: TYPE_ED25519, publicKey: publicKeyOf(seed) }))
  const forged = { ...evidence, checkpoint: utf8Decode(note) as string, vkey }
  return { ...filed(bench, forged), was: evidence.vkey, is: vkey }
}

/** Changes a quantity, signs that record anew, mends every later link of the chain, and signs a list over the lot: all that can be done without the others' keys. */
function ownLog(
  bench: Bench,
  chosen: Taken | undefined,
  value: string | undefined,
  seed: Uint8Array,
): Tampered | undefined {
  const path = chosen && quantityIn(chosen)
  const was = path && textAt(chosen.event, path)
  if (!chosen || was === undefined || !value || value === was) return undefined
  let before: string | undefined
  const mended = bench.own.map(taken => {
    const record = taken === chosen ? signedAnew(withQuantity(taken, value), seed) : taken
    const leaf = putTogether(record, before ?? record.leaf.previous)
    before = hexEncode(leafHash(leaf.bytes))
    return leaf
  })
  const byIndex = new Map(mended.map(leaf => [leaf.index, leaf]))
  const leaves = bench.evidence.leaves.map(leaf => byIndex.get(leaf.index) ?? leaf)
  const forged = resealed(bench, indexedAnew({ ...bench.evidence, leaves }, bench.own, mended), seed)
  return forged && { ...forged, record: chosen.index, was, is: value }
}

function otherPage(bench: Bench, value: string | undefined): Tampered | undefined {
  const was = bench.view.lines[0]?.item
  if (was === undefined || !value || value === was) return undefined
  const pageView = formatJson(replaced(bench.view as unknown as Json, ['lines', 0, 'item'], value))
  return { file: fileOf(bench.evidence), pageView, was, is: value }
}
