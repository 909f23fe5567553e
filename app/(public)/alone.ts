import ar from '@/lib/messages/ar/alone.json'
import en from '@/lib/messages/en/alone.json'
import es from '@/lib/messages/es/alone.json'
import fr from '@/lib/messages/fr/alone.json'

const WORDS: Readonly<Record<string, typeof en>> = { en, ar, fr, es }

/** Colours as in globals.css: what follows stands alone, because proxy.ts answers it before anything is rendered. */
const STYLE = `
:root { color-scheme: light dark; --paper: oklch(0.985 0.006 85); --ink: oklch(0.24 0.012 80); --seal: oklch(0.47 0.105 163) }
@media (prefers-color-scheme: dark) { :root { --paper: oklch(0.19 0.008 80); --ink: oklch(0.94 0.008 85); --seal: oklch(0.76 0.12 163) } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Inter, system-ui, sans-serif }
main { max-width: 36rem; margin: 0 auto; padding: 4rem 1rem }
h1 { font-size: 1.75rem; line-height: 1.25 }
strong { font-variant-numeric: tabular-nums }
a { color: var(--seal) }`

type Reader = { readonly locale: string; readonly dir: 'ltr' | 'rtl'; readonly nonce: string }

/** What a person reads who asked too often, as a whole document: in whole minutes from one, in seconds below. */
export function laterPage(reader: Reader & { readonly seconds: number }): string {
  const { locale, seconds } = reader
  const { title, text, wait } = wordsOf(reader).later
  const [unit, value] = seconds < 60 ? ['second', seconds] : ['minute', Math.ceil(seconds / 60)]
  const shown = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
  return page(reader, { title, text, last: wait.replace('{wait}', shown) })
}

/** What a person reads whose form was sent from elsewhere, as a whole document. */
export function foreignPage(reader: Reader): string {
  return page(reader, wordsOf(reader).foreign)
}

/** What a person reads while the database cannot be reached, as a whole document. */
export function awayPage(reader: Reader & { readonly seconds: number }): string {
  const { locale, seconds } = reader
  const { later, away } = wordsOf(reader)
  const shown = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(seconds)
  return page(reader, { ...away, last: later.wait.replace('{wait}', shown) })
}

const wordsOf = ({ locale }: Reader) => WORDS[locale] ?? en

function page(reader: Reader, { title, text, last }: { title: string; text: string; last?: string }): string {
  const { locale, dir, nonce } = reader
  return `<!doctype html>
<html lang="${locale}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p>${last === undefined ? '' : `<p><strong>${last}</strong></p>`}
<p><a href="/">${wordsOf(reader).home}</a></p></main></body></html>
`
}
