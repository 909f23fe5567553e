/** One entry of a feed; times in unix milliseconds. `id` never changes, and no other entry ever has it. */
export type FeedEntry = {
  readonly id: string
  readonly title: string
  readonly updated: number
  readonly href: string
  readonly text: string
}

export type Feed = {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly language: string
  readonly author: string
  /** Where this feed is, and the page about the same. */
  readonly self: string
  readonly page: string
  readonly updated: number
  readonly entries: readonly FeedEntry[]
}

/** Text between tags or in an attribute; XML 1.0 knows no other control characters than these three. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
  const held = text.replace(/\p{Cs}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '\ufffd')
  return held.replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)
}

const time = (milliseconds: number) => new Date(milliseconds).toISOString()

/** A feed as RFC 4287 has it, entries in the order given. */
export function formatAtom(feed: Feed): string {
  const entries = feed.entries.map(
    ({ id, title, updated, href, text }) => `  <entry>
    <id>${escaped(id)}</id>
    <title>${escaped(title)}</title>
    <updated>${time(updated)}</updated>
    <link rel="alternate" type="text/html" href="${escaped(href)}"/>
    <content type="text">${escaped(text)}</content>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(feed.language)}">
  <id>${escaped(feed.id)}</id>
  <title>${escaped(feed.title)}</title>
  <subtitle>${escaped(feed.subtitle)}</subtitle>
  <updated>${time(feed.updated)}</updated>
  <author><name>${escaped(feed.author)}</name></author>
  <link rel="self" type="application/atom+xml" href="${escaped(feed.self)}"/>
  <link rel="alternate" type="text/html" href="${escaped(feed.page)}"/>
${entries.join('')}</feed>
`
}

/** A tag URI (RFC 4151): a name for good, under the host that serves it and the day on which it was given. */
export function tagUri({ host, at, name }: { host: string; at: number; name: string }): string {
  return `tag:${host},${time(at).slice(0, 10)}:${name}`
}
