import { fromElsewhere } from './addresses.fixture.ts'

/** One answer as it came over the wire. */
export type Crawled = { readonly path: string; readonly status: number; readonly text: string }

const MOST_PAGES = 500

/** Everything of an answer that could say something: status line, headers, body, and what in it is base64. */
async function wholeOf(response: Response): Promise<{ said: string; body: string }> {
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const utf8 = Buffer.from(body, 'latin1').toString('utf8')
  const hidden = [...body.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([text]) =>
    Buffer.from(text, 'base64').toString('utf8'),
  )
  const headers = [...response.headers].map(pair => pair.join(': '))
  return { said: [...headers, utf8, ...hidden].join('\n'), body: utf8 }
}

/** Addresses of this site that an answer names: links, forms, scripts, preloads, redirects, and whatever looks like a path in JSON. */
function linksIn(url: string, text: string, from: string): string[] {
  const named = [
    ...text.matchAll(/(?:href|src|action|content)="([^"]+)"/g),
    ...text.matchAll(/^(?:location|link): .*?<?([^\s<>;]+)/gm),
    ...text.matchAll(/"(\/(?:api|track|parties|log|t|status)[^"\\ ]*)/g),
  ].map(match => (match[1] ?? '').replaceAll('&amp;', '&'))
  return named.flatMap(link => {
    if (!URL.canParse(link, `${url}${from}`)) return []
    const { origin, pathname, search } = new URL(link, `${url}${from}`)
    return origin === url && !pathname.startsWith('/_next/') && !/[?&]lang=/.test(search) ? [pathname + search] : []
  })
}

/** Asks for every address that can be reached from `from`, each as a page and as the data that a page in a browser asks for. Throws where one is held back by a limit. */
export async function crawl(
  url: string,
  { from, headers = {} }: { from: readonly string[]; headers?: Readonly<Record<string, string>> },
): Promise<readonly Crawled[]> {
  const waiting = [...from]
  const seen = new Set(waiting)
  const found: Crawled[] = []
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const more of [{}, { rsc: '1' }] as readonly Record<string, string>[]) {
      const response = await fetch(`${url}${path}`, {
        redirect: 'manual',
        headers: { ...fromElsewhere(), ...headers, ...more },
      })
      // A page that was held back says nothing, and would pass for one that gives nothing away.
      if (response.status === 429) throw new Error(`${path} was held back`)
      const { said, body } = await wholeOf(response)
      found.push({ path: `${path} ${JSON.stringify(more)}`, status: response.status, text: said })
      if ('rsc' in more) continue
      for (const link of linksIn(url, `${said}\n${body}`, path))
        if (!seen.has(link) && seen.size < MOST_PAGES) {
          seen.add(link)
          waiting.push(link)
        }
      // Programs' answers are the same either way.
      if (!(response.headers.get('content-type') ?? '').includes('html')) break
    }
  }
  return found
}
