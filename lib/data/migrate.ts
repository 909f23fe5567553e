import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type * as Engine from '@prisma/schema-engine-wasm'
import { filePath, isPostgresql } from './addresses.ts'
import { withLock } from './files.ts'
import { aloneOnPostgresql } from './postgresql-making.ts'
import { query } from './sql.ts'

const FILTERS = { externalTables: [], externalEnums: [] }

/** Files of this program that lie beside the code; it is always started from its own folder. */
const programFolder = (): string => process.cwd()
const prismaFolder = () => join(programFolder(), 'prisma')

/** Text of a file of this program, by its path from the program's folder. */
export const readProgramFile = (path: string): Promise<string> =>
  readFile(join(/* turbopackIgnore: true */ programFolder(), path), 'utf8')

/**
 * Brings the database at `url` (`file:…` or `postgresql://…`) to this program's schema with Prisma's own schema engine, built as WebAssembly (the CLI's
 * native one is a download that locked-down networks refuse). It keeps Prisma's own list of what was applied, so `prisma migrate deploy` agrees.
 * Names what it applied; nothing the second time. Of several processes that start at once one migrates and the others wait for it. Throws where a
 * migration fails, or another process has an SQLite database open while one is due: the server must not start on half a schema.
 */
export async function migrate(url: string): Promise<string[]> {
  const name = providerOf(url)
  const provider = PROVIDERS[name]
  const baseDir = join(prismaFolder(), 'migrations', name)
  const names = await readNames(baseDir)
  return provider.alone(url, async () => {
    // SQLite's engine wants the database for itself, so it is left alone where nothing is due: another process may be serving.
    const applied = await readApplied(url)
    if (names.every(name => applied.has(name))) return []
    const migrationDirectories = await Promise.all(
      names.map(async path => {
        const value = await readFile(join(baseDir, path, 'migration.sql'), 'utf8')
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
      }),
    )
    const lockfile = { path: 'migration_lock.toml', content: `provider = "${name}"\n` }
    const migrationsList = { baseDir, shadowDbInitScript: '', lockfile, migrationDirectories }
    return withEngine(url, async engine => {
      const { appliedMigrationNames } = await engine.applyMigrations({ filters: FILTERS, migrationsList })
      return appliedMigrationNames
    })
  })
}

async function readNames(baseDir: string): Promise<string[]> {
  const entries = await readdir(baseDir, { withFileTypes: true })
  return entries.flatMap(entry => (entry.isDirectory() ? entry.name : [])).sort()
}

/** Whether the database at `url` has this program's schema, neither less nor more. Changes nothing. */
export async function isMigrated(url: string): Promise<boolean> {
  const names = await readNames(join(prismaFolder(), 'migrations', providerOf(url)))
  const applied = await readApplied(url)
  return names.length === applied.size && names.every(name => applied.has(name))
}

/** What the two databases do differently: how to connect, where Prisma's list stands, and how one process migrates alone. */
const PROVIDERS = {
  sqlite: {
    factory: (url: string) => new PrismaBetterSqlite3({ url }),
    list: `SELECT name FROM sqlite_master WHERE name = '_prisma_migrations'`,
    alone: <Value>(url: string, body: () => Promise<Value>) => withLock(`${filePath(url)}.migrating`, body),
  },
  postgresql: {
    factory: (url: string) => new PrismaPg({ connectionString: url, max: 1 }),
    list: `SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'`,
    alone: aloneOnPostgresql,
  },
} as const

const providerOf = (url: string) => (isPostgresql(url) ? 'postgresql' : 'sqlite')

/** Names of the migrations that Prisma's own list says were applied. */
async function readApplied(url: string): Promise<Set<string>> {
  const { factory, list } = PROVIDERS[providerOf(url)]
  const adapter = await factory(url).connect()
  try {
    const [table] = await query(adapter, list)
    if (!table) return new Set()
    const sql = 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
    return new Set((await query(adapter, sql)).map(row => String(row[0])))
  } finally {
    await adapter.dispose()
  }
}

/**
 * SQL that leads from the schema `from` (the text of an older schema.prisma, '' for no tables) to this program's; for writing a migration. `url`: of a
 * database of the kind that is meant; nothing is changed there.
 */
export async function diffSchema(from: string, url = 'file::memory:'): Promise<string> {
  const schema = (text: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content: text }],
  })
  const to = schema(await readSchema(url))
  return withEngine(url, async engine => {
    const { stdout } = await engine.diff({
      from: from === '' ? { tag: 'empty' } : schema(forProvider(from, url)),
      to,
      script: true,
      exitCode: null,
      filters: FILTERS,
    })
    // Texts are compared by their bytes on both databases, whatever language the server's administrator speaks.
    return isPostgresql(url) ? (stdout ?? '').replace(/\bTEXT\b/g, 'TEXT COLLATE "C"') : (stdout ?? '')
  })
}

const forProvider = (schema: string, url: string) =>
  schema.replace('provider = "sqlite"', `provider = "${providerOf(url)}"`)

const readSchema = async (url: string) => forProvider(await readProgramFile('prisma/schema.prisma'), url)

/** Runs `use` with an engine on `url`. The engine never closes its connections, and an open one keeps an exclusive lock: they are closed here. */
async function withEngine<Value>(url: string, use: (engine: Engine.SchemaEngine) => Promise<Value>): Promise<Value> {
  const { SchemaEngine } = await loadEngine()
  const factory: SqlMigrationAwareDriverAdapterFactory = PROVIDERS[providerOf(url)].factory(url)
  const opened: { dispose(): Promise<void> }[] = []
  for (const name of ['connect', 'connectToShadowDb'] as const) {
    const connect = factory[name].bind(factory)
    factory[name] = async () => {
      const adapter = await connect()
      opened.push(adapter)
      return adapter
    }
  }
  const schema = await readSchema(url)
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory)
    return await use(await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter))
  } finally {
    for (const adapter of opened) await adapter.dispose()
  }
}

let engine: Promise<typeof Engine> | undefined

/** The package's own entry expects a bundler that loads WebAssembly; this does by hand what such a bundler would. */
function loadEngine(): Promise<typeof Engine> {
  engine ??= (async () => {
    const folder = join(programFolder(), 'node_modules/@prisma/schema-engine-wasm')
    const glueUrl = pathToFileURL(join(folder, 'schema_engine_bg.js')).href
    const glue = await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ glueUrl)
    const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'))
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
    glue.__wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
    return glue as typeof Engine
  })()
  return engine
}
