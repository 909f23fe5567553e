import 'server-only'
import webPush from 'web-push'
import type { PushKeys } from '../data/push-keys.ts'
import type { BrowserAddress } from '../data/push-subscriptions.ts'
import type { PushMessage } from './letters.ts'
import { isPushEndpoint } from './push-hosts.ts'

/** `push-gone`: the browser takes nothing any more; `push-refused`: the service never will take this; `push-unreachable`: worth another try. */
export type PushCode = 'push-gone' | 'push-refused' | 'push-unreachable'

/** Who posts: the keys browsers know, an address at which the push service finds a person (https: or mailto:), and what else may be posted to. */
export type PushSender = {
  readonly keys: PushKeys
  readonly contact: string
  readonly hosts: readonly string[]
}

const WHOLE_MILLISECONDS = 20_000
const KEPT_SECONDS = 3 * 24 * 60 * 60

/**
 * Posts one message to one browser's push service, encrypted for that browser (RFC 8291) and signed with the server's key (RFC 8292). The service keeps
 * it for three days; one of the same tag that it still keeps is replaced. Never throws for what the outside causes.
 */
export async function sendPush(
  sender: PushSender,
  { endpoint, p256dh, auth }: BrowserAddress,
  message: PushMessage,
): Promise<{ ok: true } | { ok: false; code: PushCode; detail: string }> {
  if (!isPushEndpoint(endpoint, sender.hosts)) return { ok: false, code: 'push-gone', detail: 'no push service' }
  try {
    const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(message), {
      vapidDetails: { subject: sender.contact, ...sender.keys },
      TTL: KEPT_SECONDS,
      topic: message.tag,
    })
    const { 'Content-Length': _, ...headers } = request.headers
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: new Uint8Array(request.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(WHOLE_MILLISECONDS),
    })
    await answer.body?.cancel()
    return answer.ok ? { ok: true } : { ok: false, code: codeOf(answer.status), detail: String(answer.status) }
  } catch (error) {
    // web-push throws where the browser's keys are none.
    const isTheirs = !(error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError'))
    const detail = error instanceof Error ? error.name : 'unknown'
    return { ok: false, code: isTheirs ? 'push-refused' : 'push-unreachable', detail }
  }
}

function codeOf(status: number): PushCode {
  if (status === 404 || status === 410) return 'push-gone'
  return status === 429 || status >= 500 ? 'push-unreachable' : 'push-refused'
}
