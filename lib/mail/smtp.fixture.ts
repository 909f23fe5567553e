import { createServer } from 'node:net'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

/** A letter as the server took it. `text` and `html` are decoded; `raw` is every byte of it. */
export type Delivered = {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Message-ID without its angle brackets. */
  readonly id: string
  readonly raw: string
}

/** A real SMTP server on loopback. */
export type Smtp = {
  /** For `SMTP_URL`. */
  readonly url: string
  /** All letters taken, oldest first. */
  letters(): readonly Delivered[]
  /** The first letter that `isIt` is true of, now or within 30 s. */
  untilLetter(isIt: (letter: Delivered) => boolean): Promise<Delivered>
  /** From now on every recipient is answered with `code`, 550 without one. */
  refuse(code?: number): void
  /** From now on it waits so long before it answers a letter. */
  delay(milliseconds: number): void
  /** Takes letters again, at once. */
  accept(): void
  /** Nothing listens any more; what was taken is kept. */
  stop(): Promise<void>
  /** Listens again at the same port. */
  start(): Promise<void>
}

/** Starts one at a free port. `user`: it lets in only who signs in so, without TLS (it is on this machine). */
export async function startSmtp(user?: { readonly name: string; readonly password: string }): Promise<Smtp> {
  const port = await freePort()
  const taken: Delivered[] = []
  const waiting = new Set<() => void>()
  const way = { refusal: 0, milliseconds: 0 }
  let server = await listen()

  async function listen(): Promise<SMTPServer> {
    const started = new SMTPServer({
      authOptional: user === undefined,
      allowInsecureAuth: true,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      closeTimeout: 200,
      onAuth({ username, password }, _session, done) {
        const isTheirs = username === user?.name && password === user?.password
        done(isTheirs ? null : new Error('no'), isTheirs ? { user: username } : undefined)
      },
      onRcptTo(_address, _session, done) {
        done(way.refusal === 0 ? null : Object.assign(new Error('not taken'), { responseCode: way.refusal }))
      },
      onData(stream, session, done) {
        void read(stream).then(raw => {
          setTimeout(() => {
            const { mailFrom, rcptTo } = session.envelope
            taken.push(
              parse(
                raw,
                mailFrom ? mailFrom.address : '',
                rcptTo.map(({ address }) => address),
              ),
            )
            for (const wake of waiting) wake()
            done()
          }, way.milliseconds)
        }, done)
      },
    })
    // A client that goes away in the middle is no fault of the server's.
    started.on('error', () => {})
    await new Promise<void>(resolve => {
      started.listen(port, '127.0.0.1', () => resolve())
    })
    return started
  }

  return {
    url: `smtp://${user ? `${user.name}:${encodeURIComponent(user.password)}@` : ''}127.0.0.1:${port}`,
    letters: () => [...taken],
    untilLetter: isIt =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = taken.find(isIt)
          if (found) finish(() => resolve(found))
        }
        const late = setTimeout(() => finish(() => reject(new Error(`no such letter; ${summary(taken)}`))), 30_000)
        const finish = (end: () => void) => {
          clearTimeout(late)
          waiting.delete(look)
          end()
        }
        waiting.add(look)
        look()
      }),
    refuse(code = 550) {
      way.refusal = code
    },
    delay(milliseconds) {
      way.milliseconds = milliseconds
    },
    accept() {
      Object.assign(way, { refusal: 0, milliseconds: 0 })
    },
    stop: () => new Promise(resolve => server.close(() => resolve())),
    async start() {
      server = await listen()
    },
  }
}

function summary(letters: readonly Delivered[]): string {
  return `taken: ${letters.map(({ to, subject }) => `${subject} → ${to.join()}`).join(' | ') || 'none'}`
}

async function read(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', () => resolve()))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function parse(raw: string, from: string, to: readonly string[]): Delivered {
  const { headers, body } = split(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1]
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1)
  const part = (type: string) => {
    const found = parts.map(text => split(text.replace(/^\r\n/, ''))).find(each => typeOf(each.headers) === type)
    return found ? decoded(found.body, found.headers.get('content-transfer-encoding') ?? '').trim() : ''
  }
  return {
    from,
    to,
    subject: words(headers.get('subject') ?? ''),
    text: part('text/plain'),
    html: part('text/html'),
    id: (headers.get('message-id') ?? '').replace(/^<|>$/g, ''),
    raw,
  }
}

/** Header fields by lower-case name, unfolded, and what follows them. */
function split(raw: string): { headers: ReadonlyMap<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]/g, ' ')
    .split('\r\n')
  const fields = lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)])
  return { headers: new Map(fields as [string, string][]), body: raw.slice(end + 4) }
}

function typeOf(headers: ReadonlyMap<string, string>): string {
  return headers.get('content-type')?.split(';')[0] ?? 'text/plain'
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? unquoted(body.replaceAll(/=\r\n/g, '')) : body
}

/** RFC 2047 words of a header, of either encoding; blanks between two of them are not meant. */
function words(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, inner: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(inner, 'base64').toString('utf8')
        : unquoted(inner.replaceAll('_', ' ')),
    )
}

function unquoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
