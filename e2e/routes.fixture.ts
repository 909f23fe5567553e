import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('../app/', import.meta.url))

/** One thing that can be asked for, as its folder in app/ spells it. */
export type Route = {
  /** As `/(workspace)/consignments/[reference]/label`. */
  readonly folder: string
  /** Its source, from the root. */
  readonly file: string
  /** A page for people, or an answer for programs. */
  readonly kind: 'page' | 'route'
  readonly isWorkspace: boolean
}

/** Every page and route handler under app/. */
export function allRoutes(): readonly Route[] {
  return readdirSync(APP, { recursive: true, encoding: 'utf8' }).flatMap(path => {
    const found = /^(.*?)\/?(page|route)\.tsx?$/.exec(path.replaceAll('\\', '/'))
    if (!found) return []
    const [, folder = '', kind] = found
    return [
      {
        folder: `/${folder}`,
        file: `app/${found[0]}`,
        kind: kind as Route['kind'],
        isWorkspace: folder.startsWith('(workspace)'),
      },
    ]
  })
}

/** The address of a route, its variable parts filled in with `values` by name. */
export function addressOf({ folder }: Route, values: Readonly<Record<string, string>>): string {
  const path = folder
    .replace(/\/\([^)]*\)/g, '')
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => values[name] ?? '7K3Q9XMD2TK')
  return path === '' ? '/' : path
}
