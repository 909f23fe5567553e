import { z } from 'zod'

const port = z
  .string()
  .regex(/^[1-9][0-9]{0,4}$/)
  .transform(Number)
  .refine(n => n <= 65_535)
const isSeed = (text: string) => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === 32 && bytes.toString('base64') === text
}
const isMailServer = (text: string) => {
  const { protocol, hostname, pathname, search, hash, username, password } = URL.canParse(text) ? new URL(text) : NONE
  const isWhole = hostname !== '' && (username === '') === (password === '') && !text.includes(' ')
  return ['smtp:', 'smtps:'].includes(protocol) && isWhole && ['', '/'].includes(pathname) && search + hash === ''
}
const isDatabase = (text: string) =>
  /^file:./.test(text) || (/^postgres(?:ql)?:\/\/[^/]*\/[^/?]/.test(text) && URL.canParse(text))
const NONE = new URL('none:')
const isOrigin = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text

/** One entry a variable: how it is read, and what a person is told when it cannot be. */
const variables = {
  PORT: [port, 'a port number from 1 to 65535'],
  DATA_DIR: [z.string(), 'a folder'],
  DATABASE_URL: [
    z.string().refine(isDatabase),
    'file: and the path of an SQLite database, or postgresql://user:password@host/database',
  ],
  LOG_ORIGIN: [
    z.string().regex(/^[^\s+\p{C}]{1,255}$/u),
    'a name without blanks or plus signs, such as relief.example.org/log',
  ],
  LOG_KEY: [z.string().refine(isSeed), 'the base64 of a 32-byte Ed25519 seed'],
  WITNESS_POLICY: [z.string(), 'the path of a tlog-policy file'],
  PUBLIC_URL: [
    z.string().refine(isOrigin),
    'http:// or https://, a host in lower case, perhaps a port, and nothing after it',
  ],
  SMTP_URL: [
    z.string().refine(isMailServer),
    'smtp:// or smtps://, perhaps a user and a password, a host and perhaps a port, such as smtp://user:password@mail.example.org:587',
  ],
  MAIL_FROM: [
    z.string().regex(/^(?:[^\p{C}<>"]{1,80} <[^\s\p{C}<>"@]+@[^\s\p{C}<>"@]+>|[^\s\p{C}<>"@]+@[^\s\p{C}<>"@]+)$/u),
    'an address, such as log@relief.example.org or Relief <log@relief.example.org>',
  ],
  PUSH_HOSTS: [
    z
      .string()
      .transform(text => text.split(/\s+/))
      .refine(origins => origins.every(isOrigin)),
    'origins with blanks between them, such as https://push.example.org',
  ],
  TRUSTED_PROXIES: [
    z
      .string()
      .regex(/^[0-8]$/)
      .transform(Number),
    'how many proxies stand in front, from 0 to 8',
  ],
  LOG_LEVEL: [
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'trace, debug, info, warn, error, fatal or silent',
  ],
  METRICS_TOKEN: [z.string().regex(/^[\x21-\x7e]{16,}$/), 'at least 16 printable characters without blanks'],
  DEMO: [z.enum(['0', '1']), '1 for the demo, 0 or nothing otherwise'],
} as const

const SECRET: readonly string[] = ['LOG_KEY', 'SMTP_URL', 'METRICS_TOKEN']
/** An address that may hold a password: itself no secret. */
const WITH_PASSWORD: readonly string[] = [...SECRET, 'DATABASE_URL']

export type Env = {
  readonly port: number
  /** Folder of the database, the log key and the rollback guard. */
  readonly dataDir: string
  readonly databaseUrl: string
  /** Where other people reach this server: scheme, host and port, no final slash. */
  readonly publicUrl: string
  readonly isDemo: boolean
  /** Name of the log; chosen once, when the log is founded. */
  readonly logOrigin: string | undefined
  /** Ed25519 seed, base64; without it the key is the file `log.key` in the data folder. */
  readonly logKey: string | undefined
  /** Path of the tlog-policy file that names the witnesses to ask; without it none is. */
  readonly witnessPolicy: string | undefined
  /** Origins that may be posted to for web push beside the browsers' own services. */
  readonly pushHosts: readonly string[]
  /** Proxies in front of this server whose word about who asks is taken. */
  readonly trustedProxies: number
  /** Least important lines that are still logged. */
  readonly logLevel: string
  /** What a monitor says to read `/metrics`; without it that page is not there. */
  readonly metricsToken: string | undefined
  /** The mail server, with its password; without it no letter is sent and links are shown. */
  readonly smtpUrl: string | undefined
  /** Who letters are from, `a@b` or `Name <a@b>`; without it throughline@ the host of `publicUrl`. */
  readonly mailFrom: string | undefined
}

/** Settings from environment variables; an empty one counts as not set. Throws one error that names every bad variable, what was given and what was expected. */
export function parseEnv(given: Readonly<Record<string, string | undefined>>): Env {
  const wrong: string[] = []
  const read = <Name extends keyof typeof variables>(name: Name): z.infer<(typeof variables)[Name][0]> | undefined => {
    const text = given[name]
    if (text === undefined || text === '') return undefined
    const [schema, expected] = variables[name]
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data as z.infer<(typeof variables)[Name][0]>
    const isSecret = SECRET.includes(name) || (WITH_PASSWORD.includes(name) && text.includes('@'))
    const shown = isSecret ? `${text.length} characters (not shown)` : JSON.stringify(text)
    wrong.push(`${name} is ${shown}; expected ${expected}`)
    return undefined
  }
  const dataDir = read('DATA_DIR') ?? '.data'
  const port = read('PORT') ?? 3000
  const env: Env = {
    port,
    dataDir,
    databaseUrl: read('DATABASE_URL') ?? `file:${dataDir}/throughline.db`,
    publicUrl: read('PUBLIC_URL') ?? `http://localhost:${port}`,
    isDemo: read('DEMO') === '1',
    logOrigin: read('LOG_ORIGIN'),
    logKey: read('LOG_KEY'),
    witnessPolicy: read('WITNESS_POLICY'),
    trustedProxies: read('TRUSTED_PROXIES') ?? 0,
    logLevel: read('LOG_LEVEL') ?? 'info',
    metricsToken: read('METRICS_TOKEN'),
    smtpUrl: read('SMTP_URL'),
    mailFrom: read('MAIL_FROM'),
    pushHosts: read('PUSH_HOSTS') ?? [],
  }
  if (wrong.length > 0) throw new Error(`The environment cannot be used:\n  ${wrong.join('\n  ')}`)
  return env
}

let parsed: Env | undefined

/** This process's settings, parsed on first use and then fixed; importing this file reads nothing (`next build` has no environment). */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

/** Values of this process's secret settings as they stand in the environment, and the password in an address: what no log line may hold. */
export function secretValues(given: Readonly<Record<string, string | undefined>> = process.env): string[] {
  const values = SECRET.flatMap(name => given[name] || [])
  const addresses = WITH_PASSWORD.flatMap(name => given[name] || [])
  const passwords = addresses.flatMap(value => (URL.canParse(value) ? new URL(value).password : []))
  const typed = passwords.flatMap(password => (/%(?![0-9a-f]{2})/i.test(password) ? [] : decodeURIComponent(password)))
  return [...values, ...passwords, ...typed].filter(value => value.length >= 4)
}
