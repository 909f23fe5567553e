import { base64Decode, base64Encode, equalBytes, utf8Decode, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import type { VerifySignature } from './ed25519.ts'
import { verifyGrowth } from './growth.ts'
import { parseNote } from './note.ts'
import { parseVkey } from './vkey.ts'

/** Two checkpoints by one log that cannot both be of one history, for anyone to check (SPEC.md). */
export type Contradiction = {
  readonly vkey: string
  /** Root of as many first leaves of the larger tree as the smaller has, then the consistency proof from there; empty where sizes are equal. */
  readonly proof: readonly Uint8Array[]
  /** Signed notes, the larger tree's first. */
  readonly notes: readonly [string, string]
}

export type ContradictionCode = 'contradiction-malformed' | 'contradiction-not-signed' | 'contradiction-open'

const HEADER = 'throughline/contradiction/v1'

/** The one spelling of the file. Throws on what {@link parseContradiction} would not read back. */
export function formatContradiction({ vkey, proof, notes }: Contradiction): string {
  const text = [HEADER, vkey, ...proof.map(base64Encode), '', `${notes[0]}\n${notes[1]}`].join('\n')
  if (!parseContradiction(utf8Encode(text)).ok) throw new Error('no contradiction')
  return text
}

/** True for a file that says it is one. */
export function isContradiction(bytes: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, HEADER.length), utf8Encode(HEADER))
}

/** Reads the file's form. Code `contradiction-malformed`. */
export function parseContradiction(bytes: Uint8Array): Result<Contradiction, 'contradiction-malformed'> {
  const malformed = (detail: string) => fail('contradiction-malformed', detail)
  const text = utf8Decode(bytes)
  if (text === undefined) return malformed('not UTF-8')
  const blank = text.indexOf('\n\n')
  const [header, vkey, ...lines] = text.slice(0, Math.max(0, blank)).split('\n')
  if (header !== HEADER || vkey === undefined) return malformed('the first lines are a name and a vkey')
  const key = parseVkey(vkey)
  if (!key.ok) return malformed(key.detail)
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = base64Decode(line)
    if (hash?.length !== 32) return malformed(`not a hash: ${line}`)
    proof.push(hash)
  }
  // A checkpoint's text holds no empty line: the first one ends the text, the second one the note.
  const [first, signatures, second, last, ...more] = text.slice(blank + 2).split('\n\n')
  if (
    first === undefined ||
    signatures === undefined ||
    second === undefined ||
    last === undefined ||
    more.length > 0
  ) {
    return malformed('there are two notes')
  }
  const notes = [`${first}\n\n${signatures}\n`, `${second}\n\n${last}`] as const
  const wrong = notes.map(note => parseNote(utf8Encode(note))).find(note => !note.ok)
  return wrong && !wrong.ok ? malformed(wrong.detail) : pass({ vkey, proof, notes })
}

/** What the two notes state, the larger tree first, where they are shown to be of two histories. Codes: all of {@link ContradictionCode}. */
export async function judgeContradiction(args: {
  bytes: Uint8Array
  verify: VerifySignature
}): Promise<Result<readonly [Checkpoint, Checkpoint], ContradictionCode>> {
  const parsed = parseContradiction(args.bytes)
  if (!parsed.ok) return parsed
  const { vkey, proof, notes } = parsed.value
  const key = parseVkey(vkey)
  const states: Checkpoint[] = []
  for (const note of notes) {
    const keys = key.ok ? [key.value] : []
    const opened = await openCheckpoint({ bytes: utf8Encode(note), keys, verify: args.verify })
    if (!opened.ok) return fail('contradiction-not-signed', opened.detail)
    states.push(opened.value.checkpoint)
  }
  const [larger, smaller] = states as [Checkpoint, Checkpoint]
  if (larger.origin !== smaller.origin) return fail('contradiction-not-signed', `${larger.origin}, ${smaller.origin}`)
  const isProven =
    larger.size === smaller.size ? proof.length === 0 && !sameRoot(larger, smaller) : isOther(larger, smaller, proof)
  return isProven ? pass([larger, smaller]) : fail('contradiction-open', `trees of ${larger.size} and ${smaller.size}`)
}

const sameRoot = (a: Checkpoint, b: Checkpoint) => equalBytes(a.rootHash, b.rootHash)

/** Whether the larger tree begins otherwise than the smaller note says. */
function isOther(larger: Checkpoint, smaller: Checkpoint, [beginning, ...proof]: readonly Uint8Array[]): boolean {
  if (smaller.size > larger.size || beginning === undefined || equalBytes(beginning, smaller.rootHash)) return false
  const sizes = { oldSize: smaller.size, newSize: larger.size }
  return verifyGrowth({ ...sizes, oldRoot: beginning, newRoot: larger.rootHash, proof })
}
