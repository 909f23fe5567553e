import { readFileSync } from 'node:fs'

const MANIFEST = new URL('../.next/server/server-reference-manifest.json', import.meta.url)

type Entry = {
  readonly workers: Readonly<Record<string, unknown>>
  readonly filename: string
  readonly exportedName: string
}

/** A server action of this build: what a browser names to call it, and a page that it belongs to. */
type ServerAction = { readonly id: string; readonly path: string }

/** Every server action of this build by file and name, as `app/(workspace)/keys/actions.ts#askForKey`. */
export function serverActions(): ReadonlyMap<string, ServerAction> {
  const { node } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { node: Readonly<Record<string, Entry>> }
  return new Map(
    Object.entries(node).map(([id, { workers, filename, exportedName }]) => {
      const [page = ''] = Object.keys(workers)
      const path = page
        .replace(/^app|\/page$/g, '')
        .replace(/\/\([^)]*\)/g, '')
        .replace(/\[[^\]]*\]/g, '7K3Q9XMD2TK')
      return [`${filename}#${exportedName}`, { id, path: path === '' ? '/' : path }]
    }),
  )
}

export type Called = {
  readonly status: number
  /** What the action answered, where it did. */
  readonly value: unknown
  /** Where it sent the browser. */
  readonly redirect: string | null
  readonly setCookie: readonly string[]
}

/** A form as a browser would fill it in. */
export class Fields {
  readonly of: Readonly<Record<string, string>>
  constructor(of: Readonly<Record<string, string>>) {
    this.of = of
  }
}

/** Calls a server action as anyone can who has read the page's scripts: a POST that names it, arguments in React's own spelling. */
export async function callAction(
  url: string,
  name: string,
  {
    args,
    cookie,
    headers = {},
  }: { args: readonly unknown[]; cookie?: string; headers?: Readonly<Record<string, string>> },
): Promise<Called> {
  const action = serverActions().get(name)
  if (!action) throw new Error(`this build has no action ${name}`)
  const response = await fetch(`${url}${action.path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: url,
      accept: 'text/x-component',
      'next-action': action.id,
      ...(cookie !== undefined && { cookie }),
      ...headers,
    },
    body: encode(args),
  })
  const text = await response.text()
  return {
    status: response.status,
    value: answerIn(text),
    redirect: response.headers.get('x-action-redirect'),
    setCookie: response.headers.getSetCookie(),
  }
}

/** Forms travel as parts of their own before the rest, `_<number>_<field>`, and are named `$K<number>` where they stand. */
function encode(args: readonly unknown[]): FormData {
  const body = new FormData()
  let forms = 0
  const root = args.map(arg => {
    if (!(arg instanceof Fields)) return arg ?? '$undefined'
    forms += 1
    for (const [field, value] of Object.entries(arg.of)) body.append(`_${forms}_${field}`, value)
    return `$K${forms}`
  })
  body.append('0', JSON.stringify(root))
  return body
}

/** The row of the answer that its first row names `a`; undefined where there is none, as for a redirect. */
function answerIn(text: string): unknown {
  const rows = new Map(
    text.split('\n').flatMap(line => {
      const at = line.indexOf(':')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : []
    }),
  )
  const first = rows.get('0')
  if (first === undefined || !first.startsWith('{')) return undefined
  const { a } = JSON.parse(first) as { a?: string }
  const row = typeof a === 'string' && a.startsWith('$@') ? rows.get(a.slice(2)) : undefined
  return row === undefined || row.startsWith('E') ? undefined : row === '"$undefined"' ? undefined : JSON.parse(row)
}
