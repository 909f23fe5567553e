import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Finding, fsck } from './fsck.ts'
import type { LogSettings, ReadOnlyCode } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { query } from './sql.ts'

const APPENDER = fileURLToPath(new URL('appender.fixture.ts', import.meta.url))

/** Starts a process that appends `count` events with eight callers; `lines` grows as it speaks. */
export function startAppender({ dataDir, databaseUrl }: LogSettings, prefix: string, count: number) {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', APPENDER, dataDir, databaseUrl, prefix, String(count)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines: string[] = []
  let rest = ''
  child.stdout.on('data', chunk => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  return { child, lines }
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.once('close', code => resolve(code)))
}

/** The lines that acknowledge: index and event hash. */
export function acknowledged(lines: readonly string[]): string[] {
  return lines.filter(line => /^[0-9]+ [0-9a-f]{64}$/.test(line))
}

export async function findingsOf(databaseUrl: string): Promise<Finding[]> {
  const found: Finding[] = []
  for await (const step of fsck(databaseUrl)) if (step.step === 'finding') found.push(step.finding)
  return found
}

/** What the database holds, spelled as acknowledgements are, and whether a fresh process would go on. */
export async function namesOf(settings: LogSettings): Promise<{ readOnly: ReadOnlyCode | undefined; names: string[] }> {
  const log = await openLog(settings)
  const rows = await query(log.adapter, 'SELECT "leafIndex", "hash" FROM "EventName" ORDER BY "leafIndex"')
  const readOnly = log.readOnly?.code
  await closeLog(log)
  return { readOnly, names: rows.map(row => `${row[0]} ${row[1]}`) }
}
