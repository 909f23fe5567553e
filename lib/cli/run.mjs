import { spawn } from 'node:child_process'

const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`

/**
 * Runs a program without a shell and keeps its output. Never rejects: a program that cannot be started answers code 127.
 * @param {string[]} command program, then its arguments
 * @param {{ env?: Record<string, string | undefined> }} [options] added to this process's environment
 * @returns {Promise<{ code: number, output: string, took: string }>}
 */
export function run([program, ...args], { env = {} } = {}) {
  const since = Date.now()
  return new Promise(resolve => {
    let output = ''
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
    child.on('error', error => resolve({ code: 127, output: `${output}${error.message}\n`, took: seconds(since) }))
    child.on('close', (code, signal) => {
      if (signal) output += `ended by ${signal}\n`
      resolve({ code: code ?? 1, output, took: seconds(since) })
    })
  })
}

/** Writes one line a person reads. To stderr: stdout belongs to the command that follows (`verify --json`). */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * {@link run} with a name and the time passed: every second on a terminal, every 20 seconds in a log.
 * @param {string} title
 * @param {string[]} command
 * @param {{ env?: Record<string, string | undefined> }} [options]
 */
export async function runLong(title, command, options) {
  const since = Date.now()
  const isTerminal = process.stderr.isTTY
  if (!isTerminal) say(`${title} …`)
  const tick = () =>
    isTerminal ? process.stderr.write(`\r${title} … ${seconds(since)} `) : say(`  still at it, ${seconds(since)}`)
  const timer = setInterval(tick, isTerminal ? 1000 : 20_000)
  const result = await run(command, options)
  clearInterval(timer)
  say(`${isTerminal ? '\r' : ''}${title} … ${result.code === 0 ? 'done' : 'failed'} after ${result.took}`)
  return result
}
