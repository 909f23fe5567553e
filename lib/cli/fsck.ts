import { isPostgresql, shownUrl } from '../data/addresses.ts'
import { type FsckStep, fsck } from '../data/fsck.ts'
import { env } from '../env.ts'

const HELP = `npm run fsck [-- DATABASE]

Derives every hash, chain, tree head, checkpoint, rule, projection and opening of a log again from its leaves, and names each difference.
DATABASE is an SQLite file or a postgresql:// address; without it, the one of DATABASE_URL. Reads only, and needs no running server.
Exit: 0 nothing differs, 1 something does, 2 there is no such database.`

/** One line a finding; the progress on a terminal only, so that a file holds findings and the last line. */
function print(step: FsckStep): void {
  const isTerminal = process.stderr.isTTY
  switch (step.step) {
    case 'progress':
      if (isTerminal) process.stderr.write(`\r${step.done} of ${step.of} leaves`)
      return
    case 'finding': {
      const { code, leaf, detail } = step.finding
      if (isTerminal) process.stderr.write('\r')
      console.log(`${leaf === undefined ? '' : `leaf ${leaf}: `}${code}: ${detail}`)
      return
    }
    case 'end':
      if (isTerminal) process.stderr.write('\r')
      console.log(`${step.leaves} leaves, ${step.findings === 0 ? 'nothing differs' : `${step.findings} findings`}`)
  }
}

const [given] = process.argv.slice(2)
if (given === '--help' || given === '-h') {
  console.log(HELP)
} else {
  const isFile = given !== undefined && !isPostgresql(given)
  const url = isFile ? `file:${given.replace(/^file:/, '')}` : (given ?? env().databaseUrl)
  try {
    for await (const step of fsck(url)) {
      print(step)
      if (step.step === 'end') process.exitCode = step.findings === 0 ? 0 : 1
    }
  } catch (error) {
    console.error(`${shownUrl(url)} cannot be checked: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 2
  }
}
