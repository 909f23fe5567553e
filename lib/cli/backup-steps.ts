import type { BackupStep } from '../data/backup.ts'

/** Progress on a terminal, findings everywhere. */
export function printStep(step: BackupStep): void {
  if (step.step === 'progress') {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step.what}: ${step.done} of ${step.of}`)
    return
  }
  const { code, leaf, detail } = step.finding
  process.stderr.write(`${leaf === undefined ? '' : `leaf ${leaf}: `}${code}: ${detail}\n`)
}
