import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  poweredByHeader: false,
  // Native code and WebAssembly loaded by file path: they stay in node_modules and are not bundled.
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3', '@prisma/schema-engine-wasm'],
}

export default createNextIntlPlugin('./lib/messages/request.ts')(config)
