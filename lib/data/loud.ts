import { logger } from '../monitor/logger.ts'
import { shout } from '../monitor/loud.ts'

/** What the operator must read although nothing stopped. */
export function warn(text: string): void {
  logger('log').warn(text)
  shout(`WARNING: ${text}`)
}
