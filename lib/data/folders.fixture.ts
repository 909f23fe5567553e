import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A new folder with nothing in it; it goes with this process. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
  made.push(folder)
  return folder
}
