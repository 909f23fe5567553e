import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'
import createNextIntlPlugin from 'next-intl/plugin'
import { TAKES_GZIP } from './lib/takes-gzip.ts'

/** Scripts by names that hold a hash of their content, and who takes them as brotli; `lib/cli/compress-scripts.mjs` makes those after a build. */
const SCRIPTS = ['/_next/static/chunks/:name(.*\\.js)', '/seal/:name(.*\\.js)']
const takesBrotli: { type: 'header'; key: string; value: string }[] = [
  { type: 'header', key: 'accept-encoding', value: '(.*)br(.*)' },
]

/** Bundles of the log's entries: their route packs them, but Next sends no route's Content-Encoding on. */
const bundles = {
  source: '/log/tile/entries/:path*',
  has: [{ type: 'header' as const, key: 'accept-encoding', value: TAKES_GZIP }],
  headers: [{ key: 'Content-Encoding', value: 'gzip' }],
}

const config: NextConfig = {
  poweredByHeader: false,
  // No picture is resized here: what is not offered cannot be abused.
  images: { unoptimized: true },
  experimental: {
    serverActions: { bodySizeLimit: '4mb' },
    // Fifty imported consignments at once are the most that is sent; what proxy.ts lets through to a page is kept in memory until it is read.
    proxyClientMaxBodySize: '4mb',
  },
  headers: async () => [bundles],
  // Native code and WebAssembly loaded by file path: they stay in node_modules and are not bundled.
  serverExternalPackages: [
    'better-sqlite3',
    '@prisma/adapter-better-sqlite3',
    '@prisma/adapter-pg',
    'pg',
    '@prisma/schema-engine-wasm',
    '@cantoo/pdf-lib',
    'fontkit',
    'pino',
    'prom-client',
  ],
}

const compressed: NextConfig = {
  rewrites: async () => ({
    beforeFiles: SCRIPTS.map(source => ({ source, has: takesBrotli, destination: '/brotli/:name' })),
    afterFiles: [],
    fallback: [],
  }),
  headers: async () => [
    bundles,
    ...SCRIPTS.map(source => ({
      source,
      has: takesBrotli,
      headers: [
        { key: 'Content-Encoding', value: 'br' },
        { key: 'Vary', value: 'Accept-Encoding' },
        { key: 'Cache-Control', value: 'public, max-age=31536000, immutable' },
      ],
    })),
  ],
}

/** What a build fixes for `next start`; `next dev` has scripts that nobody compressed. */
export default (phase: string): NextConfig =>
  createNextIntlPlugin('./lib/messages/request.ts')(
    phase === PHASE_PRODUCTION_BUILD ? { ...config, ...compressed } : config,
  )
