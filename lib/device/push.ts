/** The script that shows what is pushed (public/notices-worker.js). Its scope holds no page: it answers no requests. */
const WORKER = '/notices-worker.js'
const SCOPE = '/notices/browser/'

/** Where this browser takes push, as the server keeps it: base64url without padding. */
export type PushAddress = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

const isSupported = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** Whether this browser shows the notices of the server with this key (base64url). */
export async function pushStateOf(key: string): Promise<'unsupported' | 'denied' | 'on' | 'off'> {
  if (!isSupported()) return 'unsupported'
  const subscription = await current()
  if (Notification.permission === 'denied') return 'denied'
  return subscription && isFor(subscription, key) ? 'on' : 'off'
}

/** Asks the person, then the browser's push service. Undefined where the person said no; rejects where the service does not answer. */
export async function startBrowserPush(key: string): Promise<PushAddress | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE })
  await untilActive(registration)
  const old = await registration.pushManager.getSubscription()
  // The server's keys were made anew: a service takes one subscription, for one of them.
  if (old && !isFor(old, key)) await old.unsubscribe()
  const applicationServerKey = bytesOf(key)
  const { endpoint, keys } = (
    await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  ).toJSON()
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new Error('a subscription without keys')
  return { endpoint, p256dh: unpadded(keys.p256dh), auth: unpadded(keys.auth) }
}

/** Ends it in this browser; gives the address that was, for the server to forget. */
export async function endBrowserPush(): Promise<string | undefined> {
  const subscription = await current()
  await subscription?.unsubscribe()
  return subscription?.endpoint
}

async function current(): Promise<PushSubscription | undefined> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE)
  return (await registration?.pushManager.getSubscription()) ?? undefined
}

function isFor({ options }: PushSubscription, key: string): boolean {
  const { applicationServerKey } = options
  return !applicationServerKey || base64url(new Uint8Array(applicationServerKey)) === key
}

/** A worker that was just registered cannot subscribe until it runs. */
async function untilActive({ installing, waiting, active }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting
  if (active || !worker) return
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') reject(new Error('the worker did not start'))
    })
    if (worker.state === 'activated') resolve()
  })
}

const unpadded = (text: string) => text.replaceAll('=', '')

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return unpadded(text.replaceAll('+', '-').replaceAll('/', '_'))
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, each => each.charCodeAt(0))
}
