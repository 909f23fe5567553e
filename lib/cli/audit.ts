import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type AuditReport, auditLog, FINDING_WORDS } from '../audit/audit.ts'
import type { Trusted } from '../audit/checkpoint.ts'
import { openSource } from '../audit/source.ts'
import { base64Encode } from '../core/bytes.ts'
import { parseFingerprint, parseVkey } from '../core/ledger/vkey.ts'
import { type Progress, startProgress } from './progress.ts'
import { runCommand } from './serve.ts'

const HELP = `npm run audit -- URL|DIR [--vkey VKEY | --key FINGERPRINT] [--policy FILE] [--folder DIR] [--json]

Fetches a whole log as C2SP tiles, from a site or a folder that was exported, and checks all of it without asking its server: who signed the
checkpoint, that the records come to the signed tree, that it leads on from every checkpoint an earlier run saw, every chain and signature, every
rule of custody, and every index of the log against the records before it.
  --vkey    the log's verifier key, from somewhere else than the log: without it whose log this is stays open
  --key     or the 26 characters of its fingerprint, as on a label
  --policy  a tlog-policy file: the witnesses that must have signed
  --folder  where fetched records, progress and seen checkpoints are kept; .data/audit/… otherwise. A later run goes on there
  --json    the report as one line of JSON
Exit: 0 everything holds, 1 something does not, 2 it could not be checked, or not to the end.
`

/** What cannot be used at all: exit 2, with this sentence. */
class Unusable extends Error {}

const pathOf = (path: string) => resolve(process.env.INIT_CWD ?? '.', path)

function parseCommand() {
  const options = {
    vkey: { type: 'string' },
    key: { type: 'string' },
    policy: { type: 'string' },
    folder: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Unusable(`${(error as Error).message}\n\n${HELP}`)
  }
}

function trustedBy(values: {
  vkey?: string | undefined
  key?: string | undefined
  policy?: string | undefined
}): Trusted {
  const { vkey, key, policy } = values
  if (vkey !== undefined && !parseVkey(vkey).ok) throw new Unusable(`--vkey is no verifier key: ${vkey}`)
  const fingerprint = key?.toUpperCase().replaceAll('-', '')
  if (fingerprint !== undefined && !parseFingerprint(fingerprint).ok) {
    throw new Unusable(`--key is no fingerprint of 26 characters: ${key}`)
  }
  return { vkey, fingerprint, ...(policy !== undefined && { policy: readText(policy) }) }
}

function readText(path: string): string {
  try {
    return readFileSync(pathOf(path), 'utf8')
  } catch (error) {
    throw new Unusable(`${path} cannot be read: ${(error as Error).message}`)
  }
}

/** One folder for each place that was named. */
const folderFor = (name: string) =>
  join('.data', 'audit', name.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9.-]+/g, '_'))

async function main(): Promise<number> {
  const { values, positionals } = parseCommand()
  const [name, ...more] = positionals
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  if (name === undefined || more.length > 0) throw new Unusable(HELP)
  const trusted = trustedBy(values)
  const source = await openSource(/^https?:\/\//.test(name) ? name : pathOf(name))
  if (!source.ok) throw new Unusable(`${name} shows no log: ${source.code}: ${source.detail}`)
  const folder = values.folder === undefined ? folderFor(name) : pathOf(values.folder)
  mkdirSync(folder, { recursive: true })
  const stop = new AbortController()
  // The second time it ends at once.
  process.once('SIGINT', () => stop.abort())
  let progress: Progress | undefined
  for await (const step of auditLog({ source: source.value, folder, trusted, signal: stop.signal })) {
    if (step.step === 'progress') {
      progress ??= startProgress({ title: 'records checked:', total: step.of })
      progress.at(step.done)
    } else if (step.step === 'end') {
      progress?.end()
      process.stdout.write(
        values.json ? `${JSON.stringify(plain(step.report))}\n` : wordsOf(step.report, { name, folder }),
      )
      return exitCodeOf(step.report)
    }
  }
  return 2
}

function exitCodeOf({ found, failure, interrupted }: AuditReport): 0 | 1 | 2 {
  if (found > 0 || failure?.code === 'log-key-other') return 1
  return failure || interrupted ? 2 : 0
}

/** Bytes as text. */
const plain = ({ head, ...report }: AuditReport) => ({
  ...report,
  ...(head && { head: { ...head, rootHash: base64Encode(head.rootHash) } }),
})

function wordsOf(report: AuditReport, { name, folder }: { name: string; folder: string }): string {
  const { head, leaves, resumedAt, events, indexLeaves, subjects, seen, findings, found, failure, interrupted } = report
  const count = (value: number) => value.toLocaleString('en')
  const lines: string[] = []
  if (head) {
    lines.push(`${head.origin}, ${count(head.size)} leaves, root ${base64Encode(head.rootHash)}`)
    lines.push(
      head.isKeyGiven
        ? 'The checkpoint is signed with the key you gave.'
        : `The checkpoint is signed with the key that the log itself shows (${head.fingerprint}). Whose log this is was not checked: give --vkey or --key from elsewhere.`,
    )
    if (head.witnesses) lines.push(`Witnesses: ${head.witnesses.detail}.`)
    lines.push(
      `${count(leaves)} leaves checked${resumedAt > 0 ? `, ${count(resumedAt)} of them in an earlier run and only hashed again` : ''}: ${count(events)} records of ${count(subjects)} subjects, ${count(indexLeaves)} indexes.`,
    )
    if (seen > 0) lines.push(`Compared with what earlier runs saw, checkpoints: ${count(seen)}.`)
  }
  for (const finding of findings) {
    const where = finding.leaf === undefined ? '' : `leaf ${finding.leaf}: `
    lines.push(`${where}${finding.code}: ${FINDING_WORDS[finding.code]}. ${finding.detail}`)
  }
  if (found > findings.length) lines.push(`… and ${count(found - findings.length)} more.`)
  if (failure) lines.push(`${name} could not be checked to the end: ${failure.code}: ${failure.detail}`)
  if (interrupted) lines.push(`Interrupted. The same command goes on from here; what it knows is in ${folder}.`)
  if (found > 0) lines.push(`${count(found)} findings: this log is not what it must be.`)
  else if (!failure && !interrupted) lines.push('Everything holds.')
  return `${lines.join('\n')}\n`
}

await runCommand(async () => {
  try {
    return await main()
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
})
