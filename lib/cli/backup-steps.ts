import { resolve } from 'node:path'
import type { BackupStep } from '../data/backup.ts'
import { Plain } from './serve.ts'

/** Progress on a terminal, findings everywhere. */
export function printStep(step: BackupStep): void {
  if (step.step === 'progress') {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step.what}: ${step.done} of ${step.of}`)
    return
  }
  const { code, leaf, detail } = step.finding
  process.stderr.write(`${leaf === undefined ? '' : `leaf ${leaf}: `}${code}: ${detail}\n`)
}

/** The one file of the command line, from where npm was started; undefined where help was asked for and given. Throws the help where it is anything else. */
export function fileAsked(help: string): string | undefined {
  const [given, ...more] = process.argv.slice(2)
  if (given === undefined || more.length > 0) throw new Plain(help)
  if (given !== '--help' && given !== '-h') return resolve(process.env.INIT_CWD ?? '.', given)
  console.log(help)
  return undefined
}
