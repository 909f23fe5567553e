import { logger } from './logger.ts'
import { shout } from './loud.ts'
import { processWide } from './process-wide.ts'
import { stopAll } from './stopping.ts'

/** Below the ten seconds that container engines wait before they kill. */
export const STOP_LIMIT_MILLISECONDS = 9000
/** Ctrl+C reaches a server twice, from the terminal and from the command that started it: that is one wish. */
const ONE_WISH_MILLISECONDS = 1000
const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/**
 * From here on SIGTERM and SIGINT end this process in order: everything registered with `onStop`, then exit 0; exit 1 where a step failed or the
 * limit passed. A second signal ends it at once. Next's own handlers go: they would exit with 143 beside ours, whatever is still being recorded.
 */
export function stopOnSignals(): void {
  processWide('signals', () => {
    let since: number | undefined
    for (const signal of SIGNALS) {
      process.removeAllListeners(signal)
      process.on(signal, () => {
        if (since === undefined) {
          since = performance.now()
          void stop(signal)
        } else if (performance.now() - since > ONE_WISH_MILLISECONDS) {
          shout(`Ended at once by a second ${signal}.`)
          process.exit(signal === 'SIGINT' ? 130 : 143)
        }
      })
    }
    return true
  })
}

async function stop(signal: string): Promise<void> {
  const log = logger('stop')
  const since = performance.now()
  let current = ''
  log.info({ signal }, 'stopping: nothing new is taken')
  setTimeout(() => {
    log.fatal({ code: 'stop-too-slow', step: current }, 'ended before everything had ended by itself')
    process.exit(1)
  }, STOP_LIMIT_MILLISECONDS).unref()
  const failed = await stopAll(step => {
    current = step
  })
  for (const { name, error } of failed) log.error({ code: 'stop-failed', step: name, err: error }, 'a step failed')
  log.info({ ms: Math.round(performance.now() - since) }, 'stopped')
  process.exit(failed.length > 0 ? 1 : 0)
}
