import 'server-only'
import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { env } from '../env.ts'
import { onStop } from '../monitor/stopping.ts'

/** One letter to one person. */
export type Letter = {
  /** An address alone, without a name. */
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same in HTML, for programs that prefer it. */
  readonly html?: string
  /** Becomes the Message-ID: the same letter sent twice has the same, so that a mailbox can tell. */
  readonly id: string
}

/**
 * `mail-off`: no SMTP_URL is set. `mail-refused`: this letter will never be taken (a 5xx answer to it, or no address). `mail-unreachable`: the server is down,
 * slow, full or does not let us in; worth another try.
 */
export type MailCode = 'mail-off' | 'mail-refused' | 'mail-unreachable'
export type Sent =
  | { readonly ok: true }
  /** `detail`: nodemailer's code and the server's, such as `EENVELOPE 550`; no address and no secret is in it. */
  | { readonly ok: false; readonly code: MailCode; readonly detail: string }

/** Where letters are handed in, and who they are from. `host`: of this site, for Message-IDs. */
export type MailSettings = { readonly smtpUrl: string; readonly mailFrom: string; readonly host: string }
export type Post = { send(letter: Letter): Promise<Sent>; close(): void }

const CONNECT_MILLISECONDS = 10_000
/** A server that answers a byte at a time is slow too. */
const WHOLE_MILLISECONDS = 30_000
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/
const LONGEST_SUBJECT = 200

/** Connects at the first letter and keeps up to three connections open for the next ones. */
export function openPost({ smtpUrl, mailFrom, host }: MailSettings): Post {
  const transport = createTransport({
    ...connectionOf(smtpUrl),
    pool: true,
    maxConnections: 3,
    // A connection that closes while a letter is on it may have delivered it: who sends decides about another try.
    maxRequeues: 0,
    idleTimeout: 30_000,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: WHOLE_MILLISECONDS,
    dnsTimeout: CONNECT_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // What ends an idle connection is nobody's letter.
  transport.on('error', () => {})
  return {
    close: () => transport.close(),
    async send({ to, subject, text, html, id }) {
      if (!z.email().safeParse(to).success) return { ok: false, code: 'mail-refused', detail: 'not an address' }
      try {
        await transport.sendMail({
          from: senderOf(mailFrom),
          to: { name: '', address: to },
          subject: onOneLine(subject),
          text,
          ...(html !== undefined && { html }),
          messageId: `<${messageName(id)}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal: AbortSignal.timeout(WHOLE_MILLISECONDS),
        })
        return { ok: true }
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

// A bundler evaluates this module more than once in one process; its connections are opened once.
const HOME = Symbol.for('throughline.post')
type Home = { [HOME]?: Post | undefined }

/** Whether this server sends letters: SMTP_URL is set. */
export function isMailOn(): boolean {
  return env().smtpUrl !== undefined
}

/** Hands one letter to the mail server and waits for its answer, half a minute at most. Never throws for what the outside causes. */
export async function sendLetter(letter: Letter): Promise<Sent> {
  const { smtpUrl, mailFrom, publicUrl } = env()
  if (smtpUrl === undefined) return { ok: false, code: 'mail-off', detail: 'SMTP_URL is not set' }
  const home = globalThis as Home
  const { hostname } = new URL(publicUrl)
  if (!home[HOME]) {
    home[HOME] = openPost({ smtpUrl, mailFrom: mailFrom ?? `Throughline <throughline@${hostname}>`, host: hostname })
    onStop('mail', async () => home[HOME]?.close())
  }
  return home[HOME].send(letter)
}

/** A password is sent over TLS alone, unless the server is on this machine; else TLS is used where it is offered. */
function connectionOf(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const hasPassword = username !== ''
  return {
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && hasPassword && !LOOPBACK.test(host),
    ...(hasPassword && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  }
}

function senderOf(mailFrom: string): { name: string; address: string } {
  const [, name = '', address = mailFrom] = /^(.*?) ?<(.+)>$/.exec(mailFrom) ?? []
  return { name, address }
}

/** A name that was typed somewhere must not begin a header of its own, nor turn the line's direction. */
function onOneLine(subject: string): string {
  const shown = subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/\p{Cf}/gu, '')
  return shown.trim().slice(0, LONGEST_SUBJECT)
}

function messageName(id: string): string {
  return /^[A-Za-z0-9_-]{1,100}$/.test(id) ? id : createHash('sha256').update(id).digest('hex')
}

/** Refused is what the server said of this letter; that it does not let us in at all (530, 534, 535 …) is for its operator to mend. */
function failureOf(error: unknown): Sent {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number }
  const detail = responseCode === undefined ? code : `${code} ${responseCode}`
  const ofLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isAboutUs = responseCode !== undefined && responseCode >= 530 && responseCode <= 539
  const isRefused = ofLetter && !isAboutUs && responseCode !== undefined && responseCode >= 500
  return { ok: false, code: isRefused ? 'mail-refused' : 'mail-unreachable', detail }
}
