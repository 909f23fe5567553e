import 'server-only'
import { isSessionInUse } from '../data/accounts.ts'
import type { Log } from '../data/log-state.ts'
import { isFromHere } from '../door/own-origin.ts'
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

/** better-auth's answer at the few addresses where it gives one, else 404; 403 for what another site sent, or nobody knows who. */
export async function answer(request: Request, auth: Auth, log?: Log): Promise<Response> {
  if (ANSWERED[new URL(request.url).pathname] !== request.method) return plain(404, 'Not found')
  const { method, headers } = request
  const publicUrl = new URL(auth.options.baseURL).origin
  // better-auth lets a request without cookies in from anywhere: signing someone in as somebody else needs none.
  if (!isFromHere({ method, origin: headers.get('origin'), host: headers.get('host'), publicUrl }))
    return plain(403, 'Not from one of our pages')
  // Where it was not used for too long this deletes it, so that better-auth finds none.
  const known = await auth.api.getSession({ headers })
  if (known) await isSessionInUse({ id: known.session.id, usedAt: known.session.updatedAt }, log)
  const answered = await auth.handler(request)
  answered.headers.set('cache-control', 'no-store')
  return answered
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'cache-control': 'no-store' } })
}
