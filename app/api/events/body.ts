import { z } from 'zod'
import { fail, pass, type Result } from '@/lib/core/result.ts'

/** A restated note is at most 24 KiB; escaped as JSON and with its openings it stays well below this. */
export const MOST_BODY_BYTES = 128 * 1024

const shape = z.strictObject({
  /** The signed note, verbatim. */
  event: z.string(),
  openings: z.record(z.string(), z.strictObject({ salt: z.string(), value: z.string() })).optional(),
  /** The signer is still at the form: better refused than recorded without effect. */
  mend: z.boolean().optional(),
})
export type Body = z.infer<typeof shape>
export type BodyCode = 'body-type' | 'body-too-large' | 'body-malformed' | 'text-malformed'

/** The body of a submission. Codes: {@link BodyCode}; one that is too large is refused before it is read to its end. */
export async function readBody(request: Request): Promise<Result<Body, BodyCode>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return fail('body-type', `content-type ${type ?? 'is missing'}`)
  const bytes = await readBytes(request, MOST_BODY_BYTES)
  if (bytes === undefined) return fail('body-too-large', `more than ${MOST_BODY_BYTES} bytes`)
  const body = shape.safeParse(parse(bytes))
  if (!body.success) return fail('body-malformed', z.prettifyError(body.error))
  const texts = [body.data.event, ...Object.values(body.data.openings ?? {}).map(opening => opening.value)]
  // Encoding would silently replace half a character, and another text than the one sent would be looked at.
  if (texts.some(text => /\p{Cs}/u.test(text))) return fail('text-malformed', 'a lone surrogate is no text')
  return pass(body.data)
}

/** The body of a request; undefined where it is larger than `most` bytes, which is seen before it is read to its end. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return undefined
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}
