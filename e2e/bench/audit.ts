import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exportLog } from '../../lib/data/export.ts'
import { closeLog } from '../../lib/data/open-log.ts'
import type { Run } from './audit-run.ts'
import { foundLargeLog, growLog } from './large-log.ts'
import { type Section, section } from './section.ts'

const EVENTS = Number(process.env.BENCH_EVENTS ?? 100_000)
const RUN = fileURLToPath(new URL('audit-run.ts', import.meta.url))

/** `npm run audit` of an exported log, and `npm run fsck` of its database, against the time node:crypto needs for their hashes and signatures alone. `BENCH_EVENTS` makes the log longer. */
export async function measureAudit(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  const databaseUrl = `file:${join(dataDir, 'throughline.db')}`
  const folder = join(dataDir, 'export')
  try {
    const large = await foundLargeLog({ dataDir, databaseUrl, isDemo: true, logOrigin: 'demo.invalid/large' })
    await growLog(large, EVENTS)
    const vkey = large.log.signer?.vkey ?? ''
    await closeLog(large.log)
    for await (const step of exportLog({ url: databaseUrl, folder })) {
      if (step.step === 'refused') throw new Error(step.code)
    }
    const crypto = await run('crypto', folder, vkey)
    const audit = await run('audit', folder, vkey)
    const fsck = await run('fsck', databaseUrl, vkey)
    const again = await run('crypto', folder, vkey)
    // Before and after, because a machine that others use is not the same for long.
    const alone = (crypto.seconds / crypto.leaves + again.seconds / again.leaves) / 2
    const ratioOf = ({ seconds, leaves }: Run) => seconds / leaves / alone
    return section({
      measured: {
        auditToCrypto: ratioOf(audit),
        fsckToCrypto: ratioOf(fsck),
        auditSeconds: audit.seconds,
        fsckSeconds: fsck.seconds,
        cryptoSeconds: alone * audit.leaves,
        auditMegabytes: audit.megabytes,
        fsckMegabytes: fsck.megabytes,
      },
      bounds: {
        auditToCrypto: { atMost: 3 },
        fsckToCrypto: { atMost: 3 },
        auditMegabytes: { atMost: 500 },
        fsckMegabytes: { atMost: 500 },
      },
      dataset: `${audit.leaves} leaves: consignments of twenty events with one sealed place each, an index leaf every 10,000; each command in a process of its own, the log in the page cache; peer: node:crypto one after the other, SHA-256 of each leaf, event and inner node, and one Ed25519 verification an event`,
    })
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

async function run(what: string, place: string, vkey: string): Promise<Run> {
  const args = ['--conditions=react-server', '--import', 'tsx', RUN, what, place, vkey]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Run
}
