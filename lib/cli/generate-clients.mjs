import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// A Prisma client is bound to its provider, so each database has its own, from one schema: the second schema is the first with two lines exchanged.

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'))

const FOLDER = 'lib/data/generated'

/** Replaces the one place of `from`; a schema that says it otherwise must not pass unseen. */
function exchange(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`prisma/schema.prisma does not hold ${from} once`)
  return text.replace(from, to)
}

function generate(schema) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/prisma/build/index.js', 'generate', `--schema=${schema}`],
    {
      stdio: 'inherit',
    },
  )
  if (status !== 0) process.exit(status ?? 1)
}

mkdirSync(FOLDER, { recursive: true })
const schema = readFileSync('prisma/schema.prisma', 'utf8')
const other = exchange(schema, 'provider = "sqlite"', 'provider = "postgresql"')
writeFileSync(`${FOLDER}/postgresql.prisma`, exchange(other, '"../lib/data/generated/sqlite"', '"./postgresql"'))
generate('prisma/schema.prisma')
generate(`${FOLDER}/postgresql.prisma`)
