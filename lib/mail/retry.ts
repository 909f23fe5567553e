import 'server-only'
import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { type Letter, sendLetter } from './transport.ts'

const SECOND = 1000
/** When a letter that found the server unreachable is tried again: six times over about three hours. */
const PAUSES = [10 * SECOND, 60 * SECOND, 300 * SECOND, 900 * SECOND, 3600 * SECOND, 7200 * SECOND]
const MOST_WAITING = 1000

// A bundler evaluates this module more than once in one process; what waits is counted once.
const HOME = Symbol.for('throughline.letters-waiting')
type Home = { [HOME]?: { count: number } }

/**
 * Sends a letter that nobody waits for, now and, where the server is unreachable, again later. Kept in memory alone, since it holds a secret: a restart
 * forgets what waits, and whoever asked for a link asks again. Never throws.
 */
export function sendSoon(letter: Letter): void {
  void attempt(letter, 0)
}

async function attempt(letter: Letter, tried: number): Promise<void> {
  const sent = await sendLetter(letter)
  measures().mails.inc({ outcome: sent.ok ? 'sent' : sent.code })
  if (sent.ok) return
  const pause = sent.code === 'mail-unreachable' ? PAUSES[tried] : undefined
  const global = globalThis as Home
  global[HOME] ??= { count: 0 }
  const waiting = global[HOME]
  if (pause === undefined || waiting.count >= MOST_WAITING) {
    logger('mail').warn({ code: sent.code, detail: sent.detail, tried: tried + 1 }, 'a letter was given up')
    return
  }
  waiting.count += 1
  const timer = setTimeout(() => {
    waiting.count -= 1
    void attempt(letter, tried + 1)
  }, pause)
  // A server that is told to stop does not wait for it.
  timer.unref()
}
