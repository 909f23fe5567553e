import pino, { type Logger } from 'pino'
import { env, secretValues } from '../env.ts'
import { processWide } from './process-wide.ts'
import { requestId } from './request.ts'

const HIDDEN = '[hidden]'

/** Fields that are never written, at the top of a line and one level below. */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'secret',
  'token',
  'seed',
  'salt',
  'openings',
  'cookie',
  'set-cookie',
  'authorization',
  'firstRunCode',
  'first-run-code',
  'recoveryKey',
  'privateKey',
]

/** Replaces the value of every secret setting, and what stands before the @ of an address with a password. */
function hideIn(secrets: readonly string[], line: string): string {
  const hidden = secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
  return hidden.includes('@') ? hidden.replace(/(:\/\/)[^\s/"@]+:[^\s/"@]*@/g, `$1${HIDDEN}@`) : hidden
}

/** Settings that cannot be used must not keep their own complaint from being logged. */
function settings(): { level: string; secrets: readonly string[] } {
  try {
    return { level: env().logLevel, secrets: secretValues() }
  } catch {
    return { level: 'info', secrets: secretValues() }
  }
}

/** A logger over `destination`. Fields named like secrets and the values of secret settings do not reach it. */
export function createLogger(args: {
  level: string
  secrets: readonly string[]
  destination: { write(line: string): unknown }
}): Logger {
  const { level, secrets, destination } = args
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap(name => [`["${name}"]`, `*["${name}"]`]), censor: HIDDEN },
      mixin: () => {
        const id = requestId()
        return id === undefined ? {} : { requestId: id }
      },
    },
    { write: (line: string) => destination.write(hideIn(secrets, line)) },
  )
}

function root(): Logger {
  return processWide('logger', () => {
    // Commands print their answers on stdout: what is logged on the way goes to stderr there.
    // biome-ignore lint/style/noProcessEnv: set by Next itself, not by who runs it
    const fd = process.env.NEXT_RUNTIME === undefined ? 2 : 1
    return createLogger({ ...settings(), destination: pino.destination({ fd, sync: true }) })
  })
}

/**
 * Log lines of one part of the server (`room`: start, publish, http …), one JSON object a line: `time` (ISO), `level`, `room`, `msg`, the request's
 * number as `requestId` where one is being answered, and what the caller gives. Failures carry their `code`. No names, no addresses of people,
 * no queries: log lines are kept and shipped.
 */
export function logger(room: string): Logger {
  const rooms = processWide('loggers', () => new Map<string, Logger>())
  const made = rooms.get(room) ?? root().child({ room })
  rooms.set(room, made)
  return made
}
