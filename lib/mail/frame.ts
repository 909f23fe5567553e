import { directionOf, type Locale } from '../messages/locale.ts'

/** What a letter says, in order. Names in it stand in {@link isolated}. */
export type Framed = {
  readonly locale: Locale
  readonly paragraphs: readonly string[]
  /** The one thing to do; the address is written out, so that it can be read before it is followed. */
  readonly link?: { readonly label: string; readonly address: string }
  /** Small print under it all. */
  readonly closing: readonly string[]
}

/** The two forms of a letter: plain text, and HTML that shows the same without pictures, scripts or anything fetched. */
export function framed({ locale, paragraphs, link, closing }: Framed): { text: string; html: string } {
  const action = link ? [`${link.label}\n${link.address}`] : []
  const text = `${[...paragraphs, ...action, `-- \n${closing.join('\n')}`].join('\n\n')}\n`
  const button = link ? linkHtml(link) : ''
  const html = [
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
    "<body style=\"margin:0;padding:24px;font:16px/1.55 system-ui,-apple-system,'Segoe UI','Noto Sans Arabic',sans-serif\">",
    '<div style="max-width:34em;margin:0 auto">',
    ...paragraphs.map(each => `<p style="margin:0 0 16px">${escaped(each)}</p>`),
    button,
    ...closing.map(each => `<p style="margin:0 0 4px;font-size:13px;opacity:.75">${escaped(each)}</p>`),
    '</div></body></html>',
  ].join('\n')
  return { text, html }
}

/** A name inside a sentence of any direction: neither turns the other around (UAX #9, FSI and PDI). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

function linkHtml({ label, address }: { label: string; address: string }): string {
  const href = escaped(address)
  return [
    `<p style="margin:0 0 12px"><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b5d4e;`,
    `color:#ffffff;font-weight:600;text-decoration:none">${escaped(label)}</a></p>`,
    `<p dir="ltr" style="margin:0 0 24px;font-size:13px;word-break:break-all">${href}</p>`,
  ].join('')
}

function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, each => named[each] ?? '').replaceAll('\n', '<br>')
}
