import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A production server that this command started. */
export interface Served {
  readonly url: string
  /** Exit code, once the server has ended by itself or this process was asked to end and has ended the server first. */
  readonly ended: Promise<number>
  /** Ends the server and waits for it. */
  stop(): Promise<void>
}

/** What a person can do something about; printed without a stack. */
export class Plain extends Error {}

const NEXT = 'node_modules/next/dist/bin/next'

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
    const isGone = await Promise.race([exited.then(() => true), sleep(5000, false, { ref: false })])
    if (!isGone) child.kill('SIGKILL')
    await exited
  }
  let isAsked = false
  void asked().then(() => {
    isAsked = true
    return stop()
  })
  const ended = exited.then(code => (isAsked ? 0 : code))
  let isEnded = false
  void ended.then(() => {
    isEnded = true
  })
  const url = `http://localhost:${port}`
  let status = await askHealth(url)
  for (; status === undefined && !isEnded; status = await askHealth(url)) await sleep(100)
  if (status === undefined) throw new Plain('The server ended before it answered; if it said why, that stands above.')
  if (status !== 200 && status !== 503) {
    await stop()
    throw new Plain('The server cannot open its log; why stands above.')
  }
  return { url, ended, stop }
}

/** Resolves once someone wants this process to end. */
function asked(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
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

/** HTTP status of `/healthz`: 200 and 503 are its own words, all else comes from a server that could not open its log. Undefined: no answer. */
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
