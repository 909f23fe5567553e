import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { RefusedCode } from '../data/waiting.ts'
import type { Post } from './scribe.ts'

const recorded = z.object({
  index: z.number(),
  eventHash: z.string(),
  inEffect: z.boolean(),
  reason: z.string().optional(),
})
const refused = z.object({ code: z.string(), detail: z.string().default(''), head: z.string().optional() })

/** The server does not answer, or records nothing at all now. */
export class Unreachable extends Error {}

/** Refusals of a 503 that waiting does not mend. */
const FINAL: readonly string[] = ['read-only', 'log-not-founded']
const SLOWEST = 5000

/**
 * Posts signed events to the server at `url` (no final slash). What may pass (no answer, 429, 503) is tried again with growing pauses for up
 * to `patience` milliseconds: a repeat is answered with the same index, so nothing is recorded twice. Throws {@link Unreachable} after that.
 * `firstRunCode`: the one-time code of a log that is being founded.
 */
export function postTo(args: {
  url: string
  firstRunCode?: string | undefined
  patience?: number
  /** Told why it takes longer, every ten seconds at most. */
  onWaiting?: (why: string) => void
}): Post {
  const { url, firstRunCode, patience = 60_000, onWaiting } = args
  let toldAt = Number.NEGATIVE_INFINITY
  const tell = (answer: Answer | string) => {
    if (Date.now() - toldAt < 10_000) return
    toldAt = Date.now()
    onWaiting?.(explain(answer))
  }
  const headers = {
    'content-type': 'application/json',
    ...(firstRunCode !== undefined && { 'first-run-code': firstRunCode }),
  }
  return async ({ note, openings }) => {
    const body = JSON.stringify({ event: note, openings })
    const until = Date.now() + patience
    for (let pause = 100; ; pause = Math.min(pause * 2, SLOWEST)) {
      const answer = await ask(`${url}/api/events`, { method: 'POST', headers, body })
      if (typeof answer === 'object' && FINAL.includes(codeOf(answer) ?? '')) {
        throw new Unreachable(`${url} records nothing now: ${refused.parse(answer.body).detail}`)
      }
      if (typeof answer === 'object' && !isPassing(answer)) return read(answer)
      if (Date.now() > until) throw new Unreachable(`${url} did not take an event: ${explain(answer)}`)
      if (pause > 1000) tell(answer)
      await sleep(typeof answer === 'object' && answer.retryAfter ? answer.retryAfter * 1000 : pause)
    }
  }
}

interface Answer {
  readonly status: number
  readonly retryAfter: number | undefined
  readonly body: unknown
}

/** An answer, or why there was none. */
async function ask(address: string, init: RequestInit): Promise<Answer | string> {
  try {
    const response = await fetch(address, { ...init, signal: AbortSignal.timeout(30_000) })
    const text = await response.text()
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    return {
      status: response.status,
      retryAfter: retryAfter > 0 && retryAfter <= 60 ? retryAfter : undefined,
      body: parse(text),
    }
  } catch (error) {
    const { message, cause } = error as Error
    return cause instanceof Error ? `${message}: ${cause.message}` : message
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { code: 'storage', detail: text.slice(0, 200) }
  }
}

const codeOf = (answer: Answer) => refused.safeParse(answer.body).data?.code

function isPassing(answer: Answer): boolean {
  return answer.status === 429 || answer.status >= 500
}

function explain(answer: Answer | string): string {
  return typeof answer === 'string'
    ? answer
    : `HTTP ${answer.status} ${codeOf(answer) ?? ''}: ${refused.safeParse(answer.body).data?.detail ?? ''}`
}

function read(answer: Answer): Awaited<ReturnType<Post>> {
  const { status, body } = answer
  if (status === 200 || status === 201) {
    const submission = { ...recorded.parse(body), outcome: status === 201 ? 'recorded' : 'repeated' } as const
    return submission as Awaited<ReturnType<Post>>
  }
  const { code, detail, head } = refused.parse(body)
  return { outcome: 'refused', code: code as RefusedCode, detail, ...(head !== undefined && { head }) }
}

/** The log's verifier key as the server at `url` shows it; undefined where no log is founded there. Throws {@link Unreachable}. */
export async function fetchVkey(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/log/vkey`, { signal: AbortSignal.timeout(10_000) })
    return response.ok ? (await response.text()).trim() : undefined
  } catch (error) {
    throw new Unreachable(`${url} does not answer: ${(error as Error).message}`)
  }
}
