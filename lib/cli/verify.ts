import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Trusted } from '../core/evidence/log-checks.ts'
import type { Report } from '../core/evidence/report.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { parseFingerprint, parseVkey } from '../core/ledger/vkey.ts'
import { verifyNatively } from './ed25519.ts'
import { formatReport } from './report-text.ts'

const USAGE = `npm run verify -- FILE [--vkey VKEY] [--policy FILE] [--json]

Checks an evidence file by itself; no network, no database. FILE may be - for standard input.
  --vkey    the log's verifier key as its page /log shows it, or the 26 characters of its fingerprint on a label
  --policy  a file that names trusted witnesses; so far only an empty one is known (it asks for none)
  --json    the whole report as one line of JSON

Exit: 0 verified · 1 a check failed · 2 unusable input · 3 nothing failed, but not verified (the reason is printed)
`

/** What cannot be used at all: exit 2, with this sentence. */
class Unusable extends Error {}

/** Paths are meant from where the person typed them; npm runs us in the project's folder. */
const pathOf = (path: string) => resolve(process.env.INIT_CWD ?? '.', path)

function readBytes(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path === '-' ? 0 : pathOf(path)))
  } catch (error) {
    throw new Unusable(`${path} cannot be read: ${(error as Error).message}`)
  }
}

function trustedBy(text: string | undefined): Trusted {
  if (text === undefined) return {}
  const fingerprint = text.toUpperCase().replaceAll('-', '')
  if (parseFingerprint(fingerprint).ok) return { fingerprint }
  const vkey = parseVkey(text)
  if (vkey.ok) return { vkey: text }
  throw new Unusable(`--vkey is neither a verifier key nor a fingerprint of 26 characters: ${vkey.detail}`)
}

/** Blank lines and comments (`#`) name nobody. Witnesses are a later version's: a policy that this program would ignore is refused. */
function checkPolicy(path: string | undefined): void {
  if (path === undefined) return
  const lines = Buffer.from(readBytes(path)).toString('utf8').split(/\r?\n/)
  const named = lines.find(line => line.trim() !== '' && !line.trim().startsWith('#'))
  if (named !== undefined) {
    throw new Unusable(`${path} asks for witnesses, and this version cannot check them: nothing was verified.`)
  }
}

function readEvidence(path: string): Uint8Array {
  const bytes = readBytes(path)
  if (Buffer.from(bytes.subarray(0, 40)).toString('latin1').startsWith('c2sp.org/tlog-proof@')) {
    throw new Unusable(
      `${path} proves that one record is in a log; this command reads evidence files (throughline/evidence/v1).`,
    )
  }
  return bytes
}

function exitCodeOf({ verdict, unusable }: Report): 0 | 1 | 2 | 3 {
  if (unusable) return 2
  return verdict === 'verified' ? 0 : verdict === 'failed' ? 1 : 3
}

function parseCommand() {
  const options = {
    vkey: { type: 'string' },
    policy: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Unusable(`${(error as Error).message}\n\n${USAGE}`)
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseCommand()
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new Unusable(USAGE)
  checkPolicy(values.policy)
  const trusted = trustedBy(values.vkey)
  const report = await verifyEvidence({ bytes: readEvidence(path), trusted, verify: verifyNatively })
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : formatReport(report))
  return exitCodeOf(report)
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Unusable)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
