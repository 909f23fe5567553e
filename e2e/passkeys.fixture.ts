import type { CDPSession, Page } from '@playwright/test'

/** What keeps passkeys on a device, played by the browser itself. */
export type Authenticator = {
  /** Whether it answers by itself, as a person does who touches it at once. */
  answers(isAtOnce: boolean): Promise<void>
  /** Until this page asks it for a passkey, as the page to sign in does by itself: a device that answers then answers that. */
  untilAsked(): Promise<void>
  /** Whether the person is recognised when it asks for a finger or a code. */
  recognises(isPerson: boolean): Promise<void>
  /** Deletes all that it keeps: there is room for three. */
  empty(): Promise<void>
  /** How many passkeys it keeps. */
  count(): Promise<number>
}

/** Gives this page a device with a screen lock. It goes with the page, not with its browser. */
export async function withAuthenticator(page: Page): Promise<Authenticator> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = options => {
      const answer = get(options)
      Reflect.set(window, 'isAsked', true)
      return answer
    }
  })
  return {
    async untilAsked() {
      await page.waitForFunction(() => Reflect.get(window, 'isAsked') === true)
    },
    async answers(enabled) {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    async recognises(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    async empty() {
      await session.send('WebAuthn.clearCredentials', { authenticatorId })
    },
    async count() {
      return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length
    },
  }
}

/** What the server answered to a page that asks it directly, as a script of a visitor's own could. */
export type Told = { readonly status: number; readonly code: string | undefined }

type Step = {
  readonly path: string
  readonly verification: 'required' | 'discouraged'
  /** Sent along with what the device answered. */
  readonly more?: Readonly<Record<string, unknown>>
  /** Sends the same twice, and answers what the second was told. */
  readonly isTwice?: boolean
}

/** Asks for a challenge, has the device answer it, and sends that to `path`: what the page's own script does, with other wishes. */
export async function answerDirectly(page: Page, kind: 'get' | 'create', step: Step): Promise<Told> {
  const challengePath = `/api/auth/passkey/generate-${kind === 'get' ? 'authenticate' : 'register'}-options`
  const options = await page.evaluate(async path => (await fetch(path)).json(), challengePath)
  return sendAnswer(page, kind, options, step)
}

/** The same with a challenge that is there already. */
export function sendAnswer(page: Page, kind: 'get' | 'create', options: unknown, step: Step): Promise<Told> {
  return page.evaluate(
    async ({ kind, options, step }) => {
      const { path, verification, more, isTwice } = step
      const asked = options as PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON
      const credential =
        kind === 'get'
          ? await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON({ ...asked, userVerification: verification }),
            })
          : await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({
                ...asked,
                authenticatorSelection: { ...asked.authenticatorSelection, userVerification: verification },
              }),
            })
      const response = (credential as PublicKeyCredential).toJSON()
      const send = () =>
        fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ response, ...more }),
        })
      const first = await send()
      const last = isTwice ? await send() : first
      const { code } = (await last.json().catch(() => ({}))) as { code?: string }
      return { status: last.status, code }
    },
    { kind, options, step },
  )
}
