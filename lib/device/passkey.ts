import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { paths } from '../paths.ts'

/** Why a passkey was not used or added; each has words in `passkeyForm.problems`. */
export type PasskeyCode =
  | 'passkey-cancelled'
  | 'passkey-refused'
  | 'passkey-unknown'
  | 'passkey-known'
  | 'passkey-old'
  | 'passkey-unsupported'
  | 'session-old'
  | 'signed-out'
  | 'name-malformed'
  | 'too-many-attempts'
  | 'unreachable'

export type Answered = { readonly ok: true } | { readonly ok: false; readonly code: PasskeyCode }

/** Whether this browser has passkeys at all; they need https, or this machine's own address. */
export function hasPasskeys(): boolean {
  return browserSupportsWebAuthn()
}

/** Whether it offers them in the list under a field, as it does passwords. */
export async function offersPasskeysInField(): Promise<boolean> {
  return browserSupportsWebAuthn() && (await browserSupportsWebAuthnAutofill())
}

/**
 * Asks for one of the person's passkeys and signs in with it; the browser then holds a new session. `isInField`: waits without a dialogue until one is chosen
 * in a field with `autocomplete="… webauthn"`; the next call ends that wait as `passkey-cancelled`.
 */
export async function signInWithPasskey({ isInField = false } = {}): Promise<Answered> {
  const challenge = await ask(paths.passkeys.challenge())
  if (!challenge.ok) return challenge
  try {
    const optionsJSON = { ...(challenge.value as AuthenticationOptions), userVerification: 'required' as const }
    const response = await startAuthentication({ optionsJSON, useBrowserAutofill: isInField })
    return await ask(paths.passkeys.signIn(), { response })
  } catch (error) {
    return { ok: false, code: codeOf(error) }
  }
}

/** Makes a passkey on a device of the signed-in person, who signed in a moment ago, and adds it to their account. `name`: 1 to 80 characters. */
export async function addPasskey(name: string): Promise<Answered> {
  const challenge = await ask(paths.passkeys.newChallenge())
  if (!challenge.ok) return challenge
  try {
    const response = await startRegistration({ optionsJSON: challenge.value as RegistrationOptions })
    return await ask(paths.passkeys.add(), { response, name })
  } catch (error) {
    return { ok: false, code: codeOf(error) }
  }
}

type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']
type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type Asked = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: PasskeyCode }

/** better-auth's answer; with a body a POST. */
async function ask(path: string, body?: unknown): Promise<Asked> {
  try {
    const answer = await fetch(path, {
      cache: 'no-store',
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const value: unknown = await answer.json().catch(() => undefined)
    if (answer.ok) return { ok: true, value }
    const { code } = (value ?? {}) as { code?: string }
    return { ok: false, code: CODES[code ?? ''] ?? STATUSES[answer.status] ?? 'passkey-refused' }
  } catch {
    return { ok: false, code: 'unreachable' }
  }
}

/** The server's own codes. */
const CODES: Readonly<Record<string, PasskeyCode>> = {
  PASSKEY_NOT_FOUND: 'passkey-unknown',
  CHALLENGE_NOT_FOUND: 'passkey-old',
  SESSION_NOT_FRESH: 'session-old',
  UNAUTHORIZED: 'signed-out',
  NAME_MALFORMED: 'name-malformed',
  TOO_MANY_ATTEMPTS: 'too-many-attempts',
}
const STATUSES: Readonly<Record<number, PasskeyCode>> = { 429: 'too-many-attempts', 503: 'unreachable' }

/** A browser does not say whether a question was closed or timed out, nor whether the device has no passkey: on purpose. */
function codeOf(error: unknown): PasskeyCode {
  if (!(error instanceof WebAuthnError)) return isNotAllowed(error) ? 'passkey-cancelled' : 'passkey-unsupported'
  if (error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'passkey-known'
  if (error.code === 'ERROR_CEREMONY_ABORTED' || isNotAllowed(error.cause)) return 'passkey-cancelled'
  return 'passkey-unsupported'
}

function isNotAllowed(error: unknown): boolean {
  return error instanceof Error && ['NotAllowedError', 'AbortError'].includes(error.name)
}
