import { hexEncode } from '../bytes.ts'
import type { KeyState } from '../custody/state.ts'
import { emptyWorld, type World } from '../custody/world.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { mapKey } from '../ledger/map.ts'
import { verifyMapProof } from '../ledger/map-proof.ts'
import { type Failure, fail, pass, type Result } from '../result.ts'
import type { Evidence } from './bundle.ts'
import { readFounding } from './founding.ts'
import { type KeyList, keyListSubjects, parseKeyList } from './key-list.ts'
import { checkCheckpoint, checkIncluded, checkLogKey, readHead, type Trusted } from './log-checks.ts'
import { keysChangedBy, keysSubject } from './map-changes.ts'
import { type ReadLeaf, readLeaves } from './read-leaves.ts'
import { startReplay } from './replay.ts'
import type { Check, CheckCode } from './report.ts'

/** Codes beside those of the checks of evidence (SPEC.md, "A party's keys"). */
export const KEY_LIST_CODES = ['key-list-incomplete', 'key-list-stray', 'index-not-promised'] as const

/** A party's keys as the log has committed to them. */
export interface ProvenKeyList {
  readonly party: string
  /** Whether the log's key is the one trusted from elsewhere; else these are the keys of whatever log this is. */
  readonly trust: 'trusted' | 'nothing-trusted'
  readonly checkpointNote: string
  readonly vkey: string
  readonly checkpointSize: number
  /** When the index leaf was recorded, unix milliseconds; the operator's word. */
  readonly at: number
  /** In log order. */
  readonly keys: readonly KeyState[]
}

type Refused = Failure<CheckCode | (typeof KEY_LIST_CODES)[number] | (string & {})>

/**
 * Checks a party's list of keys by itself: signed by the log, every leaf in its tree, every enrolment and revocation signed by who may, and as many
 * of them in the party's name as the log's index has committed to, so that none is left out. `trusted` comes from outside the file, as does `seen`,
 * the newest checkpoint note of the trusted log: a log that names it, or a later one, as its predecessor's last is not trusted by that, and not
 * refused. Fails with the code of the first thing that is wrong, in that order; never throws.
 */
export async function verifyKeyList(args: {
  bytes: Uint8Array
  trusted?: Trusted | undefined
  seen?: string | undefined
  verify: VerifySignature
}): Promise<Result<ProvenKeyList, string>> {
  const { trusted = {}, seen, verify } = args
  const parsed = parseKeyList(args.bytes)
  if (!parsed.ok) return parsed
  const list = parsed.value
  const evidence = evidenceOf(list)
  const head = readHead(list.checkpoint)
  if (!head) return fail('checkpoint-unreadable', 'the checkpoint states no tree')
  const { check: included, hashes } = checkIncluded({ evidence, head })
  const [first] = included.outcome === 'pass' && seen !== undefined ? list.leaves : []
  const named = first?.index === 0 ? await readFounding({ bytes: first.bytes, verify }) : undefined
  const founded = named?.ok ? named.value : undefined
  const logKey = await checkLogKey({ evidence, head, trusted, founding: founded, seen, verify })
  for (const check of [logKey, await checkCheckpoint({ evidence, verify }), included]) {
    if (check.outcome === 'fail') return failedBy(check)
  }
  const reads = await readLeaves({ leaves: list.leaves, hashes, verify })
  const world = worldOf(list.party)
  const unfit = replay(reads, world)
  if (unfit) return unfit
  const { founding } = world
  if (founding?.origin !== head.origin) return fail('origin-mismatch', 'leaf 0 founds no log of this name')
  if (!founding.index) return fail('index-not-promised', 'this log promises no index')
  const last = reads.at(-1)
  const index = last?.index === head.size - 1 ? last.indexLeaf : undefined
  if (!index) return fail('index-missing', 'the last leaf of the tree is not in the file, or no index leaf')
  if (!index.ok) return index
  const incomplete = compareMap(list, reads, index.value.mapRoot)
  if (incomplete) return incomplete
  return pass({
    party: list.party,
    trust: logKey.outcome === 'pass' ? 'trusted' : 'nothing-trusted',
    checkpointNote: list.checkpoint,
    vkey: list.vkey,
    checkpointSize: head.size,
    at: index.value.at,
    keys: [...world.keys.values()].filter(({ party }) => party === list.party),
  })
}

/** The checks of evidence that ask about the log and not about goods. */
function evidenceOf({ party, checkpoint, vkey, leaves, proof }: KeyList): Evidence {
  return { subject: `party/${party}`, checkpoint, vkey, leaves, proof, openings: new Map(), omitted: [] }
}

/** Of this one party every key is at hand, so that the rules that ask for all of them are asked. */
function worldOf(party: string): World {
  const world = emptyWorld({ complete: false })
  const all = () => [...world.keys.values()].filter(key => key.party === party)
  return { ...world, keysOf: asked => (asked === party ? all() : undefined) }
}

function replay(reads: readonly ReadLeaf[], world: World): Refused | undefined {
  if (reads[0]?.index !== 0) return fail('leaf-zero-missing', 'leaf 0, which founds the log, is not in the file')
  const { step } = startReplay({ complete: false, world })
  for (const { index, leafHash, leaf, signed, facts, indexLeaf } of reads) {
    if (indexLeaf) continue
    if (!leaf.ok) return leaf
    const { chain, signature, refusable, undecided, recorded } = step({
      index,
      leafHash,
      leaf: leaf.value,
      signed,
      facts,
    })
    const wrong = chain ?? signature ?? (refusable && fail('refusable', `${refusable.code}: ${refusable.detail}`))
    if (wrong) return wrong
    if (undecided) return fail('newer-than-this-verifier', `leaf ${index}`)
    if (recorded?.event.about === 'consignment') return fail('key-list-stray', `leaf ${index} is about goods`)
  }
  return undefined
}

/** As many leaves, and the same last one, of the party's list of keys and of every chain in the file as the map has. */
function compareMap(list: KeyList, reads: readonly ReadLeaf[], root: Uint8Array): Refused | undefined {
  const shown = new Map<string, { count: number; leafHash: string }>()
  const parties = new Map<string, string>()
  const signed = []
  const take = (subject: string, leafHash: string) =>
    shown.set(subject, { count: (shown.get(subject)?.count ?? 0) + 1, leafHash })
  for (const { signed: read, leafHash } of reads) {
    if (!read.ok || !read.value.event) continue
    signed.push(read.value)
    const { event } = read.value
    take(event.subject, leafHash)
    if (event.kind === 'enrol') parties.set(event.id, event.body.party)
    const party = keysChangedBy(event, key => parties.get(key))
    if (party !== undefined) take(keysSubject(party), leafHash)
  }
  const subjects = keyListSubjects(list.party, signed)
  const proven = verifyMapProof({ root, keys: subjects.map(mapKey), proof: list.map })
  if (!proven.ok) return proven
  for (const [i, subject] of subjects.entries()) {
    const [entry, own] = [proven.value[i], shown.get(subject)]
    if ((entry?.count ?? 0) !== (own?.count ?? 0) || (entry && hexEncode(entry.leafHash) !== own?.leafHash)) {
      const detail = `${subject}: the log has ${entry?.count ?? 0} records, the file ${own?.count ?? 0}`
      return fail('key-list-incomplete', detail)
    }
  }
  return undefined
}

function failedBy({ code, detail }: Check): Refused {
  return fail(code, detail)
}
