/** What the outside world can cause is a value with a code; what only our own bug can cause throws. */
export type Failure<Code extends string = string> = {
  readonly ok: false
  /** Kebab-case, one per distinct cause, listed in the SPEC.md beside its parser. */
  readonly code: Code
  /** For a developer or an auditor, in English; users read a message chosen by `code`. */
  readonly detail: string
}

export type Result<Value, Code extends string = string> = { readonly ok: true; readonly value: Value } | Failure<Code>

/** Wraps a good value. */
export function pass<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

/** Names one cause of refusal. */
export function fail<Code extends string>(code: Code, detail: string): Failure<Code> {
  return { ok: false, code, detail }
}

/** Compile-time proof that a union was handled completely; throws if a value slipped through the types. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
