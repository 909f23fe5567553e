import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { build } from 'esbuild'
import type { Actor } from '../lib/cli/scribe.ts'
import { hexDecode } from '../lib/core/bytes.ts'
import { keyName } from '../lib/core/custody/event.ts'
import type { Act, DeskProps } from '../lib/device/desk.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import type { Told } from './server.fixture.ts'

declare global {
  /** In pages that {@link openDevice} opened. */
  var device: typeof import('./device-page.ts').device
}

/** An answer for programs: a document of the server's own origin without scripts or policy of its own. */
const PATH = '/healthz'
let script: Promise<string> | undefined

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('device-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2023',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Opens a page of the server that has the device's code, after every reload too. `policy`: a content security policy for it. */
export async function openDevice(context: BrowserContext, { url }: { url: string }, policy?: string): Promise<Page> {
  script ??= bundle()
  const page = await context.newPage()
  await page.addInitScript({ content: await script })
  if (policy !== undefined) {
    await page.route(`${url}${PATH}`, route =>
      route.fulfill({
        contentType: 'text/html',
        body: '<title>device</title>',
        headers: { 'content-security-policy': policy },
      }),
    )
  }
  await page.goto(`${url}${PATH}`)
  return page
}

export function deskFor(told: Pick<Told, 'origin' | 'vkey'>, actor: Actor): DeskProps {
  return { origin: told.origin, vkey: told.vkey, party: actor.reference, partyName: 'Harbour Relief' }
}

/** Makes a key on the page's device and has it enrolled by the party's own admin key: its name, and the enrolment's event hash. */
export async function enrolDevice(
  page: Page,
  told: Pick<Told, 'url' | 'origin' | 'vkey'>,
  actor: Actor,
): Promise<{ key: string; head: string }> {
  const desk = deskFor(told, actor)
  const made = await page.evaluate(async ({ origin, party }) => {
    const key = await device.makeKey({ origin, party })
    if (!key) throw new Error('this browser keeps nothing')
    const publicKey = Array.from(key.publicKey, byte => byte.toString(16).padStart(2, '0')).join('')
    return { key: key.key, publicKey, proof: await device.proveKey(key, 'member') }
  }, desk)
  if (keyName(hexDecode(made.publicKey, 32) as Uint8Array) !== made.key) throw new Error('the key has another name')
  const { publicKey, proof } = made
  const body = { party: actor.reference, publicKey, role: 'member', held: 'device', proof }
  const written = await sign(told, { actor, about: 'key', id: made.key, kind: 'enrol', body })
  const answer = await send(told.url, bodyOf(written))
  if (answer.status !== 201) throw new Error(`not enrolled: ${JSON.stringify(answer.body)}`)
  return { key: made.key, head: written.hash }
}

/** The act that packs a fresh consignment of 480 boxes. */
export function packAct(actor: Actor): Act<'consignment', 'pack'> {
  const { id, draft } = packing(actor)
  return { about: 'consignment', id, kind: 'pack', after: '', body: draft.body as Act<'consignment', 'pack'>['body'] }
}

/** A consignment that `actor` has packed and that is recorded: its reference and its head. */
export async function packed(
  told: Pick<Told, 'url' | 'origin' | 'vkey'>,
  actor: Actor,
): Promise<{ id: string; head: string }> {
  const { id, draft } = packing(actor)
  const written = await sign(told, draft)
  await send(told.url, bodyOf(written))
  return { id, head: written.hash }
}

/** The act that hands `quantity` of line 1 to another party. */
export function releaseAct(args: {
  id: string
  after: string
  to: Actor
  quantity: number
}): Act<'consignment', 'release'> {
  const { id, after, to, quantity } = args
  const lines = [{ line: '1', condition: 'sound' as const, quantity: String(quantity) }]
  const body = { to: { party: to.reference }, lines } as unknown as Act<'consignment', 'release'>['body']
  return { about: 'consignment', id, kind: 'release', after, body }
}

/** What waits on the page's device. */
export const waitingOn = (page: Page) =>
  page.evaluate(async () => (await device.readOutbox()).map(({ note: _, openings: __, ...entry }) => entry))

/** Signs in the page and tells what came of it. */
export const signOn = (page: Page, desk: DeskProps, act: Act) =>
  page.evaluate(([at, what]) => device.signAct(at, what), [desk, act] as const)

/** Sends and lets go, as an open page does; until it is closed. */
export const tendOn = (page: Page, { origin, vkey }: { origin: string; vkey: string }) =>
  page.evaluate(log => void device.tendOutbox(log), { origin, vkey })
