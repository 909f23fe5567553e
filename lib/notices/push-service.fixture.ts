import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'

/** A push service on loopback, and one browser's keys with it. */
export type PushService = {
  /** For `PUSH_HOSTS`. */
  readonly origin: string
  /** What a browser would give its page: base64url. */
  readonly browser: { readonly endpoint: string; readonly p256dh: string; readonly auth: string }
  /** Messages taken, decrypted as the browser would. */
  readonly taken: readonly Pushed[]
  /** The next answers have this status. */
  answer(status: number): void
  /** The first message taken, now or within 30 s. */
  untilPushed(): Promise<Pushed>
  stop(): Promise<void>
}

export type Pushed = {
  readonly message: Readonly<Record<string, string>>
  /** Claims of the server's signed header, once its signature was checked, and the key that signed it. */
  readonly claims: { readonly aud: string; readonly sub: string; readonly exp: number }
  readonly key: string
  readonly headers: IncomingHttpHeaders
}

export async function startPushService(): Promise<PushService> {
  const ecdh = createECDH('prime256v1')
  const publicKey = ecdh.generateKeys()
  const auth = randomBytes(16)
  const taken: Pushed[] = []
  const waiting = new Set<(pushed: Pushed) => void>()
  let status = 201
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      if (status < 300) {
        const { authorization = '' } = request.headers
        const text = decrypt({ body: Buffer.concat(chunks), ecdh, publicKey, auth })
        const pushed = { ...vapid(authorization), message: JSON.parse(text), headers: request.headers }
        taken.push(pushed)
        for (const tell of waiting) tell(pushed)
      }
      response.writeHead(status).end()
    })
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const origin = `http://127.0.0.1:${address.port}`
  const encoded = (bytes: Buffer) => bytes.toString('base64url')
  return {
    origin,
    browser: { endpoint: `${origin}/push/1`, p256dh: encoded(publicKey), auth: encoded(auth) },
    taken,
    answer(next) {
      status = next
    },
    untilPushed: () =>
      new Promise((resolve, reject) => {
        const [first] = taken
        if (first) return resolve(first)
        const late = setTimeout(() => reject(new Error('nothing was pushed')), 30_000)
        waiting.add(pushed => {
          clearTimeout(late)
          resolve(pushed)
        })
      }),
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]) => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** RFC 8291 over RFC 8188, one record. */
function decrypt(args: { body: Buffer; ecdh: ReturnType<typeof createECDH>; publicKey: Buffer; auth: Buffer }): string {
  const { body, ecdh, publicKey, auth } = args
  const salt = body.subarray(0, 16)
  const length = body[20] ?? 0
  const theirs = body.subarray(21, 21 + length)
  const sealed = body.subarray(21 + length)
  const shared = hmac(auth, ecdh.computeSecret(theirs))
  const key = hmac(salt, hmac(shared, 'WebPush: info\0', publicKey, theirs, '\x01'))
  const secret = hmac(key, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16)
  const nonce = hmac(key, 'Content-Encoding: nonce\0\x01').subarray(0, 12)
  const decipher = createDecipheriv('aes-128-gcm', secret, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
}

/** RFC 8292: throws where the signature is not by the key that the header names. */
function vapid(authorization: string): Pick<Pushed, 'claims' | 'key'> {
  const [, jwt = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const [head, body = '', signature = ''] = jwt.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }
  const isSigned = verify('sha256', Buffer.from(`${head}.${body}`), signer, Buffer.from(signature, 'base64url'))
  if (!isSigned) throw new Error('the push is not signed by its key')
  return { claims: JSON.parse(Buffer.from(body, 'base64url').toString('utf8')), key }
}
