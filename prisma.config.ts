import { defineConfig } from 'prisma/config'

// The CLI downloads its native engine unless one is named. `generate` needs none, and migrations run through
// @prisma/schema-engine-wasm (lib/data), so any executable will do and no download is tried.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations/sqlite' } })
