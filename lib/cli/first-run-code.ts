import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The one-time code that the server has just put into `dataDir`; undefined for a log that is founded. */
export function firstRunCode(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'first-run.code'), 'utf8').trim()
  } catch {
    return undefined
  }
}
