import { createHash } from 'node:crypto'
import { utf8Encode } from '../core/bytes.ts'
import { readCosignature } from '../core/ledger/cosign.ts'
import { parseDecimal } from '../core/ledger/decimal.ts'
import type { NoteKey } from '../core/ledger/vkey.ts'
import { formatWitnessRequest } from '../core/ledger/witness-request.ts'
import { verifyNatively } from './ed25519.ts'
import type { WitnessProblem } from './witness-state.ts'

export const WITNESS_TIMEOUT_MILLISECONDS = 1000
const MOST_ANSWER_BYTES = 64 * 1024

/** What a witness answered to one request. */
export type WitnessReply =
  | { readonly reply: 'cosigned'; readonly line: string; readonly time: number }
  /** It signed a tree of this size last, and wants a proof from there. */
  | { readonly reply: 'size'; readonly size: bigint }
  /** 409 and no size: some say so where they know another root for the same size. */
  | { readonly reply: 'conflict' }
  /** 422: what was proven to it does not follow from what it signed. */
  | { readonly reply: 'differs'; readonly detail: string }
  | { readonly reply: 'problem'; readonly problem: WitnessProblem; readonly detail: string }

type Called = { readonly url: string; readonly signal: AbortSignal }

/**
 * One add-checkpoint request (c2sp.org/tlog-witness). Takes what witnesses in the field answer beside the protocol: 403 for a log they do not
 * know, 409 without a size. Its line counts only if it is good; what else the answer holds is let go.
 */
export async function postCheckpoint(
  { url, signal }: Called,
  args: { key: NoteKey; note: string; oldSize: number; proof: readonly Uint8Array[] },
): Promise<WitnessReply> {
  const { key, note, oldSize, proof } = args
  const body = formatWitnessRequest({ oldSize: BigInt(oldSize), proof, checkpoint: utf8Encode(note) })
  const answer = await call(`${url}/add-checkpoint`, signal, { method: 'POST', body: body as Uint8Array<ArrayBuffer> })
  if (typeof answer === 'string') return problem('unreachable', answer)
  const { status, text, type } = answer
  const said = `${status} ${text
    .slice(0, 200)
    .replace(/[^\P{C}]/gu, ' ')
    .trim()}`
  if (status === 200) {
    const signedText = note.slice(0, note.indexOf('\n\n') + 1)
    const read = await readCosignature({ lines: text, text: signedText, key, verify: verifyNatively })
    if (!read.ok) return problem('answer-unusable', `${read.code}: ${read.detail}`)
    return { reply: 'cosigned', line: read.value.line, time: Number(read.value.time) }
  }
  if (status === 409) {
    const size =
      type.startsWith('text/x.tlog.size') && text.endsWith('\n') ? parseDecimal(text.slice(0, -1)) : undefined
    if (size !== undefined) return { reply: 'size', size }
    return text.trim() === '' ? { reply: 'conflict' } : problem('answer-unusable', said)
  }
  if (status === 422) return { reply: 'differs', detail: said }
  if (status === 404 || status === 403) return problem('log-unknown', said)
  return problem(status === 429 || status >= 500 ? 'busy' : 'refused', said)
}

/** The latest checkpoint that a witness says it signed of `origin`; undefined where it does not say. Unverified. */
export async function latestOf({ url, signal }: Called, origin: string): Promise<string | undefined> {
  const name = createHash('sha256').update(origin).digest('hex')
  const answer = await call(`${url}/${name}/checkpoint`, signal, {})
  return typeof answer === 'string' || answer.status !== 200 ? undefined : answer.text
}

function problem(code: WitnessProblem, detail: string): WitnessReply {
  return { reply: 'problem', problem: code, detail }
}

/** A text where no answer came: why. */
async function call(
  url: string,
  signal: AbortSignal,
  init: RequestInit,
): Promise<{ status: number; text: string; type: string } | string> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(WITNESS_TIMEOUT_MILLISECONDS)])
    // Who is asked was named in the policy: nobody is sent elsewhere.
    const response = await fetch(url, { ...init, redirect: 'manual', cache: 'no-store', signal: limit })
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of response.body ?? []) {
      length += chunk.length
      if (length > MOST_ANSWER_BYTES) return 'the answer is too long'
      chunks.push(chunk)
    }
    const text = Buffer.concat(chunks).toString('utf8')
    return { status: response.status, text, type: response.headers.get('content-type') ?? '' }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return cause instanceof Error ? cause.message || cause.name : String(cause)
  }
}
