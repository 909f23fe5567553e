import { DriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils'

/** The server answers, and must not be used as it is set. */
export class UnfitServer extends Error {}

/** What PostgreSQL answered, in one word, where a reader of the log would have to look its number up. */
const CODES: Readonly<Record<string, string>> = {
  '55P03': 'lock-timeout',
  '57014': 'statement-timeout',
  '25P03': 'transaction-timeout',
  '53100': 'disk-full',
  '53300': 'too-many-connections',
  '25006': 'read-only-server',
}

// The server said that it is going, or is not there yet; class 08 says that the connection failed.
const GONE = /^(?:08...|57P0[1-5]|25P03|53300)$/

type PgError = Error & { readonly code?: string; readonly severity?: string; readonly detail?: string }

/** True where the connection is lost or was never made: what had been sent may have happened or not. */
export function isConnectionLost(error: unknown): boolean {
  if (isCrowded(error) || error instanceof UnfitServer || error instanceof TypeError || error instanceof RangeError)
    return false
  if (error instanceof DriverAdapterError) return error.cause.kind === 'ConnectionClosed'
  const { code, severity } = error as PgError
  // What the server answered has a severity; all else comes from the socket or the driver's own clocks.
  return severity === undefined || GONE.test(code ?? '')
}

// The pool's own words: all of its connections are at work. The server is well, and this process asks too much of it.
const isCrowded = (error: unknown) =>
  error instanceof Error && error.message === 'timeout exceeded when trying to connect'

/** The driver's error as Prisma spells them, behind the word for its cause; one that is spelled so already comes back as it is, and so does a bug. */
export function toDriverError(error: unknown): Error {
  if (error instanceof DriverAdapterError || error instanceof TypeError || error instanceof RangeError) return error
  const { code = '', message } = error as PgError
  const word = CODES[code] ?? (isConnectionLost(error) ? 'connection-lost' : isCrowded(error) ? 'crowded' : undefined)
  const originalMessage = word === undefined ? message : `${word}: ${message}`
  return new DriverAdapterError({ originalCode: code, originalMessage, ...causeOf(error as PgError) })
}

function causeOf(error: PgError): MappedError {
  const { code = '', severity = 'ERROR', message, detail } = error
  if (isConnectionLost(error)) return { kind: 'ConnectionClosed' }
  if (code === '40001' || code === '40P01') return { kind: 'TransactionWriteConflict' }
  return { kind: 'postgres', code, severity, message, detail, column: undefined, hint: undefined }
}
