import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A production server that this command started. */
export interface Served {
  readonly url: string
  /** The server's exit code, once it has ended by itself or because this process was asked to end: 0 where it ended in order. */
  readonly ended: Promise<number>
  /** Ends the server and waits for it. */
  stop(): Promise<void>
}

/** What a person can do something about; printed without a stack. */
export class Plain extends Error {}

const NEXT = 'node_modules/next/dist/bin/next'
/** A server ends itself within nine seconds (lib/monitor/signals.ts); this is for one that cannot. */
const STOP_MILLISECONDS = 12_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Starts `next start` on `port` and waits until it answers. `env` is added to this process's; `args` reach the server's `process.argv`.
 * Throws {@link Plain} where the port is taken, the server ends before it answers, or it cannot open its log.
 */
export async function serve(args: {
  port: number
  env: Readonly<Record<string, string>>
  args?: readonly string[]
  isQuiet?: boolean
}): Promise<Served> {
  const { port, env, isQuiet = false } = args
  await checkFree(port)
  const command = [NEXT, 'start', '-p', String(port), ...(args.args?.length ? ['.', '--', ...args.args] : [])]
  const child = spawn(process.execPath, command, {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env, PORT: String(port) },
    stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'],
  })
  const exited = new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)))
  const stop = async () => {
    child.kill('SIGTERM')
    const isGone = await Promise.race([exited.then(() => true), sleep(STOP_MILLISECONDS, false, { ref: false })])
    if (!isGone) child.kill('SIGKILL')
    await exited
  }
  let isAsked = false
  void asked().then(() => {
    isAsked = true
    // Whoever asks a second time does not want to wait: the server takes that as its second signal.
    for (const signal of SIGNALS) process.on(signal, () => child.kill('SIGTERM'))
    return stop()
  })
  // Ended by the signal itself: it was still starting, and nothing had begun that had to end in order.
  const ended = exited.then(code => (isAsked && [130, 143].includes(code) ? 0 : code))
  let isEnded = false
  void ended.then(() => {
    isEnded = true
  })
  const url = `http://localhost:${port}`
  let status = await askHealth(url)
  for (; status === undefined && !isEnded; status = await askHealth(url)) await sleep(100)
  if (status === undefined) throw new Plain('The server ended before it answered; if it said why, that stands above.')
  if (status !== 200) {
    await stop()
    throw new Plain('The server cannot open its log; why stands above.')
  }
  return { url, ended, stop }
}

/** Resolves once someone wants this process to end. */
function asked(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of SIGNALS) process.once(signal, () => resolve())
    // npm's shell does not hand signals on: where it is gone, whoever started us wanted us gone.
    const parent = process.ppid
    if (process.env.npm_lifecycle_event === undefined) return
    setInterval(() => process.ppid !== parent && resolve(), 1000).unref()
  })
}

async function checkFree(port: number): Promise<void> {
  const probe = createServer()
  probe.listen(port)
  const [problem] = await Promise.race([once(probe, 'listening').then(() => []), once(probe, 'error')]).catch(error => [
    error,
  ])
  if (problem) {
    const { code } = problem as NodeJS.ErrnoException
    throw new Plain(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1} npm run …`
        : `Port ${port} cannot be used: ${problem}`,
    )
  }
  probe.close()
  await once(probe, 'close')
}

/** HTTP status of `/healthz`: 200 from a server that has opened its log, ready to record or not. Undefined: no answer. */
async function askHealth(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}

/** Runs a command's `main` and ends the process with its exit code; a {@link Plain} error is one sentence on stderr and exit 1. */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main())
  } catch (error) {
    if (!(error instanceof Plain)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
