import { equalBytes } from '../bytes.ts'
import { type Failure, fail, pass, type Result } from '../result.ts'
import { formatVkey, type NoteKey, parseVkey, TYPE_COSIGNATURE, TYPE_ED25519 } from './vkey.ts'

/** Who must have signed a checkpoint for it to count (c2sp.org/tlog-policy). */
export type Policy = {
  readonly logs: readonly PolicyLog[]
  /** In the file's order. */
  readonly witnesses: readonly PolicyWitness[]
  readonly groups: readonly PolicyGroup[]
  /** Name of a witness or group; undefined for `none`. */
  readonly quorum: string | undefined
}

export type PolicyLog = { readonly key: NoteKey; readonly url?: string }

export type PolicyWitness = {
  /** Of this file alone; what the witness signs with is the key's name. */
  readonly name: string
  readonly key: NoteKey
  readonly url?: string
}

export type PolicyGroup = {
  readonly name: string
  /** How many of `members` it takes, from 1 to all of them. */
  readonly threshold: number
  readonly members: readonly string[]
}

export type PolicyCode =
  | 'policy-too-large'
  | 'policy-character'
  | 'policy-line-unknown'
  | 'policy-line-malformed'
  | 'policy-vkey-malformed'
  | 'policy-key-repeated'
  | 'policy-name-repeated'
  | 'policy-name-unknown'
  | 'policy-member-repeated'
  | 'policy-threshold'
  | 'policy-quorum-repeated'
  | 'policy-quorum-missing'

const MOST_CHARACTERS = 256 * 1024
const MOST_OF_A_KIND = 256
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const NOT_ALLOWED = /[\u0000-\u0008\u000b-\u001f\u007f]/

/** What a name in a policy starts with where that witness signs only what it has replayed: a convention of ours, which other readers need not know. */
const REPLAYING = 'replaying/'

/** True for a witness that, by its name in the policy, signs only what it has replayed. */
export function isReplaying({ name }: { name: string }): boolean {
  return name.startsWith(REPLAYING)
}

/** A witness's name as people read it: without the mark of a replaying one. */
export function witnessTitle({ name }: { name: string }): string {
  return name.startsWith(REPLAYING) && name !== REPLAYING ? name.slice(REPLAYING.length) : name
}

type Draft = {
  logs: PolicyLog[]
  witnesses: PolicyWitness[]
  groups: PolicyGroup[]
  quorum?: string
  /** Every name so far. */
  names: Set<string>
  /** Those that are members of a group. */
  taken: Set<string>
}

/**
 * Reads a policy file: `log`, `witness`, `group` and `quorum` lines, `#` comments and empty lines; items parted by blanks and tabs. At most
 * 256 of each kind. Log keys are of type 0x01, witness keys of type 0x04; URLs are not looked at.
 * Codes: `policy-too-large`, `policy-character` (a control character, CR among them), `policy-line-unknown`, `policy-line-malformed` (too few items, or too many),
 * `policy-vkey-malformed` (or of another type), `policy-key-repeated`, `policy-name-repeated` (or `none`), `policy-name-unknown` (not defined above),
 * `policy-member-repeated` (in two groups, or twice in one), `policy-threshold` (not all, any or 1 to the number of members),
 * `policy-quorum-repeated`, `policy-quorum-missing`.
 */
export function parsePolicy(text: string): Result<Policy, PolicyCode> {
  if (text.length > MOST_CHARACTERS) return fail('policy-too-large', `${text.length} characters`)
  if (NOT_ALLOWED.test(text))
    return fail('policy-character', 'no control character but tab and newline may stand there')
  const draft: Draft = { logs: [], witnesses: [], groups: [], names: new Set(['none']), taken: new Set() }
  for (const [at, line] of text.split('\n').entries()) {
    const items = line.split(/[ \t]+/).filter(item => item !== '')
    if (items.length === 0 || items[0]?.startsWith('#')) continue
    const wrong = readLine(draft, items)
    if (wrong) return { ...wrong, detail: `line ${at + 1}: ${wrong.detail}` }
  }
  const { logs, witnesses, groups, quorum } = draft
  if (quorum === undefined) return fail('policy-quorum-missing', 'there is no quorum line')
  if (Math.max(logs.length, witnesses.length, groups.length) > MOST_OF_A_KIND) {
    return fail('policy-too-large', `more than ${MOST_OF_A_KIND} of one kind`)
  }
  return pass({ logs, witnesses, groups, quorum: quorum === 'none' ? undefined : quorum })
}

type Wrong = Failure<PolicyCode> | undefined

function readLine(draft: Draft, [keyword, ...items]: readonly string[]): Wrong {
  if (keyword === 'log') return readLog(draft, items)
  if (keyword === 'witness') return readWitness(draft, items)
  if (keyword === 'group') return readGroup(draft, items)
  if (keyword === 'quorum') return readQuorum(draft, items)
  return fail('policy-line-unknown', `${keyword} is not log, witness, group or quorum`)
}

function readLog(draft: Draft, [vkey, url, ...more]: readonly string[]): Wrong {
  if (vkey === undefined || more.length > 0) return fail('policy-line-malformed', 'log <vkey> [<url>]')
  const key = readKey(vkey, TYPE_ED25519)
  if (!key.ok) return key
  if (holds(draft.logs, key.value)) return fail('policy-key-repeated', vkey)
  draft.logs.push({ key: key.value, ...(url !== undefined && { url }) })
  return undefined
}

function readWitness(draft: Draft, [name, vkey, url, ...more]: readonly string[]): Wrong {
  if (name === undefined || vkey === undefined || more.length > 0) {
    return fail('policy-line-malformed', 'witness <name> <vkey> [<url>]')
  }
  const key = readKey(vkey, TYPE_COSIGNATURE)
  if (!key.ok) return key
  if (holds(draft.witnesses, key.value)) return fail('policy-key-repeated', vkey)
  if (draft.names.has(name)) return fail('policy-name-repeated', name)
  draft.names.add(name)
  draft.witnesses.push({ name, key: key.value, ...(url !== undefined && { url }) })
  return undefined
}

function readGroup(draft: Draft, [name, atLeast, ...members]: readonly string[]): Wrong {
  if (name === undefined || atLeast === undefined || members.length === 0) {
    return fail('policy-line-malformed', 'group <name> <k|any|all> <member>…')
  }
  if (draft.names.has(name)) return fail('policy-name-repeated', name)
  const threshold = thresholdOf(atLeast, members.length)
  if (threshold === undefined) return fail('policy-threshold', `${atLeast} of ${members.length}`)
  for (const member of members) {
    if (member === 'none' || !draft.names.has(member)) return fail('policy-name-unknown', member)
    if (draft.taken.has(member)) return fail('policy-member-repeated', member)
    draft.taken.add(member)
  }
  draft.names.add(name)
  draft.groups.push({ name, threshold, members })
  return undefined
}

function readQuorum(draft: Draft, [name, ...more]: readonly string[]): Wrong {
  if (name === undefined || more.length > 0) return fail('policy-line-malformed', 'quorum <name|none>')
  if (draft.quorum !== undefined) return fail('policy-quorum-repeated', name)
  if (!draft.names.has(name)) return fail('policy-name-unknown', name)
  draft.quorum = name
  return undefined
}

function thresholdOf(text: string, members: number): number | undefined {
  if (text === 'any') return 1
  if (text === 'all') return members
  const count = /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : 0
  return count >= 1 && count <= members ? count : undefined
}

function readKey(vkey: string, type: number): Result<NoteKey, PolicyCode> {
  const key = parseVkey(vkey)
  if (!key.ok) return fail('policy-vkey-malformed', `${key.code}: ${key.detail}`)
  if (key.value.type !== type) return fail('policy-vkey-malformed', `a key of type ${key.value.type}, not ${type}`)
  return key
}

/** Keys are one where their bytes are, whatever they are called: nobody counts twice. */
function holds(known: readonly { readonly key: NoteKey }[], key: NoteKey): boolean {
  return known.some(each => equalBytes(each.key.publicKey, key.publicKey))
}

/** Whether the witnesses of `signed`, by their names in the policy, are enough. A policy that asks for nobody is always met. */
export function isQuorumMet(policy: Policy, signed: ReadonlySet<string>): boolean {
  if (policy.quorum === undefined) return true
  const met = new Set(policy.witnesses.filter(({ name }) => signed.has(name)).map(({ name }) => name))
  // A group names only what stands above it.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter(member => met.has(member)).length >= threshold) met.add(name)
  }
  return met.has(policy.quorum)
}

/** Smallest number of witnesses that can be enough; 0 where none is asked for. */
export function leastWitnesses(policy: Policy): number {
  if (policy.quorum === undefined) return 0
  const least = new Map(policy.witnesses.map(({ name }) => [name, 1]))
  for (const { name, threshold, members } of policy.groups) {
    const counts = members.map(member => least.get(member) ?? 0).sort((a, b) => a - b)
    least.set(
      name,
      counts.slice(0, threshold).reduce((sum, count) => sum + count, 0),
    )
  }
  return least.get(policy.quorum) ?? 0
}

/** A policy as a file: no comments, single blanks, a line each. {@link parsePolicy} reads it back as it was. */
export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map(({ key, url }) => ['log', formatVkey(key), url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, formatVkey(key), url]),
    ...groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
    ['quorum', quorum ?? 'none'],
  ]
  return lines.map(items => `${items.filter(item => item !== undefined).join(' ')}\n`).join('')
}
