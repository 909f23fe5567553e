import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { processWide } from './process-wide.ts'

const shape = z.object({
  staticRoutes: z.array(z.object({ page: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
})

type Routes = { readonly fixed: ReadonlySet<string>; readonly patterns: readonly { page: string; regex: RegExp }[] }

/** Routes of a build from the text of its `routes-manifest.json`. */
export function readRoutes(manifest: string): Routes {
  const { staticRoutes, dynamicRoutes } = shape.parse(JSON.parse(manifest))
  return {
    fixed: new Set(staticRoutes.map(({ page }) => page)),
    patterns: dynamicRoutes.map(({ page, regex }) => ({ page, regex: new RegExp(regex) })),
  }
}

/** What the build has written; `next dev` writes none. */
function built(): Routes {
  return processWide('routes', () => {
    try {
      return readRoutes(readFileSync('.next/routes-manifest.json', 'utf8'))
    } catch {
      return { fixed: new Set<string>(), patterns: [] }
    }
  })
}

/**
 * The route that answers an address, such as `/join/[token]`: paths hold references, secrets and what people type, so they are neither logged
 * nor counted. `assets` for a build's own files, `other` where nothing answers.
 */
export function routeOf(url: string, routes: Routes = built()): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  if (/^\/(?:_next|seal|brotli|screenshots)\//.test(path)) return 'assets'
  if (routes.fixed.has(path)) return path
  return routes.patterns.find(({ regex }) => regex.test(path))?.page ?? 'other'
}
