import type { z } from 'zod'

/** What a form shows after it was sent: why nothing was done, with what was typed; or what was made. */
export type FormState = {
  /** One of `accountForm.problems`. */
  readonly code?: string
  /** What was typed, by field, without passwords. */
  readonly typed?: Readonly<Record<string, string>>
  /** A whole address to hand to someone, shown this once. */
  readonly link?: string
  /** The letter with such an address: to whom, and whether the mail server took it or why not. What it did not take comes as `link` too. */
  readonly mail?: { readonly to: string; readonly outcome: MailOutcome }
  /** What was done where nothing else on the page shows it: one of `accountForm.done`. */
  readonly done?: string
}

export type MailOutcome = 'sent' | 'mail-refused' | 'mail-unreachable' | 'mail-limited'

type Asked<Value> =
  | { readonly ok: true; readonly value: Value; readonly refused: (code: string) => FormState }
  | { readonly ok: false; readonly code: 'form-malformed' }

const NOT_SHOWN: readonly string[] = ['password', 'current']

/** What a form sent, if it has the shape that the page's own form sends. `refused` makes the state that says why not and keeps what was typed. */
export function formOf<Value>(form: FormData, shape: z.ZodType<Value>): Asked<Value> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const parsed = shape.safeParse(Object.fromEntries(texts))
  if (!parsed.success) return { ok: false, code: 'form-malformed' }
  const typed = Object.fromEntries(texts.filter(([name]) => !name.startsWith('$') && !NOT_SHOWN.includes(name)))
  return { ok: true, value: parsed.data, refused: code => ({ code, typed }) }
}
