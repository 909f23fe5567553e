import 'server-only'
import { addressIn } from './attempts.ts'
import type { Auth } from './auth.ts'

/** What better-auth answers over HTTP, of the forty addresses that it has. Everything else is done by our own pages and their actions. */
const ANSWERED: Readonly<Record<string, string>> = {
  '/api/auth/sign-in/email': 'POST',
  '/api/auth/sign-out': 'POST',
  // What a browser's own dialogue needs in between; listing, renaming and removing are actions of ours.
  '/api/auth/passkey/generate-authenticate-options': 'GET',
  '/api/auth/passkey/verify-authentication': 'POST',
  '/api/auth/passkey/generate-register-options': 'GET',
  '/api/auth/passkey/verify-registration': 'POST',
}

/** better-auth's answer at the few addresses where it gives one, else 404. */
export async function answer(request: Request, auth: Auth): Promise<Response> {
  if (ANSWERED[new URL(request.url).pathname] !== request.method) return new Response('Not found', { status: 404 })
  // One address, the nearest proxy's word: better-auth counts everyone together where it finds a list.
  const asked = new Request(request)
  asked.headers.set('x-forwarded-for', addressIn(request.headers))
  const answered = await auth.handler(asked)
  answered.headers.set('cache-control', 'no-store')
  return answered
}
